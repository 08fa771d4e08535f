"""What the calibration bench counts is what it says it counts."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from bench import _calibration_peers, _hearsay, _town, calibration
from bench._calibration_error import ece
from farbank.verify.credence.weigh import credence


def test_calibration_error_is_the_gap_between_what_is_said_and_what_is_so() -> None:
    said = np.array([0.85, 0.85, 0.15, 0.15])
    assert ece(said, np.array([True, True, False, False])) == pytest.approx(0.15)
    assert ece(np.full(10, 0.95), np.arange(10) > 0) == pytest.approx(0.05)


def test_the_perfect_judge_confirms_the_surest_of_two_origins_until_one_in_a_hundred_would_be_wrong() -> None:
    perfect = np.array([0.999, 0.995, 0.97, 0.999, 0.5])
    nothing = np.zeros(5, dtype=bool)
    judged = calibration.Judged(nothing, perfect, np.zeros(5), nothing, perfect, np.array([2, 2, 2, 1, 2]), ())
    assert calibration._could(judged).tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("draw", [_hearsay.desk, _town.desk])
def test_a_desk_is_drawn_by_its_seed_alone_and_heard_somebody_in_support(draw: object) -> None:
    for seed in range(20):
        desk, truth = draw(Random(seed))  # type: ignore[operator]
        assert draw(Random(seed))[0] == desk  # type: ignore[operator]
        assert any(chain.bearing == "supports" for chain in desk.chains)
        assert {chain.id for chain in truth.chains} == {chain.id for chain in desk.chains}
        found = credence(desk.claim, desk.chains, as_of=calibration.DAY, coincidences=desk.coincidences)
        assert found is None or 0 < found.mid < 1


def test_peers_give_each_claim_a_probability_and_rise_with_support() -> None:
    desks = [_hearsay.desk(Random(seed))[0] for seed in range(60)]
    shares = _calibration_peers.vote(desks)
    for score in (_calibration_peers.truth_finder, _calibration_peers.investment, _calibration_peers.reports_counted):
        scores = score(desks)
        assert ((scores >= 0) & (scores <= 1)).all()
        assert np.corrcoef(scores, shares)[0, 1] > 0.5
