"""Promises under the months they fall due in."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SVG, assert_sound, cells, root, texts
from test_timeline import CLOSE, HOSTILE, whens

from farbank import country
from farbank.chart.promises import LEFT, RIGHT, Promise, calendar_of
from farbank.model.dates import When

EN = country.load("kp").phrases["en"]
PROMISES = st.builds(Promise, due=st.none() | whens(), text=HOSTILE, word=st.just("kept"), closed=st.booleans())


@settings(max_examples=20)
@given(st.lists(PROMISES, max_size=5))
def test_the_table_says_all_that_the_calendar_says(promises: list[Promise]) -> None:
    drawing = calendar_of(promises, CLOSE, EN)
    assert_sound(drawing)
    lasts = [one.due.latest for one in promises if one.due and one.due.latest]
    months = {EN.date(When(f"{last:%Y-%m}")) for last in lasts}
    assert {*texts(drawing)} <= {*cells(drawing), *months, EN.say("chart.undated"), ""}
    closed = [node.get("fill", "").startswith("var(--ink") for node in root(drawing).iter(f"{SVG}circle")]
    assert sorted(closed) == sorted(one.closed for one in promises) and len(drawing.table.rows) == len(promises)


@pytest.mark.parametrize("when, days", [("2031-08", 31), ("2031-08-05/2031-08-11", 7), ("2031-06/2031-08-10", 10)])
def test_a_bar_is_as_long_as_the_days_it_has_in_its_month(when: str, days: int) -> None:
    drawing = calendar_of([Promise(due=When(when), text="a", word="b")], CLOSE, EN)
    bar = re.search(r'd="M([\d.]+) [\d.]+L([\d.]+) [\d.]+"[^>]*stroke-width="3"', drawing.svg.decode())
    assert bar is not None
    assert float(bar[2]) - float(bar[1]) == pytest.approx((RIGHT - LEFT) * days / 31, abs=0.2)


def test_months_come_in_order_and_what_has_no_date_comes_last() -> None:
    due = ["2031-09-01", "", "2031-08", "2030-12-31", "2031-04/.."]
    drawing = calendar_of(
        [Promise(due=When(d) if d else None, text=d or "none", word="w") for d in due], date(2031, 8, 1), EN
    )
    assert [row[1] for row in drawing.table.rows] == ["2030-12-31", "2031-08", "2031-09-01", "2031-04/..", "none"]
