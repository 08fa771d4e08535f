"""The limit on what was missed: exact, never looser after more judgements, and none where nothing was measured."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.statemedia import Reached, Recall
from farbank.watch.recall import bound, upper


@pytest.mark.parametrize(
    ("missed", "trials", "limit"), [(0, 10, 0.2589), (1, 10, 0.3942), (0, 300, 0.00994), (5, 100, 0.1023), (7, 7, 1.0)]
)
def test_the_limit_is_the_one_in_the_tables_of_clopper_and_pearson(missed: int, trials: int, limit: float) -> None:
    assert upper(missed, trials, 0.05) == pytest.approx(limit, abs=1e-4)


@given(st.integers(1, 400), st.data())
def test_more_misses_never_make_it_tighter_and_it_is_never_below_the_share_missed(
    trials: int, data: st.DataObject
) -> None:
    missed = data.draw(st.integers(0, trials - 1))
    assert missed / trials < upper(missed, trials, 0.05) <= upper(missed + 1, trials, 0.05)


@given(
    st.integers(1, 300), st.lists(st.integers(0, 300), min_size=1, max_size=5), st.integers(0, 60), st.integers(0, 60)
)
def test_judging_more_never_loosens_it(trials: int, missed: list[int], some: int, more: int) -> None:
    falling = sorted((min(one, trials) for one in missed), reverse=True)
    measured = [measurement(trials, dict(enumerate(falling)))]
    loose, tight = (bound(measured, "wire", "en", judged) for judged in sorted((some, some + more)))
    assert loose is not None and tight is not None and tight <= loose


def test_nothing_is_stated_where_nothing_was_measured() -> None:
    measured = [measurement(300, {0: 2})]
    assert bound(measured, "wire", "ko") is None
    assert bound(measured, "gazette", "en") is None
    assert bound([], "wire", "en") is None


@pytest.mark.parametrize("truth", [0.003, 0.02, 0.1])
def test_stated_at_95_per_cent_it_holds_in_19_of_20_desks(truth: float) -> None:
    draw = Random(3)
    holds = 0
    for _ in range(400):
        reached = [0 if draw.random() > truth else 7 for _ in range(200)]
        missed = {step: sum(one > step for one in reached) for step in (0, 5)}
        limit = bound([measurement(200, missed)], "wire", "en")
        assert limit is not None
        holds += truth <= limit
    assert holds >= 0.95 * 400 - 9  # two standard errors of so many desks


def measurement(trials: int, missed: dict[int, int]) -> Recall:
    steps = tuple(Reached(judged, count) for judged, count in missed.items())
    return Recall(outlet="wire", language="en", trials=trials, steps=steps, words="0")
