"""When a site is swept and when an item is looked at again: by the clock alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from farbank.country.sites import Site
from farbank.model.captures import Seen

MIDNIGHT = datetime(1970, 1, 1, tzinfo=UTC)
"""From where the hours of `every` are counted, so that 24 is every midnight and 168 the same day every week."""

FRESH = timedelta(days=1)
"""Most corrections and withdrawals come within hours, so an item is looked at in each sweep while it is younger."""

MARKS = tuple(timedelta(days=days) for days in (1, 2, 3, 4, 5, 6, 7, 30, 90, 365))
"""Ages at which an older item is looked at: daily while it is news, then when a name in it may have fallen from favour,
a season and a year later. Ten looks at most, so that an outlet of 100 items a day costs its server 1,000 more."""


def last_due(site: Site, now: datetime) -> datetime:
    """The latest time at or before `now` at which a sweep of the site is due; times are in UTC."""
    step = timedelta(hours=site.every)
    return now - (now - MIDNIGHT) % step


def next_due(site: Site, now: datetime) -> datetime:
    """The first time after `now` at which a sweep of the site is due."""
    return last_due(site, now) + timedelta(hours=site.every)


def is_due(site: Site, started: datetime | None, now: datetime) -> bool:
    """Whether a sweep is due at `now`, given when the last one started (None if there was none).

    One that started later than now was made under a wrong clock, and counts for nothing.
    """
    return started is None or not last_due(site, now) <= started <= now


def look_again(seen: Seen, now: datetime) -> bool:
    """Whether an item seen before is looked at in a sweep at `now`, to find it edited or vanished."""
    age = now - seen.first
    looked = max(seen.last, seen.gone or seen.last) - seen.first
    return age < FRESH or any(looked < mark <= age for mark in MARKS)
