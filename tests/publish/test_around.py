from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree, html
from msgspec.structs import replace
from printed import CORRECTION, edition, site

from farbank.country.pack import Pack
from farbank.publish.render import around, atom, feeds, front, json_feed, leaves, search
from farbank.publish.render.leaf import Leaf, keys
from farbank.publish.site import Card, Site, card, labels
from farbank.publish.site import site as site_of

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"


def made(leaves: Iterable[Leaf]) -> dict[str, bytes]:
    return {leaf.path: leaf.make() for leaf in leaves}


@pytest.fixture(scope="module")
def three(tiny: Pack) -> Site:
    return site(tiny.phrases)


@pytest.fixture(scope="module")
def words(tiny: Pack) -> dict[str, dict[str, str]]:
    return {tag: labels(tiny.phrases[tag]) for tag in ("en", "qtz")}


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))


@pytest.mark.parametrize("home", ["", "https://desk.example/"])
def test_atom_holds_by_rfc_4287_and_is_read_back(home: str, tiny: Pack, grammar: etree.RelaxNG) -> None:
    data = made(atom.leaves(site(tiny.phrases, home=home)))["feed.en.atom"]
    grammar.assertValid(etree.fromstring(data))
    read = feedparser.parse(data)
    assert not read.bozo and len(read.entries) == 3 and read.feed.title == "Harbour dues doubled."
    assert read.entries[0].link == f"{home}s/story-2/en.html"
    assert read.entries[0].updated == "2031-06-17T00:00:00Z"


@pytest.mark.parametrize("missing", ["id", "title", "updated", "link"])
def test_the_grammar_refuses_an_entry_without_what_it_needs(missing: str, three: Site, grammar: etree.RelaxNG) -> None:
    tree = etree.fromstring(atom.feed(three, "en"))
    entry = tree.find(f"{ATOM}entry")
    for element in entry.findall(ATOM + missing):
        entry.remove(element)
    assert not grammar.validate(tree)


def test_an_entry_leads_to_its_own_language_alone(three: Site) -> None:
    for entry in etree.fromstring(atom.feed(three, "qtz")).iter(f"{ATOM}entry"):
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("hreflang") == "qtz" and link.get("href").endswith("/qtz.html")


def test_json_feed_holds_by_its_schema(three: Site) -> None:
    files = made(json_feed.leaves(three))
    schema = Draft202012Validator(json.loads((SCHEMAS / "json-feed.json").read_text("utf-8")))
    for data in files.values():
        schema.validate(json.loads(data))
    assert sorted(files) == ["feed.en.json", "feed.qtz.json"]


