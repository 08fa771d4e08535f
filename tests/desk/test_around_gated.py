"""The pages around the stories say nothing that the byte gate has not read in an edition, or that does not ship."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "publish"))  # the invented edition is shared with that room

import msgspec
import pytest
from printed import edition, site

from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.dates import When
from farbank.protect.readers import read, suffix
from farbank.protect.readers.letters import SOFT
from farbank.protect.readers.pieces import Piece
from farbank.publish import manifest
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.render import around, files
from farbank.publish.site import Site, card

ONE, OTHER = "Zeta one words.", "Omega other words."
"""As long as nothing else of a page holds them."""
_NAME = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
FURNITURE = {"Atom", "JSON Feed", "farbank edition verify . --key KEY", "–"}
"""Words of the templates themselves that people read."""
KEYS = {
    *("home_page_url", "feed_url", "content_text", "date_modified", "version", "title", "description", "language"),
    *("items", "authors", "name", "tags", "headline", "summary", "folder", "close", "url", "id"),
    *("find", "words", "none", "found", "sources", "checking", "correcting", "verify", "qtz", "en"),
}
"""Names of fields in JSON, of parts of a page, and of languages."""
PAGE_SETTINGS = {"attribute content", "attribute lang", "attribute aria-live"}
"""What a browser is told of the page: what it may load, how wide it is, in which language."""
FIGURES = re.compile(r"[\d\s:TZ./-]*")
ADDRESS = re.compile(
    r"(?:\.\./)*[a-z0-9./-]+\.(?:html|json|atom)(?:#c-[0-9a-f]{16})?|s/[a-z0-9-]+|urn:uuid:[0-9a-f-]{36}"
    r"|https://jsonfeed\.org/version/1\.1"
)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def gated(one: Edition) -> set[str]:
    """Every string of the file from which an edition is made: what the gate has read of it, whole."""
    return {*strings(codec.to_builtins(codec.from_json(files(one)[PUBLIC], Edition, PUBLIC)))}


def told_apart(one: Edition) -> Edition:
    """The edition with another word in every place, so that none passes for another."""
    number = count()

    def other(value: object) -> object:
        if isinstance(value, str):
            return f"word {next(number)}" if value == "Harbour dues doubled." else value
        if isinstance(value, dict):
            return {key: other(item) for key, item in value.items()}
        return [other(item) for item in value] if isinstance(value, list | tuple) else value

    return codec.convert(other(codec.to_builtins(one)), Edition, "edition")


def test_a_card_holds_whole_strings_of_its_edition_and_the_name_of_its_month(tiny: Pack) -> None:
    one = told_apart(edition())
    made = card(one, tiny.phrases)
    months = {words.say("site.month", date=words.date(When(one.month))) for words in tiny.phrases.values()}
    assert {*strings(codec.to_builtins(made))} <= gated(one) | months
    assert len(gated(one)) > 20, "the words were told apart"


def test_another_word_in_the_editions_is_that_word_in_the_pages_and_nothing_else(tiny: Pack) -> None:
    pages = around(site(tiny.phrases, stories=40, text=ONE))
    others = around(site(tiny.phrases, stories=40, text=OTHER))
    for path, data in pages.items():
        assert _NAME.sub(b"", data.replace(ONE.encode(), OTHER.encode())) == _NAME.sub(b"", others[path]), path
    assert any(ONE.encode() in data for data in pages.values())


def left_over(pages: Mapping[str, bytes], words: set[str]) -> Iterator[tuple[str, str, str]]:
    """Path, hiding place and letters of whatever people can meet that is neither of the words nor a figure."""
    known = re.compile("|".join(re.escape(each) for each in sorted(words | FURNITURE | KEYS, key=len, reverse=True)))
    for path, data in pages.items():
        for piece in read(suffix(path), data):
            assert isinstance(piece, Piece), path
            if piece.shown and piece.kind not in PAGE_SETTINGS:
                for line in re.split(f"[\n{SOFT}]", piece.text):
                    left = known.sub(" ", "" if ADDRESS.fullmatch(line.strip()) else line)
                    if not FIGURES.fullmatch(left):
                        yield path, piece.kind, left


def words_of(one: Site, *texts: str) -> set[str]:
    months = {name for each in one.cards(one.entries) for name in each.shelf.values()}
    return {*texts, *strings(codec.to_builtins(one.labels)), *months, manifest.fingerprint(one.key)}


def test_whatever_people_can_meet_is_a_word_of_an_edition_or_of_the_pack_or_a_figure(tiny: Pack) -> None:
    whole = site(tiny.phrases, stories=40, text=ONE)
    assert [*left_over(around(whole), words_of(whole, ONE))] == []


@pytest.mark.parametrize(
    "path", ["en.html", "feed.en.atom", "feed.en.json", "corrections.en.html", "search/en/2031.json"]
)
def test_a_word_from_elsewhere_is_found_wherever_it_stands(path: str, tiny: Pack) -> None:
    whole = site(tiny.phrases, stories=1, text=ONE)
    (card,) = whole.cards(whole.entries)
    strange = msgspec.structs.replace(card, headlines={"en": "Hoam", "qtz": ONE})
    pages = around(msgspec.structs.replace(whole, cards=lambda entries: [strange]))
    assert {"Hoam"} == {left.strip() for _, _, left in left_over({path: pages[path]}, words_of(whole, ONE))}
    assert "Hoam" not in gated(edition(ONE))
