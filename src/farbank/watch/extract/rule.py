"""A page read by its site's rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from resiliparse.parse.html import DocumentNode, ElementNode

from farbank.country.sites import Site
from farbank.watch.extract import days

TRIED = 5
"""Places a rule points to for the day that are looked at."""


class Found(msgspec.Struct, frozen=True):
    """What was read on a page: `body` is paragraphs joined by newlines."""

    title: str
    body: str
    day: date | None = None


def read(document: DocumentNode, site: Site, taken: date) -> Found:
    """What the site's selectors find; empty where they find nothing. Takes what is to be dropped out of `document`."""
    for selector in site.drop:
        for node in document.query_selector_all(selector).values():
            node.remove()
    headline = document.query_selector(site.title) if site.title else None
    return Found(
        title=tidy(headline.inner_text) if headline is not None else "",
        body="\n".join(_paragraphs(document, site.body)),
        day=_day(document, site.day, taken) if site.day else None,
    )


def tidy(text: str) -> str:
    """On one line, with single spaces."""
    return " ".join(text.split())


def _paragraphs(document: DocumentNode, selector: str) -> list[str]:
    """The lines of what the selector matches; what lies in a match already read is not read again."""
    found: list[str] = []
    last: ElementNode | None = None
    for node in document.query_selector_all(selector).values():
        if last is None or not last.contains(node):
            last = node
            found += filter(None, map(tidy, node.inner_text.splitlines()))
    return found


def _day(document: DocumentNode, selector: str, taken: date) -> date | None:
    for node in _places(document, selector):
        day = days.stated(node.getattr("datetime") or node.getattr("content") or node.inner_text, taken)
        if day is not None:
            return day
    return None


def _places(document: DocumentNode, selector: str) -> Iterator[ElementNode]:
    """The first matches; the very first, mostly enough, is found in half the time."""
    first = document.query_selector(selector)
    if first is not None:
        yield first
        yield from document.query_selector_all(selector).values()[1:TRIED]
