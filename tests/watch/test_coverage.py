from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.country.outlets import WEEK
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, coverage

FIRST = date(2024, 7, 1)  # a Monday


def item(number: int, day: int, body: str = "Text.", kind: str = "", lang: str = "en") -> Article:
    when = FIRST + timedelta(day)
    return Article(id=f"a{number}", outlet="KCNA", lang=lang, date=when, title="T", body=body, kind=kind)


def window(first: int, last: int) -> Window:
    return Window(first=FIRST + timedelta(first), last=FIRST + timedelta(last))


def test_only_full_texts_of_the_outlet_itself_hold_a_day(tmp_path: Path) -> None:
    items = [item(1, 0), item(2, 0), item(3, 1, body=" \n"), item(4, 2, kind="press_summary"), item(5, 4, lang="es")]
    archive.build(items, tmp_path)
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "KCNA", "en", window(0, 4))
    assert (found.days_held, found.bodies, found.titles_only) == (1, 2, 1)
    assert found.days_missing == tuple(FIRST + timedelta(n) for n in (1, 2, 3, 4))


def test_what_is_not_held_at_all_is_missing_every_day(tmp_path: Path) -> None:
    archive.build([item(1, 0)], tmp_path)
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "Nobody", "en", window(0, 2))
    assert (found.days_held, len(found.days_missing)) == (0, 3)


def test_a_weekly_is_held_by_one_issue_a_week(tmp_path: Path) -> None:
    archive.build([item(1, 3), item(2, 16)], tmp_path)
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "KCNA", "en", window(5, 20), "weekly")
    # Thursday of week 1 lies before the window but is that week's issue; week 2 has none; week 3 has one.
    assert found.days_missing == tuple(FIRST + timedelta(n) for n in range(7, 14))
    assert found.days_held == 1


def test_an_irregular_outlet_is_never_whole_by_luck(tmp_path: Path) -> None:
    archive.build([item(1, 0)], tmp_path)
    with archive.open(tmp_path) as opened:
        assert len(coverage(opened, "KCNA", "en", window(0, 6), "irregular").days_missing) == 6


def test_a_day_on_which_a_daily_does_not_appear_is_no_hole(tmp_path: Path) -> None:
    archive.build([item(n, n) for n in range(6)], tmp_path)
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "KCNA", "en", window(0, 13), "daily", WEEK[:6])
    assert (found.days_held, found.days_missing) == (6, tuple(FIRST + timedelta(n) for n in range(7, 13)))


def test_an_issue_on_a_day_off_counts_as_held(tmp_path: Path) -> None:
    archive.build([item(1, 6)], tmp_path)  # a Sunday
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "KCNA", "en", window(5, 6), "daily", WEEK[:6])
    assert (found.days_held, found.days_missing) == (1, (FIRST + timedelta(5),))


def test_a_weekly_misses_the_day_its_issue_would_be_dated(tmp_path: Path) -> None:
    archive.build([item(1, 4)], tmp_path)  # dated a day early in the first week, missing in the second
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "KCNA", "en", window(0, 13), "weekly", ("saturday",))
        assert coverage(opened, "KCNA", "en", window(7, 11), "weekly", ("saturday",)).days_missing == ()
    assert found.days_missing == (FIRST + timedelta(12),)


def test_an_irregular_outlet_may_appear_on_any_day(tmp_path: Path) -> None:
    archive.build([item(1, 0)], tmp_path)
    with archive.open(tmp_path) as opened:
        found = coverage(opened, "KCNA", "en", window(0, 6), "irregular", ("monday",))
    assert len(found.days_missing) == 6


@settings(max_examples=20, deadline=None)
@given(days=st.sets(st.integers(0, 20)), first=st.integers(0, 20), length=st.integers(0, 20))
def test_every_day_is_either_held_or_missing(tmp_path_factory, days: set[int], first: int, length: int) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("archive")
    archive.build([item(n, n) for n in days], folder)
    with archive.open(folder) as opened:
        found = coverage(opened, "KCNA", "en", window(first, first + length))
    assert found.days_held + len(found.days_missing) == length + 1
    assert {FIRST + timedelta(n) for n in days}.isdisjoint(found.days_missing)
