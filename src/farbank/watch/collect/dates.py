"""Dates as servers and listings write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

LONGEST = 80


def moment(written: str) -> datetime | None:
    """The time an HTTP or mail date names, in the zone it is written in (UTC if in none); None if it names none."""
    try:
        read = parsedate_to_datetime(written[:LONGEST])
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def seconds_ahead(written: str, ours: datetime) -> float | None:
    """By how many seconds the clock that wrote an HTTP date is ahead of ours; None if it is no date."""
    read = moment(written)
    try:
        return None if read is None else (read - ours).total_seconds()
    except OverflowError:  # the first or last day there is, in another zone
        return None


def day(written: str) -> date | None:
    """The day that a date names as it is written (ISO 8601, mail), whatever it is elsewhere then."""
    iso = re.match(r"\s*(\d{4}-\d\d-\d\d)", written[:LONGEST], re.ASCII)
    try:
        if iso:
            return date.fromisoformat(iso[1])
    except ValueError:
        return None
    read = moment(written)
    return None if read is None else read.date()
