"""A site: every story of the desk in its newest edition, as cards, which is all that fronts and feeds are made of.

A desk of ten thousand stories reads the cards of those pages only that it makes; of the others it needs an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.text import Language, Slug, Text
from farbank.publish.edition import Edition


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Where a story stands: `edition` is its newest one, `number` how many of the story there are.

    `corrected` are the days of its corrections, the latest first.
    """

    story: Slug
    edition: Slug
    number: int
    sequence: int
    close: date
    languages: tuple[Language, ...]
    corrected: tuple[date, ...] = ()

    @property
    def month(self) -> str:
        """The month of its close, as YYYY-MM: the shelf it stands on."""
        return self.close.isoformat()[:7]

    @property
    def folder(self) -> str:
        """Where its newest edition lies, from the root of the site."""
        return f"s/{self.story}"


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """A correction of a story as printed at its top, in each of its languages: when, of what kind, and what changed."""

    id: str
    day: date
    whens: Text
    kinds: Text
    texts: Text


class Card(Entry, frozen=True, kw_only=True):
    """A story as a front page or a feed shows it, without its prose.

    `areas` are names of what it is about, `shelf` the heading of its month.
    """

    headlines: Text
    summaries: Text
    bylines: Text
    as_of: Text
    shelf: Text
    areas: dict[Language, tuple[str, ...]]
    corrections: tuple[Corrected, ...] = ()
    """The latest first."""

    @property
    def entry(self) -> Entry:
        """Where the story stands, alone."""
        return Entry(**{name: getattr(self, name) for name in Entry.__struct_fields__})


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the pages around the stories are made from; `entries` the newest first, `cards` reads those of some.

    `shelves` are the entries in a language by the month of their close, the newest first. `home` is the address the
    desk publishes at, with a slash at its end, empty where it has none; `key` the public key it signs with now, in
    hexadecimal. `labels` are the site's own words per language, by key of the wording section.
    """

    desk: Text
    languages: tuple[Language, ...]
    key: str
    home: str
    entries: tuple[Entry, ...]
    cards: Callable[[Sequence[Entry]], list[Card]]
    labels: dict[Language, dict[str, str]]
    shelves: dict[Language, dict[str, list[Entry]]]


def card(edition: Edition, phrases: Mapping[Language, Phrases], number: int = 1) -> Card:
    """The card of an edition that is the newest of `number` of its story. Raises MissingPhrase."""
    month = When(edition.month)
    corrections = tuple(_corrections(edition))
    return Card(
        story=edition.story,
        edition=edition.id,
        number=number,
        sequence=edition.sequence,
        close=edition.close,
        languages=edition.languages,
        corrected=tuple(each.day for each in corrections),
        headlines={tag: page.headline for tag, page in edition.pages.items()},
        summaries={tag: page.summary for tag, page in edition.pages.items()},
        bylines={tag: page.byline for tag, page in edition.pages.items()},
        as_of={tag: page.as_of for tag, page in edition.pages.items()},
        shelf={tag: phrases[tag].say("site.month", date=phrases[tag].date(month)) for tag in edition.languages},
        areas={tag: tuple(area.names[tag] for area in edition.areas) for tag in edition.languages},
        corrections=corrections,
    )


def site(
    entries: Iterable[Entry],
    cards: Callable[[Sequence[Entry]], list[Card]],
    *,
    desk: Text,
    languages: tuple[Language, ...],
    key: str,
    labels: dict[Language, dict[str, str]],
    home: str = "",
) -> Site:
    """The site of these stories, the newest close first and of one day the newest edition."""
    order = tuple(sorted(entries, key=lambda entry: (entry.close, entry.sequence), reverse=True))
    shelves: dict[Language, dict[str, list[Entry]]] = {language: {} for language in languages}
    for entry in order:
        month = entry.month
        for language in entry.languages:
            if language in shelves:
                shelves[language].setdefault(month, []).append(entry)
    return Site(
        desk=desk, languages=languages, key=key, home=home, entries=order, cards=cards, labels=labels, shelves=shelves
    )


def _corrections(edition: Edition) -> Iterator[Corrected]:
    for together in zip(*(page.corrections for page in edition.pages.values()), strict=True):
        by_language = dict(zip(edition.languages, together, strict=True))
        yield Corrected(
            id=together[0].id,
            day=together[0].day,
            whens={tag: each.when for tag, each in by_language.items()},
            kinds={tag: each.kind for tag, each in by_language.items()},
            texts={tag: each.text for tag, each in by_language.items()},
        )


def labels(phrases: Phrases) -> dict[str, str]:
    """The site's own words in one language. Raises MissingPhrase."""
    return {key.partition(".")[2]: phrases.say(key) for key in _LABELS}


_LABELS = (
    "site.languages",
    "site.verify",
    "site.verify-how",
    "site.latest",
    "site.archive",
    "site.search",
    "site.search-none",
    "site.corrections",
    "site.corrections-none",
    "site.about",
    "site.sources",
    "site.sources-policy",
    "site.checking",
    "site.checking-policy",
    "site.correcting",
    "site.correcting-policy",
    "site.feeds",
    "page.own-name",
    "page.key",
)
