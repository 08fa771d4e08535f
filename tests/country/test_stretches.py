"""Days in a row, and how they are said."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.country.stretches import listed, stretches


@given(st.sets(st.dates(date(2024, 1, 1), date(2024, 3, 31))))
def test_stretches_are_the_days_and_never_touch(days: set[date]) -> None:
    found = stretches(days)
    spread = [first + timedelta(n) for first, last in found for n in range((last - first).days + 1)]
    assert spread == sorted(days)
    assert all(later[0] - earlier[1] > timedelta(1) for earlier, later in pairwise(found))


def days(*stretches: tuple[str, str] | str) -> list[date]:
    found: list[date] = []
    for one in stretches:
        first, last = map(date.fromisoformat, (one, one) if isinstance(one, str) else one)
        found += [first + timedelta(n) for n in range((last - first).days + 1)]
    return found


@pytest.mark.parametrize(
    "given, en, ko",
    [
        (days("2024-08-14"), "14 August 2024", "2024년 8월 14일"),
        (days(("2024-08-01", "2024-08-10")), "1–10 August 2024", "2024년 8월 1~10일"),
        (days(("2024-08-22", "2024-08-31")), "22–31 August 2024", "2024년 8월 22~31일"),
        (days(("2024-08-01", "2024-08-31")), "August 2024", "2024년 8월"),
        (days(("2024-07-28", "2024-08-03")), "28 July – 3 August 2024", "2024년 7월 28일~8월 3일"),
        (days("2024-08-30", "2024-09-02"), "30 August 2024 and 2 September 2024", "2024년 8월 30일과 2024년 9월 2일"),
        (
            days("2023-12-01", ("2023-12-30", "2024-01-02"), "2024-01-09"),
            "1 December 2023, 30 December 2023 – 2 January 2024 and 9 January 2024",
            "2023년 12월 1일, 2023년 12월 30일~2024년 1월 2일, 2024년 1월 9일",
        ),
        (
            days(*(f"2024-08-{day:02}" for day in range(1, 13, 2))),
            "1, 3, 5, 7 and 9 August 2024 and 1 more day",
            "2024년 8월 1일, 3일, 5일, 7일, 9일과 그 밖의 1일",
        ),
        ([], "", ""),
    ],
)
def test_days_are_said_to_the_day(kp: Pack, given: list[date], en: str, ko: str) -> None:
    assert listed(given, kp.phrases["en"]) == en
    assert listed(reversed(given), kp.phrases["ko"]) == ko
