"""What is noted of a collection takes days away and never gives one; only a text gives a day, and its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from farbank.model.captures import Missed, Sweep
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, coverage, doubt, filing

FIRST = date(2031, 7, 1)
DAYS = 21
ALL = Window(first=FIRST, last=FIRST + timedelta(DAYS - 1))
HOURS = st.integers(0, 24 * DAYS - 1)


def at(hour: int) -> datetime:
    return datetime(2031, 7, 1, tzinfo=UTC) + timedelta(hours=hour)


def sweep(hour: int, whole: bool, reach: int | None = None, site: str = "s") -> Sweep:
    return Sweep(
        site=site, outlet="wire", started=at(hour), ended=at(hour) + timedelta(minutes=30), listed=9, fetched=0,
        unchanged=0, missed=0, whole=whole, reach=None if reach is None else at(reach),
    )  # fmt: skip


def miss(hour: int, day: int | None = None, title: str = "", site: str = "s") -> Missed:
    when = None if day is None else FIRST + timedelta(day)
    return Missed(
        url=f"http://wire.invalid/{hour}", outlet="wire", language="en", noticed=at(hour) + timedelta(minutes=7),
        why="404", title=title, day=when, site=site,
    )  # fmt: skip


def text(day: int) -> Article:
    when = FIRST + timedelta(day)
    return Article(id=f"t{day}", outlet="wire", lang="en", date=when, title="T", body=f"Text {day}.")


SITES = st.sampled_from(("s", "t"))
SWEEPS = st.lists(
    st.builds(sweep, HOURS, st.booleans(), st.none() | HOURS, SITES), max_size=8, unique_by=lambda one: one.started
)
MISSES = st.lists(
    st.builds(
        miss, HOURS, st.none() | st.integers(0, DAYS - 1), st.sampled_from(("", "Dam bursts")), SITES | st.just("")
    ),
    max_size=4,
    unique_by=lambda one: one.url,
)


def missing(folder: Path, texts: set[int], sweeps: Sequence[Sweep], misses: Sequence[Missed]) -> set[date]:
    archive.build([text(day) for day in sorted(texts)], folder)
    with filing.filing(folder) as opened:
        for one in misses:
            opened.missed(one)
        for each in sweeps:
            opened.swept(each)
    with archive.open(folder) as read:
        found = coverage(read, "wire", "en", ALL)
    assert found.days_held + len(found.days_missing) == DAYS
    assert set(found.days_unread) <= set(found.days_missing)
    return set(found.days_missing)


@settings(max_examples=25, deadline=None)
@given(
    texts=st.sets(st.integers(0, DAYS - 1)),
    sweeps=SWEEPS,
    misses=MISSES,
    hour=HOURS,
    day=st.none() | st.integers(0, 20),
)
def test_neither_a_broken_sweep_nor_a_miss_gives_a_day(  # type: ignore[no-untyped-def]
    tmp_path_factory, texts: set[int], sweeps: list[Sweep], misses: list[Missed], hour: int, day: int | None
) -> None:
    before = missing(tmp_path_factory.mktemp("a"), texts, sweeps, misses)
    broken = sweep(hour, False, site="s")
    if all(one.started != broken.started for one in sweeps):
        assert before <= missing(tmp_path_factory.mktemp("a"), texts, [*sweeps, broken], misses)
    other = replace(miss(hour, day), url="http://wire.invalid/other")
    assert before <= missing(tmp_path_factory.mktemp("a"), texts, sweeps, [*misses, other])


@settings(max_examples=25, deadline=None)
@given(texts=st.sets(st.integers(0, DAYS - 1)), sweeps=SWEEPS, misses=MISSES, day=st.integers(0, DAYS - 1))
def test_a_text_gives_no_day_but_its_own_and_none_that_is_in_doubt(  # type: ignore[no-untyped-def]
    tmp_path_factory, texts: set[int], sweeps: list[Sweep], misses: list[Missed], day: int
) -> None:
    before = missing(tmp_path_factory.mktemp("a"), texts, sweeps, misses)
    after = missing(tmp_path_factory.mktemp("a"), texts | {day}, sweeps, misses)
    assert before - after <= {FIRST + timedelta(day)}
    spans = [*doubt.broken(sweeps), *doubt.undated([one for one in misses if not one.day], sweeps)]
    if all(first for first, _ in spans):  # or it may show that a listing can have reached further back
        assert after <= before


@given(sweeps=SWEEPS)
def test_between_whole_sweeps_nothing_is_in_doubt(sweeps: list[Sweep]) -> None:
    assert list(doubt.broken([one for one in sweeps if one.whole])) == []


@given(sweeps=SWEEPS, misses=MISSES)
def test_a_span_ends_no_later_than_anything_that_was_noted(sweeps: list[Sweep], misses: list[Missed]) -> None:
    last = max([one.ended for one in sweeps] + [one.noticed for one in misses], default=at(0)) + doubt.AHEAD
    for first, end in [*doubt.broken(sweeps), *doubt.undated([one for one in misses if not one.day], sweeps)]:
        assert (first is None or first <= end) and end <= last.date()


@pytest.mark.parametrize(
    "held, begun",
    [([], 20), ([20], 20), ([13, 20], 13), ([12, 20], 20), ([1, 6, 13, 19], 1), ([1, 9, 16, 25], 9), ([25], 20)],
)
def test_a_run_of_days_goes_back_to_a_longer_gap_than_a_week(held: list[int], begun: int) -> None:
    days = [date(2031, 7, day) for day in held]
    assert doubt.begun(days, date(2031, 7, 20)) == date(2031, 7, begun)


def test_a_second_broken_sweep_takes_no_doubt_away(tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    first, second = sweep(0, False, site="s"), sweep(178, False, site="s")
    before = missing(tmp_path_factory.mktemp("a"), {0}, [first], [])
    assert before <= missing(tmp_path_factory.mktemp("a"), {0}, [first, second], [])
