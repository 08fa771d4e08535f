"""Browse what the state says: passages with certain words, best first, each text once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from farbank import country
from farbank.country.pack import Pack
from farbank.country.tokens import tokens
from farbank.model.statemedia import Copy, Window
from farbank.model.text import Language
from farbank.watch import archives, needles, outlets
from farbank.watch.archives import Places
from farbank.watch.engine import Archive
from farbank.watch.index import split
from farbank.watch.needles import Needle
from farbank.watch.passages import passages

_TERM = re.compile(r'"([^"]+)"|(\S+)')


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A passage with all the words asked for, and where else its text stands."""

    article: str
    outlet: str
    language: Language
    date: date
    title: str
    text: str
    url: str
    also: tuple[Copy, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """How many passages have the words, and the best of them."""

    passages: int
    hits: tuple[Hit, ...]


def search_archive(
    archive: Places,
    words: str,
    *,
    window: Window,
    names: Sequence[str] = (),
    language: Language | None = None,
    limit: int = 20,
    pack: Path | None = None,
) -> Found:
    """Search for words, all of which a passage must have; in quotation marks they must stand next to each other.

    A place is found in every spelling the pack knows, and one spelled by its sound (Chungjin) is taken for the place it
    sounds like. `names` are outlets. This shows what is there: what is not found
    so is no silence. Raises NoArchive, MissingReference.
    """
    loaded = country.load(pack)
    with archives.open(archive) as opened:
        among = [tag for tag in opened.languages if language in (None, tag)]
        wanted = [_needle(term, loaded, among) for term in _terms(words, loaded)]
        asked = [outlet for outlet, _ in outlets.searched(opened, loaded, names)] if names else None
        found = opened.index.find(wanted, window, asked) if wanted else {}
        return Found(passages=len(found), hits=tuple(_hits(found, opened, limit)))


def _terms(words: str, pack: Pack) -> Iterator[str]:
    """What was typed, taken apart; the names of places stay whole though nobody quotes them."""
    rest = words
    for place in reversed(pack.gazetteer.mentions(words)):
        if '"' not in words:
            yield words[place.start : place.end]
            rest = rest[: place.start] + " " + rest[place.end :]
    for quoted, plain in _TERM.findall(rest):
        yield quoted or plain


def _needle(term: str, pack: Pack, languages: Sequence[Language]) -> Needle:
    needle = {tag: (tuple(tokens(term, tag)),) for tag in languages if tokens(term, tag)}
    read = pack.gazetteer.mentions(term) or pack.gazetteer.mentions(term, wary=True)
    named = [one.place for one in read if (one.start, one.end) == (0, len(term))]
    spelled = needles.place(pack, named, languages) if named else {}
    return {tag: (*needle.get(tag, ()), *spelled.get(tag, ())) for tag in languages}


def _hits(found: dict[int, float], opened: Archive, limit: int) -> Iterator[Hit]:
    shown: set[int] = set()
    for key in found:
        if len(shown) == limit:
            return
        ordinal, position = split(key)
        article = opened.store.article(ordinal)
        same = opened.store.same(article.outlet, article.id)
        if same not in shown:
            shown.add(same)
            yield Hit(
                article=article.id, outlet=article.outlet, language=article.lang, date=article.date,
                title=article.title, text=passages(article)[position], url=article.url,
                also=tuple(opened.store.copies(article.outlet, article.id)),
            )  # fmt: skip
