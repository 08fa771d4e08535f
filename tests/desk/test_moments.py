"""Days and hours: said with their zone, whole where clocks are put forward, and refused where nobody could tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.desk.errors import NoMoment, UnknownZone
from farbank.desk.moments import a_day, day_of, first_moment, moment, shown

ZONES = [
    "UTC",
    "Asia/Seoul",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Havana",
    "Australia/Lord_Howe",
]


def test_an_hour_is_the_same_moment_everywhere_and_a_day_begins_where_the_desk_is() -> None:
    assert moment("2026-12-01T06:00+09:00", "UTC") == datetime(2026, 11, 30, 21, tzinfo=UTC)
    assert moment("2026-12-01T06:00Z", "Asia/Seoul") == datetime(2026, 12, 1, 6, tzinfo=UTC)
    assert moment("2026-12-01", "Asia/Seoul") == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert moment(" 2026-12-01 ", "UTC") == datetime(2026, 12, 1, tzinfo=UTC)
    assert (a_day("2026-12-01"), a_day("2026-12-01T06:00Z")) == (date(2026, 12, 1), None)


def test_it_is_shown_where_the_desk_is_and_in_utc() -> None:
    at = datetime(2026, 11, 30, 21, tzinfo=UTC)
    assert shown(at, "Asia/Seoul") == "2026-12-01 06:00 Asia/Seoul (2026-11-30 21:00 UTC)"
    assert shown(at, "UTC") == "2026-11-30 21:00 UTC"
    assert day_of(at, "Asia/Seoul") == date(2026, 12, 1)


@pytest.mark.parametrize("said", ["2026-12-01T06:00", "2026-12-01 06:00:30"])
def test_an_hour_without_a_zone_is_refused(said: str) -> None:
    with pytest.raises(NoMoment, match=r"has no zone.*\+09:00"):
        moment(said, "Asia/Seoul")


@pytest.mark.parametrize(
    "said", ["", "tomorrow", "2026-13-01", "2026-02-30", "0001-01-01", "9999-12-31T23:59-11:00", "٢"]
)
def test_what_no_calendar_has_is_refused(said: str) -> None:
    with pytest.raises(NoMoment):
        moment(said, "Asia/Seoul")


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../../etc/passwd", "", "/etc/localtime"])
def test_a_zone_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(UnknownZone, match=r"case\.toml"):
        moment("2026-12-01", zone)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Asia/Beirut", date(2026, 3, 29), 1),  # put forward at midnight: the day begins at one
        ("Africa/Cairo", date(2026, 4, 24), 1),
        ("America/Sao_Paulo", date(2018, 11, 4), 1),
        ("America/Havana", date(2026, 11, 1), 0),  # put back at one, so that midnight comes twice: the first counts
    ],
)
def test_a_day_begins_also_where_midnight_is_missing_or_comes_twice(zone: str, day: date, hour: int) -> None:
    begins = first_moment(day, zone)
    there = begins.astimezone(ZoneInfo(zone))
    assert (there.date(), there.hour, there.minute) == (day, hour, 0)
    assert day_of(begins - timedelta(seconds=1), zone) == day - timedelta(days=1)


@given(st.dates(date(1970, 1, 2), date(2037, 12, 31)), st.sampled_from(ZONES))
def test_a_day_is_over_when_the_next_begins(day: date, zone: str) -> None:
    begins, ends = first_moment(day, zone), first_moment(day + timedelta(days=1), zone)
    assert begins < ends
    assert day_of(begins, zone) == day_of(ends - timedelta(seconds=1), zone) == day


def test_a_desk_that_names_no_zone_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr("farbank.desk.moments.ZoneInfo", missing)
    assert first_moment(date(2031, 6, 1), "UTC") == datetime(2031, 6, 1, tzinfo=UTC)
    with pytest.raises(UnknownZone, match="tzdata"):
        first_moment(date(2031, 6, 1), "Asia/Seoul")
