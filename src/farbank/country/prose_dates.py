"""Dates as prose writes them, read back."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from farbank.country.phrases import Phrases
from farbank.model.dates import When

_SLOTS = {
    "day": r"(?<!\d)(?P<day>\d{1,2})(?!\d)",
    "day2": r"(?<!\d)(?P<day2>\d{1,2})(?!\d)",
    "year": r"(?P<year>\d{4})(?!\d)",
    "month_number": r"(?P<month_number>1[0-2]|0?[1-9])(?!\d)",
}
_SHORT = 3
"""Letters to which a month of the Latin alphabet is cut short: `Aug.`; a fourth may follow, as in `Sept.`"""
_PARTS = {"early": (1, 12), "mid": (9, 21), "late": (19, 31)}
"""Days a part of a month may mean. What the page calls early closes on the 10th; people are not as strict."""


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
    months = "|".join(sorted(map(_spelt, _months(phrases)), key=len, reverse=True))
    slots = _SLOTS | {name: rf"(?<!\d)(?P<{name}>{months})" for name in ("month", "month2")}
    slots["day_word"] = f"(?P<day_word>{'|'.join(map(re.escape, reversed(_day_words(phrases))))})"
    return tuple(
        re.compile(
            re.sub(r"\{(day2?|day_word|month2?|month_number|year)\}", lambda slot: slots[slot.group(1)], template)
        )
        for template in phrases.several("lint.dates")
    )


def _spelt(month: str) -> str:
    """A month's name, or the first letters of it."""
    if not month.isascii() or len(month) <= _SHORT:
        return re.escape(month)
    return rf"{month}|{month[:_SHORT]}{month[_SHORT]}?(?:\.|\b)"


def _months(phrases: Phrases) -> tuple[str, ...]:
    return tuple(phrases.say(f"grammar.month-{number}") for number in range(1, 13))


def _day_words(phrases: Phrases) -> tuple[str, ...]:
    """The days of a month in words, the first first; nothing where a language writes them in digits."""
    return phrases.several("lint.days-in-words")


def _when(match: re.Match[str], phrases: Phrases, close: date) -> When | None:
    parts = match.groupdict()
    written = parts.get("month_number") or parts.get("month")
    if written is None:
        return When(parts["year"])
    month = _month(written, phrases)
    month2 = _month(parts.get("month2") or written, phrases)
    first_day, last_day = _days(parts, phrases)
    years = [int(parts["year"])] if parts.get("year") else [close.year - 1, close.year, close.year + 1]
    spans = [span for year in years if (span := _span(year, month, first_day, month2, last_day))]
    if not spans:
        return None
    first, last = min(spans, key=lambda span: (max(span[0] - close, close - span[1]), span))
    return When(str(first) if first == last else f"{first}/{last}")


def _month(written: str, phrases: Phrases) -> int:
    if written.isdecimal():
        return int(written)
    months = _months(phrases)
    return next(n for n, month in enumerate(months, 1) if month.startswith(written.rstrip(".")))


def _days(parts: Mapping[str, str | None], phrases: Phrases) -> tuple[int, int | None]:
    """The first and the last day written, None for the month's last."""
    part = next((days for name, days in _PARTS.items() if parts.get(name)), None)
    if part is not None:
        return part[0], part[1] if part[1] < _PARTS["late"][1] else None
    word = parts.get("day_word")
    day = _day_words(phrases).index(word.lower()) + 1 if word else int(parts.get("day") or 0)
    return day or 1, int(parts.get("day2") or day) or None


def _span(year: int, month: int, day: int, month2: int, day2: int | None) -> tuple[date, date] | None:
    try:
        first = date(year, month, day)
        last = date(year, month2, day2 or calendar.monthrange(year, month2)[1])
    except ValueError:
        return None
    return (first, last) if first <= last else None
