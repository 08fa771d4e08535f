"""Intervals grow with how far off they were, and never shrink."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from farbank.model.sizes import Size
from farbank.verify.credence.widened import Measured, widened, widening

GIVEN = Size(50, 100, 200)
sizes = st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(sorted).map(lambda ends: Size(*ends))
known = st.lists(st.builds(Measured, sizes, st.floats(0, 1e6)), max_size=30)


@given(known, sizes)
@example([Measured(Size(0, 0, 0), 1.0)] * 3, Size(0, 0, 1))
def test_no_interval_becomes_narrower(outcomes: list[Measured], size: Size) -> None:
    wide = widened(size, widening(outcomes))
    assert wide.low <= size.low
    assert wide.mid == size.mid
    assert wide.high >= size.high


@given(known, st.randoms(use_true_random=False))
def test_the_order_changes_nothing(outcomes: list[Measured], random: object) -> None:
    before = widening(outcomes)
    random.shuffle(outcomes)  # type: ignore[attr-defined]
    assert widening(outcomes) == before


def test_without_outcomes_and_with_good_ones_nothing_is_widened() -> None:
    assert widening([]) == 1
    assert widening([Measured(GIVEN, 120)] * 30) == 1
    assert widened(GIVEN, 1).low == pytest.approx(50)


def test_a_desk_that_is_off_by_far_widens_on_either_side() -> None:
    factor = widening([Measured(GIVEN, 400)] * 30)
    assert factor == pytest.approx(2)
    assert widened(GIVEN, factor).low == pytest.approx(25)
    assert widened(GIVEN, factor).high == pytest.approx(400)


def test_less_than_one_half_is_none() -> None:
    assert widened(Size(1, 3, 5), 3).low == 0
