"""What a feed carries of a site, whatever it is written in."""

from __future__ import annotations

from datetime import date
from itertools import chain, islice

from farbank.model.text import Language
from farbank.publish.site import Entry, Site

NEWEST = 30
"""Stories in a feed and on a front page: a month or two of a small desk."""


def newest(site: Site, language: Language) -> tuple[Entry, ...]:
    """The newest stories there are in a language."""
    return tuple(islice(chain.from_iterable(site.shelves[language].values()), NEWEST))


def feed(language: Language, ending: str) -> str:
    """The path of a feed, from the root of the site."""
    return f"feed.{language}.{ending}"


def story(entry: Entry, language: Language) -> str:
    """The path of a story's newest edition in a language, from the root of the site."""
    return f"{entry.folder}/{language}.html"


def updated(day: date) -> str:
    """The close of a story as a time (RFC 3339): the first moment of its day, for the hour is nobody's business."""
    return f"{day.isoformat()}T00:00:00Z"
