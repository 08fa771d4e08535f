from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.sites import Site
from farbank.model.captures import Seen
from farbank.watch.collect import schedule

WHEN = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
FIRST = datetime(2031, 5, 12, 6, tzinfo=UTC)


def site(every: int) -> Site:
    return Site(id="g", outlet="g", item=".*", languages={"": "en"}, every=every)


def seen(last: timedelta, **more: datetime) -> Seen:
    return Seen(url="u", first=FIRST, last=FIRST + last, **more)


@pytest.mark.parametrize(
    ("every", "now", "last", "following"),
    [
        (6, "2031-05-12T07:30", "2031-05-12T06:00", "2031-05-12T12:00"),
        (6, "2031-05-12T06:00", "2031-05-12T06:00", "2031-05-12T12:00"),
        (24, "2031-05-12T23:59", "2031-05-12T00:00", "2031-05-13T00:00"),
        (1, "2031-05-12T23:59", "2031-05-12T23:00", "2031-05-13T00:00"),
    ],
)
def test_sweeps_are_due_at_fixed_times_from_midnight(every: int, now: str, last: str, following: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert schedule.last_due(site(every), at) == datetime.fromisoformat(last).replace(tzinfo=UTC)
    assert schedule.next_due(site(every), at) == datetime.fromisoformat(following).replace(tzinfo=UTC)


@given(every=st.integers(1, 400), now=WHEN, hours=st.integers(-12, 14))
def test_times_are_the_same_wherever_and_whenever_they_are_asked_for(every: int, now: datetime, hours: int) -> None:
    there = now.astimezone(timezone(timedelta(hours=hours)))
    last, following = schedule.last_due(site(every), now), schedule.next_due(site(every), now)
    assert last <= now < following == last + timedelta(hours=every)
    assert schedule.last_due(site(every), there) == last
    assert schedule.last_due(site(every), following) == following
    if 24 % every == 0:
        assert last.hour % every == 0


@given(every=st.integers(1, 48), now=WHEN, ago=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_sweep_is_due_once_for_each_time(every: int, now: datetime, ago: timedelta) -> None:
    started = now - ago
    assert schedule.is_due(site(every), None, now)
    assert not schedule.is_due(site(every), now, now)
    assert schedule.is_due(site(every), started, now) == (
        schedule.last_due(site(every), started) != schedule.last_due(site(every), now)
        or (started < schedule.last_due(site(every), now))
    )


def looks(every: timedelta, until: timedelta) -> list[timedelta]:
    """At which ages an item is looked at by sweeps so far apart, after it was first seen."""
    last, ages, age = timedelta(0), [], every
    while age <= until:
        if schedule.look_again(seen(last), FIRST + age):
            ages.append(age)
            last = age
        age += every
    return ages


def test_an_item_is_looked_at_in_each_sweep_then_daily_then_rarely() -> None:
    ages = looks(timedelta(hours=6), timedelta(days=400))
    hours = [int(age / timedelta(hours=1)) for age in ages]
    assert hours == [6, 12, 18, 24, 48, 72, 96, 120, 144, 168, 24 * 30, 24 * 90, 24 * 365]


def test_a_mark_that_no_sweep_met_is_made_up_for_by_one_look() -> None:
    assert len(looks(timedelta(days=20), timedelta(days=120))) == 3
    assert schedule.look_again(seen(timedelta(0)), FIRST + timedelta(days=5000))
    assert not schedule.look_again(seen(timedelta(days=366)), FIRST + timedelta(days=5000))


def test_an_item_found_gone_is_not_asked_for_in_every_sweep() -> None:
    gone = seen(timedelta(days=2), gone=FIRST + timedelta(days=3))
    assert not schedule.look_again(gone, FIRST + timedelta(days=3, hours=6))
    assert schedule.look_again(gone, FIRST + timedelta(days=4))


def test_a_clock_that_was_set_back_holds_no_item_back() -> None:
    assert schedule.look_again(seen(timedelta(0)), FIRST - timedelta(days=400))
