"""A site: every story of the desk in its newest edition, as cards, which is all that fronts and feeds are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.text import Language, Slug, Text
from farbank.publish.edition import Edition


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A story as a front page or a feed shows it, without its prose.

    `edition` is the newest one, `number` how many of the story there are. `areas` are names of what it is about,
    `shelf` the heading of its month.
    """

    story: Slug
    edition: Slug
    number: int
    sequence: int
    close: date
    languages: tuple[Language, ...]
    headlines: Text
    summaries: Text
    bylines: Text
    as_of: Text
    shelf: Text
    areas: dict[Language, tuple[str, ...]]

    @property
    def month(self) -> str:
        """The month of its close, as YYYY-MM: the shelf it stands on."""
        return self.close.isoformat()[:7]

    @property
    def folder(self) -> str:
        """Where its newest edition lies, from the root of the site."""
        return f"s/{self.story}"


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the pages around the stories are made from; `cards` the newest first.

    `home` is the address the desk publishes at, with a slash at its end, empty where it has none; `key` the public key
    it signs with now, in hexadecimal. `labels` are the site's own words per language, by key of the wording section.
    """

    desk: Text
    languages: tuple[Language, ...]
    key: str
    home: str
    cards: tuple[Card, ...]
    labels: dict[Language, dict[str, str]]

    def shelves(self, language: Language) -> dict[str, list[Card]]:
        """The stories in a language by the month of their close, the newest first."""
        held: dict[str, list[Card]] = {}
        for card in self.cards:
            if language in card.languages:
                held.setdefault(card.month, []).append(card)
        return held


def card(edition: Edition, phrases: Mapping[Language, Phrases], number: int = 1) -> Card:
    """The card of an edition that is the newest of `number` of its story. Raises MissingPhrase."""
    month = When(edition.month)
    return Card(
        story=edition.story,
        edition=edition.id,
        number=number,
        sequence=edition.sequence,
        close=edition.close,
        languages=edition.languages,
        headlines={tag: page.headline for tag, page in edition.pages.items()},
        summaries={tag: page.summary for tag, page in edition.pages.items()},
        bylines={tag: page.byline for tag, page in edition.pages.items()},
        as_of={tag: page.as_of for tag, page in edition.pages.items()},
        shelf={tag: phrases[tag].say("site.month", date=phrases[tag].date(month)) for tag in edition.languages},
        areas={tag: tuple(area.names[tag] for area in edition.areas) for tag in edition.languages},
    )


def site(
    cards: Iterable[Card],
    *,
    desk: Text,
    languages: tuple[Language, ...],
    key: str,
    labels: dict[Language, dict[str, str]],
    home: str = "",
) -> Site:
    """The site of these stories, the newest close first and of one day the newest edition."""
    order = tuple(sorted(cards, key=lambda card: (card.close, card.sequence), reverse=True))
    return Site(desk=desk, languages=languages, key=key, home=home, cards=order, labels=labels)


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
