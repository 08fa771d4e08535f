"""Which days a text may name beside a movement: those state media printed, and no others (F18)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from farbank.country import prose_dates
from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.movements import line, tellings
from farbank.model.statemedia import Search, Statement
from farbank.model.text import Slug

COARSE = 7
"""Days from which on a stretch of time is vague enough: a week (F18)."""


def public(
    claims: Iterable[Claim],
    known: Mapping[Slug, Claim],
    searches: Iterable[Search],
    statements: Mapping[Slug, Statement],
    spoken: Mapping[str, Phrases],
    close: date,
) -> frozenset[date]:
    """The days that may stand beside movements.

    They are the days printed in the passages by which state media told of them, and the days those passages and the
    story itself are dated, unless the movement may have fallen on just those: then the date would seem to confirm it.
    """
    searched = tuple(searches)
    printed: set[date] = set()
    dated = {close}
    own: set[date] = set()
    for claim in claims:
        own |= _own(claim)
        for telling in (each for part in line(claim, known) for each in tellings(part, searched, statements)):
            dated.add(telling.day)
            for language, text in telling.text.items():
                if language in spoken:
                    read = prose_dates.read(text, spoken[language], telling.day)
                    printed |= {each.when.earliest for each in read if each.when.is_day and each.when.earliest}
    return frozenset(printed | (dated - own))


def finer(text: str, phrases: Phrases, close: date, allowed: Collection[date]) -> Iterator[str]:
    """Every date and day in `text` that is finer than a week and not `allowed`."""
    text = plain(text)
    fine: list[prose_dates.Dated] = []
    for dated in prose_dates.read(text, phrases, close):
        first, last = dated.when.earliest, dated.when.latest
        if first and last and (last - first).days + 1 < COARSE:
            fine.append(dated)
            if not _days(first, last) <= set(allowed):
                yield text[dated.start : dated.end]
    for pattern in patterns(phrases, "day"):
        for match in pattern.finditer(text):
            if not any(match.start() < dated.end and dated.start < match.end() for dated in fine):
                yield match.group().strip()


def plain(text: str) -> str:
    """The text as it is read: full-width digits as digits, letters composed, nothing invisible between them."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


@lru_cache(maxsize=64)
def patterns(phrases: Phrases, kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns `lint.<kind>` of a language. Raises MissingPhrase."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in phrases.several(f"lint.{kind}"))


def _own(claim: Claim) -> set[date]:
    """The days a movement may have fallen on, if they are few enough to tell one by."""
    first, last = claim.when.padded
    return _days(first, last) if first and last and (last - first).days + 1 < COARSE else set()


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
