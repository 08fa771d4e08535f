"""Dates taken at their word, and dates told vaguely."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.dates import When


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2031-10-13", date(2031, 10, 13), date(2031, 10, 13)),
        ("2031-10-13~", date(2031, 10, 12), date(2031, 10, 14)),
        ("2031-10~", date(2031, 8, 31), date(2031, 12, 1)),
        ("2031-10-13/..", date(2031, 10, 13), None),
        ("2031-10-13~/..", None, None),
    ],
)
def test_about_is_as_much_again_on_either_side(when: str, first: date | None, last: date | None) -> None:
    assert When(when).padded == (first, last)


@pytest.mark.parametrize(
    ("when", "vague"),
    [
        ("2031-10-01", "2031-10-01/2031-10-10"),
        ("2031-10-10", "2031-10-01/2031-10-10"),
        ("2031-10-13", "2031-10-11/2031-10-20"),
        ("2031-10-31", "2031-10-21/2031-10-31"),
        ("2031-02-28", "2031-02-21/2031-02-28"),
        ("2031-10-20/2031-10-21", "2031-10-11/2031-10-31"),
        ("2031-10-10~", "2031-10-01/2031-10-20"),
        ("2031-10", "2031-10-01/2031-10-31"),
        ("2031", "2031-01-01/2031-12-31"),
        ("2031-10-13/..", "2031-10/.."),
        ("../2031-10-13", "../2031-10"),
    ],
)
def test_vague_is_early_mid_or_late(when: str, vague: str) -> None:
    assert When(when).vague == vague


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_what_is_vague_holds_what_it_was_and_is_never_a_week(first: date, days: int) -> None:
    when = When(f"{first}/{first + timedelta(days=days)}")
    vague = when.vague
    assert vague.earliest and vague.latest and when.earliest and when.latest
    assert vague.earliest <= when.earliest and when.latest <= vague.latest
    assert (vague.latest - vague.earliest).days >= 7
    assert vague.vague == vague
