"""Days in a row, found and put into words: “3–9 and 14 August 2024”."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from farbank.country.phrases import Phrases
from farbank.model.dates import When

Stretch = tuple[date, date]
"""First and last of days in a row."""

MOST = 5
"""Stretches a sentence names before it counts the rest."""


def stretches(days: Iterable[date]) -> tuple[Stretch, ...]:
    """Days, in whatever order, as stretches, the earliest first."""
    found: list[Stretch] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(1):
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return tuple(found)


def listed(days: Iterable[date], phrases: Phrases) -> str:
    """Days in words: the first few stretches by name, of the others how many days they are."""
    found = stretches(days)
    said = [_said([*run], phrases) for _, run in groupby(found[:MOST], key=_month)]
    more = sum((last - first).days + 1 for first, last in found[MOST:])
    if more:
        said.append(phrases.say(f"grammar.more-days{'-one' if more == 1 else ''}", count=phrases.number(more)))
    return phrases.join(said)


def _month(stretch: Stretch) -> Hashable:
    """The same for stretches that can share the name of a month."""
    first, last = stretch
    return (first.year, first.month) if (first.year, first.month) == (last.year, last.month) else stretch


def _said(run: Sequence[Stretch], phrases: Phrases) -> str:
    first, last = run[0]
    when = When(f"{first}/{last}")
    if _month(run[0]) == run[0] or (first != last and first.day == 1 and (last + timedelta(1)).day == 1):
        return phrases.date(when)
    days = phrases.join(_days(*each, phrases) for each in run)
    return phrases.say(
        "grammar.of-month", days=days, month=phrases.say(f"grammar.month-{first.month}"), year=first.year
    )


def _days(first: date, last: date, phrases: Phrases) -> str:
    return phrases.say("grammar.one-day" if first == last else "grammar.day-to-day", day=first.day, day2=last.day)
