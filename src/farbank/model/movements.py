"""What shows a movement of leaders, security or troops, and where state media told of it (F17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.statemedia import Search, Statement
from farbank.model.text import Slug, Text


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One passage by which state media said all of a claim; `day` is the last day it can have been published."""

    outlet: str
    day: date
    text: Text


def line(claim: Claim, claims: Mapping[Slug, Claim]) -> tuple[Claim, ...]:
    """The claim and what it is part of, up to the widest that shows a movement; empty if none of them does.

    Raises KeyError for a whole that is not among `claims`.
    """
    found = [claim]
    while (whole := found[-1].part_of) is not None and whole not in {each.id for each in found}:
        found.append(claims[whole])
    while found and found[-1].movement is None:
        found.pop()
    return tuple(found)


def printed(when: When, claim: Claim, claims: Mapping[Slug, Claim]) -> When:
    """A date of the claim as it may be printed: of a movement never more than early, mid or late (F18)."""
    return when.vague if line(claim, claims) else when


def unwitnessed(when: When, *, seen: bool) -> When:
    """A date as it may be printed: of what was `seen`, its day is a day on which somebody was there (F18).

    So no day and no span of days within one month remains of it.
    """
    first, last = when.earliest, when.latest
    if not seen or first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return when
    return When(f"{first:%Y-%m}")


def tellings(claim: Claim, searches: Iterable[Search], statements: Mapping[Slug, Statement]) -> tuple[Telling, ...]:
    """Where state media said the claim, half-said not counted, earliest first.

    Of an attested search nobody knows which of its statements said all of it, so its latest one counts. What was
    published before the claim can have happened told of something else, and a search that ends in no dated passage
    tells no day.
    """
    begun = claim.when.padded[0]
    found: list[Telling] = []
    for search in searches:
        if claim.id not in search.claims or search.result != "said":
            continue
        found += [
            Telling(outlet=passage.outlet, day=passage.date, text={passage.language: passage.text})
            for passage in search.passages
            if passage.result == "said" and _since(begun, passage.date)
        ]
        found += _attested([statements[id] for id in search.statements], begun)
    return tuple(sorted(found, key=lambda telling: (telling.day, telling.outlet)))


def _attested(read: list[Statement], begun: date | None) -> list[Telling]:
    days = [(_over(each.published), each) for each in read]
    dated = [(day, each) for day, each in days if day is not None]
    if not dated or len(dated) < len(days):
        return []
    day, last = max(dated, key=lambda pair: (pair[0], pair[1].id))
    return [Telling(outlet=last.outlet, day=day, text=last.text)] if _since(begun, day) else []


def _over(when: When) -> date | None:
    return when.padded[1]


def _since(begun: date | None, day: date) -> bool:
    return begun is None or day >= begun
