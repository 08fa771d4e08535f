"""Dates as prose writes them, read back."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from farbank.country.phrases import Phrases
from farbank.model.dates import When

_SLOTS = {
    "day": r"(?<!\d)(?P<day>\d{1,2})(?!\d)",
    "day2": r"(?<!\d)(?P<day2>\d{1,2})(?!\d)",
    "year": r"(?P<year>\d{4})(?!\d)",
}


class Dated(NamedTuple):
    """A date at `text[start:end]`; a missing year has been filled in."""

    when: When
    start: int
    end: int


def read(text: str, phrases: Phrases, close: date) -> tuple[Dated, ...]:
    """Every date written in `text`, in order; one without a year is in the year that brings it nearest to `close`.

    Days the calendar does not have are passed over.
    """
    found: list[Dated] = []
    for pattern in _patterns(phrases):
        for match in pattern.finditer(text):
            if any(match.start() < seen.end and seen.start < match.end() for seen in found):
                continue
            when = _when(match, phrases, close)
            if when is not None:
                found.append(Dated(when, match.start(), match.end()))
    return tuple(sorted(found, key=lambda dated: dated.start))


@lru_cache(maxsize=16)
def _patterns(phrases: Phrases) -> tuple[re.Pattern[str], ...]:
    months = "|".join(sorted(map(re.escape, _months(phrases)), key=len, reverse=True))
    slots = _SLOTS | {name: rf"(?<!\d)(?P<{name}>{months})" for name in ("month", "month2")}
    return tuple(
        re.compile(re.sub(r"\{(day2?|month2?|year)\}", lambda slot: slots[slot.group(1)], template))
        for template in phrases.several("lint.dates")
    )


def _months(phrases: Phrases) -> tuple[str, ...]:
    return tuple(phrases.say(f"grammar.month-{number}") for number in range(1, 13))


def _when(match: re.Match[str], phrases: Phrases, close: date) -> When | None:
    parts = {"year": None, "day": None, "day2": None, "month2": None} | match.groupdict()
    months = _months(phrases)
    month = months.index(parts["month"] or "") + 1
    month2 = months.index(parts["month2"]) + 1 if parts["month2"] else month
    spans = [
        span
        for year in ([int(parts["year"])] if parts["year"] else [close.year - 1, close.year, close.year + 1])
        if (span := _span(year, month, parts["day"], month2, parts["day2"]))
    ]
    if not spans:
        return None
    first, last = min(spans, key=lambda span: (max(span[0] - close, close - span[1]), span))
    return When(str(first) if first == last else f"{first}/{last}")


def _span(year: int, month: int, day: str | None, month2: int, day2: str | None) -> tuple[date, date] | None:
    try:
        first = date(year, month, int(day) if day else 1)
        last_day = int(day2 or day or calendar.monthrange(year, month2)[1])
        last = date(year, month2, last_day)
    except ValueError:
        return None
    return (first, last) if first <= last else None
