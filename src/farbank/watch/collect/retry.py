"""How long to wait before a server is asked again."""

from __future__ import annotations

from datetime import datetime

from farbank.watch.collect.dates import moment, seconds_ahead
from farbank.watch.collect.wire import Response

BUSY = frozenset({429, 503})
BUSY_PAUSE = 30.0
"""Seconds after an answer that says "too many requests" or "not now" and not for how long."""

FIRST_PAUSE = 10.0
"""Seconds after a first failure of another kind, doubled after each further one."""

LONGEST = 300.0
"""Seconds; a server that wants more is asked again by the next sweep, and one that says years holds nobody up."""


def failed(status: int) -> bool:
    """Whether an answer with that status says nothing about the page, so that it may be asked for again."""
    return status in BUSY or status >= 500


def doubled(attempt: int) -> float:
    """Seconds to wait after the attempt of that number, counted from 0, has failed."""
    return min(LONGEST, FIRST_PAUSE * (1 << attempt))


def after(response: Response, attempt: int, now: datetime) -> float:
    """Seconds to wait after an answer that failed: as long as it says itself, if it does."""
    said = dict(reversed(response.headers))
    asked = _seconds(said.get("retry-after", ""), moment(said.get("date", "")) or now)
    if asked is not None:
        return min(LONGEST, max(0.0, asked))
    return BUSY_PAUSE if response.status in BUSY else doubled(attempt)


def _seconds(written: str, server: datetime) -> float | None:
    """What a Retry-After asks for: a number, or a time by the server's own clock, which may be hours ahead of ours."""
    if written.isascii() and written.isdigit():
        return float(written[:12])
    return seconds_ahead(written, server)
