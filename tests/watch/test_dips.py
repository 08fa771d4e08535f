"""Dips: found where they are, none where none is, and whose they are only where our own sweeps can tell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import isfinite
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.outlets import WEEK, Weekday
from farbank.country.pack import Pack
from farbank.model.captures import Missed, Sweep
from farbank.model.dips import Counts, Dip
from farbank.model.statemedia import Window
from farbank.watch.dips import dips
from farbank.watch.lows import lows
from farbank.watch.swept import states

FIRST = date(2031, 3, 3)  # a Monday
QUIET = [20, 22, 19, 21, 20, 18, 23] * 9
OUTAGE = range(30, 35)


def on(day: int) -> date:
    return FIRST + timedelta(day)


def window(days: int = len(QUIET)) -> Window:
    return Window(first=FIRST, last=on(days - 1))


def held(counts: Iterable[int]) -> Counts:
    return {on(day): count for day, count in enumerate(counts) if count}


def sunk(days: Iterable[int] = OUTAGE, to: int = 0, counts: Sequence[int] = QUIET) -> Counts:
    return held(to if day in days else count for day, count in enumerate(counts))


def sweep(day: int, *, hour: int = 3, whole: bool = True, missed: int = 0, listed: int = 60, site: str = "s") -> Sweep:
    at = datetime.combine(on(day), time(hour), UTC)
    return Sweep(
        site=site, outlet="wire", started=at, ended=at,
        listed=listed, fetched=20, unchanged=0, missed=missed, whole=whole,
    )  # fmt: skip


def missing(day: int | None, noticed: int) -> Missed:
    at = datetime.combine(on(noticed), time(3), UTC)
    when = None if day is None else on(day)
    return Missed(url="http://wire.invalid/1", outlet="wire", language="en", noticed=at, why="404", day=when)


EVERY = [sweep(day) for day in range(len(QUIET))]


@pytest.fixture
def look(kp: Pack):  # type: ignore[no-untyped-def]
    def look(
        counts: Counts,
        over: Window | None = None,
        *,
        publishing: Literal["daily", "weekly", "irregular"] = "daily",
        weekdays: tuple[Weekday, ...] = WEEK,
        sweeps: Sequence[Sweep] = (),
        missed: Sequence[Missed] = (),
        others: Sequence[Counts] = (),
    ) -> tuple[Dip, ...]:
        return dips(
            counts, over or window(), kp.phrases["en"], sweeps=sweeps, missed=missed, others=others,
            publishing=publishing, weekdays=weekdays,
        )  # fmt: skip

    return look


def test_a_quiet_outlet_has_no_dip(look) -> None:  # type: ignore[no-untyped-def]
    assert look(held(QUIET)) == ()


def test_a_dip_is_its_days_what_is_usual_and_what_is_held(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk(to=3))
    assert (dip.first, dip.last, dip.held) == (on(30), on(34), 3.0)
    assert dip.usual == pytest.approx(20, abs=1)


def test_one_empty_day_of_a_busy_outlet_is_a_dip(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk([30]))
    assert (dip.first, dip.last) == (on(30), on(30))


def test_a_dip_at_either_end_is_seen(look) -> None:  # type: ignore[no-untyped-def]
    assert [(dip.first, dip.last) for dip in look(sunk([*range(4), *range(59, 63)]))] == [
        (on(0), on(3)),
        (on(59), on(62)),
    ]


def test_a_paper_that_rests_on_sundays_has_no_dip_there_told_or_not(look) -> None:  # type: ignore[no-untyped-def]
    rests = held(0 if day % 7 == 6 else count for day, count in enumerate(QUIET))
    assert look(rests) == ()
    assert look(rests, weekdays=WEEK[:6]) == ()
    assert look(rests, window(14), weekdays=WEEK[:6]) == ()
    sunday = {on(day): count for day, count in enumerate(QUIET) if day % 7 != 6 and day not in range(30, 37)}
    (dip,) = look(sunday, weekdays=WEEK[:6])
    assert (dip.first, dip.last) == (on(30), on(36))


def test_a_thin_sunday_is_no_dip_but_an_empty_monday_is(look) -> None:  # type: ignore[no-untyped-def]
    thin = [count // 3 if day % 7 == 6 else count for day, count in enumerate(QUIET)]
    assert look(held(thin)) == ()
    assert [dip.first for dip in look(sunk([28], counts=thin))] == [on(28)]


def test_what_is_half_of_the_window_is_a_level_and_no_dip(look) -> None:  # type: ignore[no-untyped-def]
    assert look(sunk(range(20, 60), to=8)) == ()


def test_too_few_days_tell_nothing(look) -> None:  # type: ignore[no-untyped-def]
    assert look(sunk([4]), window(9)) == ()
    assert look({}, window()) == ()


def test_a_weekly_dips_by_whole_weeks(look) -> None:  # type: ignore[no-untyped-def]
    issues = {on(7 * week + 5): 24 for week in range(16) if week != 8}
    over = Window(first=on(2), last=on(7 * 16 + 1))  # the first and the last week are cut
    (dip,) = look(issues, over, publishing="weekly")
    assert (dip.first, dip.last, dip.usual, dip.held) == (on(56), on(62), 24, 0)
    (dip,) = look(issues, over, publishing="weekly", weekdays=("saturday",))
    assert (dip.first, dip.last) == (on(61), on(61))


def test_of_an_irregular_outlet_nothing_is_usual(look) -> None:  # type: ignore[no-untyped-def]
    assert look(sunk(), publishing="irregular") == ()


def test_it_is_the_outlets_where_all_it_listed_was_fetched(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk(), sweeps=EVERY)
    assert (dip.whose, dip.why) == ("outlet", "every sweep of these days was whole and all it listed was fetched")


@pytest.mark.parametrize(
    "fault, why",
    [
        ({"whole": False}, "a sweep of 2–6 April 2031 could not read what was listed"),
        ({"listed": 0}, "a sweep of 2–6 April 2031 could not read what was listed"),
        ({"missed": 4}, "items listed on 2–6 April 2031 could not be fetched"),
    ],
)
def test_it_is_ours_where_a_sweep_went_wrong(look, fault: dict[str, int], why: str) -> None:  # type: ignore[no-untyped-def]
    wrong = [sweep(day, hour=9, **fault) for day in OUTAGE]  # type: ignore[arg-type]
    (dip,) = look(sunk(to=2), sweeps=[*EVERY, *wrong])
    assert (dip.whose, dip.why) == ("collection", why)


def test_it_is_ours_where_no_sweep_was_made_that_usually_is(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk(), sweeps=[one for one in EVERY if one.started.date() not in map(on, OUTAGE)])
    assert (dip.whose, dip.why) == ("collection", "no sweep was made on 2–6 April 2031")
    (dip,) = look(sunk(range(58, 63)), sweeps=EVERY[:58])
    assert dip.whose == "collection"


@pytest.mark.parametrize("day", [32, None])
def test_it_is_ours_where_items_are_still_missed(look, day: int | None) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk([32]), sweeps=EVERY, missed=[missing(day, 32)])
    assert (dip.whose, dip.why) == ("collection", "items listed on 4 April 2031 could not be fetched")


def test_a_few_bad_days_do_not_excuse_the_outlet(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk(to=2), sweeps=[*EVERY, sweep(31, whole=False)])
    assert (dip.whose, dip.why) == (
        "outlet",
        "few were published also on 2 and 4–6 April 2031, when every sweep was whole and all it listed was fetched",
    )


def test_days_before_the_first_sweep_are_nobodys(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk(), sweeps=EVERY[40:])
    assert (dip.whose, dip.why) == (
        "unknown",
        "these days come from files, and nobody here saw what the outlet listed",
    )
    (dip,) = look(sunk(), sweeps=EVERY[33:])
    assert (dip.whose, dip.why) == ("unknown", "the sweeps of only some of these days were whole")


def test_where_everything_imported_dips_the_files_are_named(look) -> None:  # type: ignore[no-untyped-def]
    (dip,) = look(sunk(), others=[sunk(to=5), sunk(to=1, counts=[4] * 63)])
    assert dip.whose == "unknown" and "every other outlet" in dip.why
    (dip,) = look(sunk(), others=[sunk(to=5), held(QUIET)])
    assert dip.whose == "unknown" and "every other outlet" not in dip.why


def test_of_several_sites_the_worst_counts_and_a_weekly_sweep_is_enough_for_its_week() -> None:
    days = [(on(day),) for day in range(7, 14)]
    weekly = [sweep(7 * week, site="w") for week in range(6)]
    assert states(days, weekly, ()) == ["whole"] + ["whole"] * 6
    assert states(days, [one for one in weekly if one.started.date() != on(14)], ())[1:] == ["no-sweep"] * 6
    assert states(days[:1], [*weekly, sweep(7, site="v", missed=1)], ()) == ["unread"]
    assert states(days[:1], [*weekly, sweep(7, site="v", missed=1), sweep(7, site="u", whole=False)], ()) == ["failed"]
    assert states(days[:1], [], ()) == ["unswept"]


@given(st.lists(st.integers(0, 60), max_size=80), st.booleans())
def test_a_low_stretch_is_inside_below_usual_and_never_negative(counts: list[int], weekly: bool) -> None:
    found = lows(counts, [day % 7 if weekly else 0 for day in range(len(counts))])
    assert all(0 <= a.start < a.stop <= b.start for a, b in pairwise(found))
    for low in found:
        assert low.stop <= len(counts)
        assert 0 <= low.held < low.usual and isfinite(low.usual)


@given(st.integers(0, 2**32 - 1), st.floats(15, 80), st.integers(5, 50), st.integers(3, 14))
def test_an_outage_of_days_is_always_found(seed: int, level: float, start: int, length: int) -> None:
    counts = np.random.default_rng(seed).poisson(level, 70)
    counts[start : start + length] = 0
    found = {day for low in lows([*counts], [0] * 70) for day in range(low.start, low.stop)}
    assert {*range(start, start + length)} <= found


def test_nothing_heavy_is_loaded_before_a_dip_is_asked_for() -> None:
    code = "import sys, farbank.watch.dips; print([m for m in ('ruptures', 'scipy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
