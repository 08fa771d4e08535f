"""Days and hours as an editor types them: moments that say their zone, and how they are shown again.

A day means its first moment where the desk is. That exists also where clocks are put forward at midnight: it is then
the moment they are put forward.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from farbank.desk.errors import NoMoment, UnknownZone

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def moment(said: str, zone: str) -> datetime:
    """The moment somebody means by a day, or by a time with its zone, in UTC. Raises NoMoment, UnknownZone."""
    if (day := a_day(said)) is not None:
        return first_moment(day, zone)
    try:
        at = datetime.fromisoformat(said.strip())
    except ValueError:
        raise NoMoment(f"{said!r} is neither a day nor a time: write 2031-06-01, or 2031-06-01T06:00+09:00") from None
    if at.tzinfo is None:
        raise NoMoment(f"{said} has no zone, so that it is another hour for everybody: write {said.strip()}+09:00")
    return _in_utc(at, said)


def a_day(said: str) -> date | None:
    """The day, if no more than a day is said. Raises NoMoment for one that no calendar has."""
    if not _DAY.fullmatch(said.strip()):
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise NoMoment(f"there is no day {said.strip()}; look at the calendar") from None


def first_moment(day: date, zone: str) -> datetime:
    """When a day begins in a zone, in UTC. Raises UnknownZone, NoMoment for the first and the last year there are."""
    return _in_utc(datetime.combine(day, time(), tzinfo=_zone(zone)), day.isoformat())


def day_of(at: datetime, zone: str) -> date:
    """The day it is in a zone. Raises UnknownZone."""
    return at.astimezone(_zone(zone)).date()


def shown(at: datetime, zone: str) -> str:
    """A moment where the desk is, and in UTC. Raises UnknownZone."""
    there = f"{at.astimezone(_zone(zone)):%Y-%m-%d %H:%M} {zone}"
    return there if zone == "UTC" else f"{there} ({at.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"


def _in_utc(at: datetime, said: str) -> datetime:
    if not date.min.year < at.year < date.max.year:  # some zone is on the other side of the calendar's end
        raise NoMoment(f"{said} is further away than any story; write a nearer one")
    return at.astimezone(UTC)


def _zone(name: str) -> tzinfo:
    if name == "UTC":  # also where the machine has no time zone database
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(
            f"this machine's time zone database knows no zone {name!r}; correct zone under [desk] of case.toml, such "
            "as Asia/Seoul, or install the database (Debian: tzdata)"
        ) from None
