"""The pages around the stories: the newest of a language, a page a month of all, and how the desk works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from farbank.model.text import Language
from farbank.publish.manifest import fingerprint
from farbank.publish.render import atom, feeds, json_feed
from farbank.publish.render.html import render
from farbank.publish.site import Card, Site

ABOUT = ("sources", "checking", "correcting")
"""What the page about the desk answers; a section each, of this name."""
_FEEDS = ((atom.ENDING, "application/atom+xml"), (json_feed.ENDING, "application/feed+json"))


def files(site: Site) -> dict[str, bytes]:
    """`index.html` to choose a language, and for each the newest stories, the shelves, and the page about the desk."""
    made = {"index.html": render("choose.html.j2", site=site)}
    for language in site.languages:
        made[f"{language}.html"] = latest(site, language)
        made[f"about.{language}.html"] = about(site, language)
        made |= {path(name, language): shelf(site, language, cards) for name, cards in shelves(site, language)}
    return made


def latest(site: Site, language: Language) -> bytes:
    """The newest stories of a language, and the way to all others."""
    cards = feeds.newest(site, language)
    there = [(feeds.feed(language, ending), kind) for ending, kind in _FEEDS] if cards else []
    return _page("latest.html.j2", site, language, cards=cards, feeds=there, months=months(site, language))


def shelf(site: Site, language: Language, cards: Sequence[Card]) -> bytes:
    """The stories of one month, of which there is one at least."""
    return _page("shelf.html.j2", site, language, root="../", cards=cards, heading=cards[0].shelf[language])


def about(site: Site, language: Language) -> bytes:
    """How the desk works: its sources, its checks, its corrections, and how an edition is verified."""
    return _page("about.html.j2", site, language, parts=ABOUT, fingerprint=fingerprint(site.key))


def shelves(site: Site, language: Language) -> Iterator[tuple[str, list[Card]]]:
    """Each month that has stories in a language with them, the newest first."""
    held: dict[str, list[Card]] = {}
    for card in site.cards:
        if language in card.languages:
            held.setdefault(card.month, []).append(card)
    yield from held.items()


def months(site: Site, language: Language) -> list[tuple[str, str]]:
    """Path and heading of each month with stories in a language, from the root of the site."""
    return [(path(month, language), cards[0].shelf[language]) for month, cards in shelves(site, language)]


def path(month: str, language: Language) -> str:
    """Where the stories of a month stand, from the root of the site."""
    return f"archive/{month}.{language}.html"


def _page(template: str, site: Site, language: Language, *, root: str = "", **values: Any) -> bytes:
    return render(template, site=site, language=language, labels=site.labels[language], root=root, **values)
