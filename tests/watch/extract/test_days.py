from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.watch.extract import days

DAY = date(2024, 7, 14)
TAKEN = date(2024, 8, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-14",
        "2024-07-14T23:10:00+09:00",
        "2024.07.14.",
        "[2024. 7. 14.]",
        "2024/7/14",
        "20240714",
        "2024년 7월 14일",
        "2024年7月14日",
        "July 14, 2024",
        "Sun, 14 July 2024 09:00",
        "Jul. 14th 2024 Sunday",
        "14th of July, 2024",
        "Juche 113(2024).7.14",
        "www.paper.example (Juche113.7.14.)",
        "주체113(2024)년 7월 14일",
        "주체113년 7월 14일",
        "主体113(2024)年7月14日",
        "チュチェ113(2024)年7月14日",
        "평양 7월 14일발",
        "【7月14日発】",
        "Pyongyang, July 14 (PNA) -- In 1998 the dam broke.",
        "Updated 2024-02-30, first 2024-07-14",
        "January 1 is past; published 2024-07-14",
    ],
)
def test_a_day_is_read_in_the_usual_shapes(text: str) -> None:
    assert days.stated(text, TAKEN) == DAY


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-14", "No. 120240714", "14 villages", "9月", "x" * 10**6])
def test_no_day_is_made_up(text: str) -> None:
    assert days.stated(text, TAKEN) is None


def test_a_dateline_without_its_year_is_the_last_such_day() -> None:
    assert days.stated("Pyongyang, December 30", date(2026, 1, 2)) == date(2025, 12, 30)
    assert days.stated("Pyongyang, January 3", date(2026, 1, 2)) == date(2026, 1, 3)
    assert days.stated("평양 2월 29일발", date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://paper.example/2024/07/14/dam.html", DAY),
        ("http://paper.example/item/2024/202407/news14/20240714-01ee.html", DAY),
        ("http://paper.example/?d=2024-07-14&n=2", DAY),
        ("http://paper.example/id/120240714", None),
        ("http://paper.example/2024/30/14/", None),
        ("http://paper.example/2024-07/14", None),
    ],
)
def test_a_day_in_an_address(url: str, day: date | None) -> None:
    assert days.in_address(url) == day


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.dates(min_value=date(1950, 1, 1)))
def test_what_is_believed_is_never_later_than_tomorrow(claimed: date, taken: date) -> None:
    believed = days.believed(claimed, taken)
    assert believed in (claimed, taken)
    assert believed <= days.latest(taken)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.dates(min_value=date(1950, 1, 1)))
def test_a_day_printed_is_the_day_read(day: date, taken: date) -> None:
    printed = (
        f"{day}",
        f"{day:%Y.%m.%d.}",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day:%B} {day.day}, {day.year}",
    )
    assert [days.stated(text, taken) for text in printed] == [day] * 4


def test_on_the_last_day_of_the_calendar_nothing_is_later() -> None:
    assert days.latest(date.max) == date.max == days.believed(date.max, date.max)


def test_digits_without_end_cost_nothing() -> None:
    assert days.stated("2" * 10**7, TAKEN) is None
    assert days.in_address("http://paper.example/" + "20" * 10**6) is None
    assert days.latest(TAKEN) == TAKEN + timedelta(1)