def test_both_feeds_name_a_story_alike_and_keep_the_name(tiny: Pack, three: Site) -> None:
    named = [item["id"] for item in json_feed.feed(three, "en")["items"]]
    tree = etree.fromstring(atom.feed(three, "en"))
    assert named == [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
    assert all(name.startswith("urn:uuid:") for name in named) and len(set(named)) == 3
    moved = site(tiny.phrases, home="https://elsewhere.example/")
    assert named == [item["id"] for item in json_feed.feed(moved, "en")["items"]]


def test_a_feed_holds_the_newest_and_no_more(tiny: Pack) -> None:
    many = site(tiny.phrases, stories=feeds.NEWEST + 5)
    items = json_feed.feed(many, "en")["items"]
    assert len(items) == feeds.NEWEST and items[0]["url"] == f"s/story-{feeds.NEWEST + 4}/en.html"


def test_a_site_without_stories_has_its_pages_and_no_feed(tiny: Pack) -> None:
    made = around(site(tiny.phrases, stories=0))
    assert sorted(made) == [
        "about.en.html", "about.qtz.html", "corrections.en.html", "corrections.qtz.html", "en.html", "index.html",
        "qtz.html", "search.en.html", "search.qtz.html",
    ]  # fmt: skip


def test_every_link_leads_to_a_file_of_the_site(three: Site) -> None:
    made = around(three)
    stories = {f"{each.folder}/{tag}.html" for each in three.entries for tag in each.languages}
    for path, data in made.items():
        if not path.endswith(".html"):
            continue
        for element in html.fromstring(data).iter("a", "link"):
            target, part = urldefrag(urljoin(path, element.get("href")))
            assert target in made or target in stories, (path, target)
            assert part in ("", CORRECTION)


def test_the_policies_of_an_article_are_parts_of_a_page(three: Site) -> None:
    page = html.fromstring(front.about(three, "en"))
    assert set(front.ABOUT) <= set(page.xpath("//section/@id"))


def test_every_story_stands_on_the_shelf_of_its_month(tiny: Pack) -> None:
    pages = made(front.leaves(site(tiny.phrases, stories=40)))
    shelves = [path for path in pages if path.startswith("archive/") and path.endswith(".en.html")]
    links = [link for path in shelves for link in html.fromstring(pages[path]).xpath("//h2/a/@href")]
    assert sorted(links) == sorted(f"../s/story-{n}/en.html" for n in range(40))


def test_a_story_that_is_not_in_a_language_is_not_offered_in_it(tiny: Pack, three: Site) -> None:
    entries = (replace(three.entries[0], languages=("en",)), *three.entries[1:])
    only = site_of(entries, list, desk=three.desk, languages=three.languages, key=three.key, labels=three.labels)
    assert three.entries[0].folder.encode() not in made(front.leaves(only))["qtz.html"]
    assert len(json_feed.feed(only, "qtz")["items"]) == 2


def test_no_page_runs_anything_but_the_search(three: Site) -> None:
    for path, data in around(three).items():
        if path.endswith(".html"):
            scripts = re.findall(rb"<script>(.*?)</script>", data, re.DOTALL)
            policy = html.fromstring(data).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
            assert len(scripts) == path.startswith("search."), path
            assert ("script-src" in policy) == bool(scripts)
            for script in scripts:
                digest = b64encode(sha256(script).digest()).decode("ascii")
                assert f"script-src 'sha256-{digest}'" in policy and "connect-src 'self'" in policy


def test_the_index_of_a_year_holds_what_can_be_found(three: Site) -> None:
    pages = made(search.leaves(three))
    (year,) = [json.loads(data) for path, data in pages.items() if path == "search/en/2031.json"]
    assert [each["folder"] for each in year] == ["s/story-2", "s/story-1", "s/story-0"]
    assert set(year[0]) == {"headline", "summary", "folder", "close"}


def test_a_card_is_of_what_the_edition_prints(tiny: Pack) -> None:
    made = card(edition("Dues fell."), tiny.phrases, number=2)
    assert made.headlines["en"] == "Dues fell." and made.number == 2 and made.month == "2031-05"


def drawn(story: str, number: int, close: date, languages: tuple[str, ...]) -> Card:
    """A card every word of which is its edition's own, as in a vault, where an edition has one name for ever."""
    name = f"{story}-{number}-{close}-{'-'.join(languages)}"
    words = dict.fromkeys(languages, name)
    return Card(
        story=story, edition=name, number=number, sequence=number, close=close, languages=languages, headlines=words,
        summaries=words, bylines=words, as_of=words, shelf=dict.fromkeys(languages, f"{close:%B %Y}"),
        areas=dict.fromkeys(languages, (name,)),
    )  # fmt: skip


CARDS = st.lists(
    st.builds(
        drawn,
        st.sampled_from([f"story-{n}" for n in range(40)]),
        st.integers(1, 3),
        st.dates(date(2030, 11, 1), date(2031, 2, 28)),
        st.sampled_from([("en",), ("en", "qtz"), ("qtz",)]),
    ),
    unique_by=lambda card: card.story,
    max_size=40,
)


@given(before=CARDS, after=CARDS, desk=st.sampled_from(["Tide", "Weir"]))
def test_a_page_that_would_be_another_has_another_key(
    before: list[Card], after: list[Card], desk: str, words: dict[str, dict[str, str]]
) -> None:
    found = []
    for cards, name in ((before, "Tide"), (after, desk)):
        one = site_of(cards, list, desk={"en": name, "qtz": name}, languages=("en", "qtz"), key="ab" * 32, labels=words)
        found.append((keys(one, leaves(one).values()), around(one)))
    (old, old_pages), (new, new_pages) = found
    for path in old_pages.keys() & new_pages.keys():
        assert old[path] != new[path] or old_pages[path] == new_pages[path], path


def test_a_new_story_leaves_the_shelves_and_indexes_of_other_months_as_they_are(
    words: dict[str, dict[str, str]],
) -> None:
    cards = [drawn(f"story-{month}", 1, date(2030, month, 3), ("en", "qtz")) for month in range(1, 13)]
    one, more = (
        site_of(them, list, desk={"en": "Tide", "qtz": "Tide"}, languages=("en", "qtz"), key="ab" * 32, labels=words)
        for them in (cards, [*cards, drawn("new", 1, date(2030, 12, 9), ("en", "qtz"))])
    )
    old, new = keys(one, leaves(one).values()), keys(more, leaves(more).values())
    assert old.keys() == new.keys()
    changed = {path for path in old if old[path] != new[path]}
    assert {path for path in changed if path.startswith("archive/")} == {
        f"archive/2030-12.{t}.html" for t in ("en", "qtz")
    }
    assert "about.en.html" not in changed and "en.html" in changed and "search/en/2030.json" in changed
