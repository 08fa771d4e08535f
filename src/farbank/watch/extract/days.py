"""The day a page says it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

JUCHE = 1911
"""The year before the first of the Juche calendar."""

LONGEST = 500
"""Characters of a text in which a date is looked for."""

_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTHS = {name: n for n, name in enumerate(_NAMES.split("|"), 1)}
_MONTH = rf"(?P<name>{_NAMES})[a-z]{{0,6}}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<!\d){_YEAR}\)?\s*[-./년年]\s*(?P<month>\d{{1,2}})\s*[-./월月]\s*(?P<day>\d{{1,2}})(?!\d)",
        r"(?:juche|주체|主体|主體|チュチェ)\s*(?P<juche>\d{2,3})\s*[-./년年]\s*"
        r"(?P<month>\d{1,2})\s*[-./월月]\s*(?P<day>\d{1,2})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH}\s+{_DAY}(?!,?\s+\d{{4}})",
        r"(?<!\d)(?P<month>\d{1,2})\s*[월月]\s*(?P<day>\d{1,2})\s*[일日]",
    )
)
_URL = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)([-/._]?)(?P<month>\d\d)\2(?P<day>\d\d)(?!\d)")


def stated(text: str, taken: date) -> date | None:
    """The first day `text` states, in numbers, English, Korean, Chinese or Japanese, by either calendar.

    One without its year (a dateline: “Pyongyang, July 14”) is the last such day that can have been when the page was
    taken. A whole date counts before one without its year, wherever it stands.
    """
    text = text[:LONGEST]
    return next((day for shape in _SHAPES for day in _days(shape, text, taken)), None)


def in_address(url: str) -> date | None:
    """The day in an address (`/2024/07/14/`, `20240714`)."""
    return next(_days(_URL, url, date.max), None)


def believed(claimed: date | None, taken: date) -> date:
    """The day claimed, unless it lies beyond the day after the page was taken: then a clock or somebody erred."""
    return claimed if claimed is not None and claimed <= latest(taken) else taken


def latest(taken: date) -> date:
    """The last day a page taken then can be of: it is tomorrow already further east."""
    return taken + timedelta(1) if taken < date.max else taken


def _days(shape: re.Pattern[str], text: str, taken: date) -> Iterator[date]:
    for found in shape.finditer(text):
        parts = found.groupdict()
        month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
        try:
            if parts.get("juche"):
                yield date(JUCHE + int(parts["juche"]), month, int(parts["day"]))
            elif parts.get("year"):
                yield date(int(parts["year"]), month, int(parts["day"]))
            else:
                yield _last(month, int(parts["day"]), taken)
        except ValueError:  # 30 February, or a number that was none
            continue


def _last(month: int, day: int, taken: date) -> date:
    """Raises ValueError if there is no such day."""
    limit = latest(taken)
    found = date(limit.year, month, day)
    return found if found <= limit else date(limit.year - 1, month, day)
