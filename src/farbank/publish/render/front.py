"""The pages around the stories: the newest of a language, a page a month of all, and how the desk works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from farbank.model.text import Language
from farbank.publish.manifest import fingerprint
from farbank.publish.render import atom, feeds, json_feed
from farbank.publish.render.html import render
from farbank.publish.render.leaf import Leaf, shown
from farbank.publish.site import Entry, Site

Heading = tuple[str, str]
ABOUT = ("sources", "checking", "correcting")
"""What the page about the desk answers; a section each, of this name."""
_FEEDS = ((atom.ENDING, "application/atom+xml"), (json_feed.ENDING, "application/feed+json"))


def leaves(site: Site) -> Iterator[Leaf]:
    """`index.html` to choose a language, and for each the newest stories, the shelves, and the page about the desk."""
    yield Leaf("index.html", (), partial(render, "choose.html.j2", site=site))
    for language in site.languages:
        shelves = site.shelves[language]
        headings, newest = months(site, shelves, language), feeds.newest(site, language)
        yield Leaf(f"{language}.html", (shown(newest), headings), partial(latest, site, language, newest, headings))
        yield Leaf(f"about.{language}.html", (), partial(about, site, language))
        for month, entries in shelves.items():
            yield Leaf(path(month, language), shown(entries), partial(shelf, site, language, entries))


def latest(site: Site, language: Language, entries: Sequence[Entry], months: Sequence[Heading]) -> bytes:
    """The newest stories of a language, and the way to all others."""
    cards = site.cards(entries)
    there = [(feeds.feed(language, ending), kind) for ending, kind in _FEEDS] if cards else []
    return _page("latest.html.j2", site, language, cards=cards, feeds=there, months=months)


def shelf(site: Site, language: Language, entries: Sequence[Entry]) -> bytes:
    """The stories of one month, of which there is one at least."""
    cards = site.cards(entries)
    return _page("shelf.html.j2", site, language, root="../", cards=cards, heading=cards[0].shelf[language])


def about(site: Site, language: Language) -> bytes:
    """How the desk works: its sources, its checks, its corrections, and how an edition is verified."""
    return _page("about.html.j2", site, language, parts=ABOUT, fingerprint=fingerprint(site.key))


def months(site: Site, shelves: Mapping[str, Sequence[Entry]], language: Language) -> tuple[Heading, ...]:
    """Path and heading of each month with stories in a language, from the root of the site."""
    first = site.cards([entries[0] for entries in shelves.values()])
    return tuple((path(card.month, language), card.shelf[language]) for card in first)


def path(month: str, language: Language) -> str:
    """Where the stories of a month stand, from the root of the site."""
    return f"archive/{month}.{language}.html"


def _page(template: str, site: Site, language: Language, *, root: str = "", **values: Any) -> bytes:
    return render(template, site=site, language=language, labels=site.labels[language], root=root, **values)
