"""Dates as exact as they are known, and no more: EDTF (ISO 8601-2:2019)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cached_property, lru_cache

EXPECTED = "expected an EDTF date such as 2023-06-17, 2023-06~ or 2023-07-01/2023-07-19"


class When(str):
    """A day, month, year or interval, possibly approximate (`2023-06~`) or open at one end (`2023-04/..`).

    It is the EDTF text itself, checked. Raises ValueError if it is none or names a day the calendar does not have.
    """

    def __new__(cls, text: str) -> When:
        """Check the text."""
        self = super().__new__(cls, text)
        if self.earliest is None and self.latest is None:
            raise ValueError(f"{EXPECTED}, got {text!r}")
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError(f"{EXPECTED}, but {text!r} ends before it begins")
        return self

    @cached_property
    def earliest(self) -> date | None:
        """The first day it can mean, None if its beginning is open."""
        start, slash, _ = self.partition("/")
        return None if slash and start in ("", "..") else _bounds(start)[0]

    @cached_property
    def latest(self) -> date | None:
        """The last day it can mean, None if its end is open."""
        start, slash, end = self.partition("/")
        return None if slash and end in ("", "..") else _bounds(end if slash else start)[1]

    @property
    def approximate(self) -> bool:
        """Whether it is marked as about then, or as uncertain."""
        return any(mark in self for mark in "~?%")

    @property
    def is_day(self) -> bool:
        """Whether it names one single day."""
        return self.earliest is not None and self.earliest == self.latest

    @cached_property
    def padded(self) -> tuple[date | None, date | None]:
        """The first and last day it can mean if “about” is taken at its word: as much again on either side."""
        first, last = self.earliest, self.latest
        if not self.approximate:
            return first, last
        if first is None or last is None:
            return None, None  # how long “about” is cannot be told
        length = last - first + timedelta(days=1)
        return first - length, last + length

    @cached_property
    def vague(self) -> When:
        """The early, mid or late parts of months it lies in, “about” included; with an open end, the months."""
        first, last = self.padded
        if first is None or last is None:
            ends = [f"{day:%Y-%m}" if day else ".." for day in (self.earliest, self.latest)]
            return When("/".join(ends))
        return When(f"{_tenth(first)[0]}/{_tenth(last)[1]}")

    def overlaps(self, other: When) -> bool:
        """Whether some day fits both."""
        return _not_after(self.earliest, other.latest) and _not_after(other.earliest, self.latest)


def _not_after(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


def _tenth(day: date) -> tuple[date, date]:
    """The early (1–10), mid (11–20) or late part of the month a day lies in."""
    start = min(day.day - 1, 29) // 10 * 10 + 1
    end = start + 9 if start < 21 else calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=start), day.replace(day=end)


@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date]:
    try:
        day = date.fromisoformat(text)  # the common case, without loading the parser
    except ValueError:
        pass
    else:
        return day, day
    import edtf  # here, because it takes a fifth of a second and the command line must answer at once

    try:
        parsed = edtf.parse_edtf(text)
        return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError):
        raise ValueError(f"{EXPECTED}, got {text!r}") from None
