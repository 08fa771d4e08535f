"""Which pattern a date is said by: its precision decides, nothing is added."""

from __future__ import annotations

import calendar
from datetime import date

from farbank.model.dates import When

Shape = tuple[str, dict[str, int | str]]
"""A key of the wording section `grammar`, and numbers for its slots (months as 1 to 12)."""

_LATE = range(20, 26)
"""First days of a stretch to the month's end that is called late; the tenth days close “early” and “mid”."""


def shape(when: When | date) -> Shape:
    """The pattern and slots for a date; for an approximate one, those of the date without the mark."""
    first = when.earliest if isinstance(when, When) else when
    last = when.latest if isinstance(when, When) else when
    if first is None and last is None:
        raise ValueError(f"{when!r} names no day")
    if first is None or last is None:
        key, end = ("since", first) if last is None else ("until", last)
        assert end is not None  # noqa: S101 - one of the two is a day
        return f"{key}-{_grain(str(when))}", _parts(end)
    if first == last:
        return "day", _parts(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        key = "year" if first.year == last.year else "years"
        return key, {"year": first.year, "year2": last.year}
    if first.day == 1 and last.day == _days(last):
        return _months(first, last)
    return _days_shape(first, last)


def _months(first: date, last: date) -> Shape:
    both = _parts(first) | {f"{k}2": v for k, v in _parts(last).items()}
    if first.year != last.year:
        return "months-years", both
    return ("month" if first.month == last.month else "months"), both


def _days_shape(first: date, last: date) -> Shape:
    both = _parts(first) | {f"{k}2": v for k, v in _parts(last).items()}
    if first.year != last.year:
        return "days-years", both
    if first.month != last.month:
        return "days-months", both
    if first.day in _LATE and last.day == _days(last):
        return "late", both
    if (first.day, last.day) == (1, 10):
        return "early", both
    if (first.day, last.day) == (11, 20):
        return "mid", both
    return "days", both


def _grain(text: str) -> str:
    """How exact the one end of an open interval is."""
    return ("year", "month", "day")[min(text.strip("./~?%").count("-"), 2)]


def _parts(day: date) -> dict[str, int | str]:
    return {"day": day.day, "month": day.month, "year": day.year}


def _days(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
