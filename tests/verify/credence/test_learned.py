"""What a desk's own outcomes do to its credence: they turn no two claims round, and confirm nothing."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.verify.credence.learned import Outcome, learn, moved
from farbank.verify.credence.scales import OUTCOMES, confirmed
from tests.verify.credence.test_credence import TOLERANCE, believed, told

sure = st.floats(0.001, 0.999)
enough = st.lists(st.builds(Outcome, sure, st.booleans()), min_size=OUTCOMES, max_size=120)
mouths = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True)
few = settings(max_examples=40, deadline=None)


def came_out(said: float, share: float, number: int = 100) -> list[Outcome]:
    return [Outcome(said, each < share * number) for each in range(number)]


@given(st.lists(st.builds(Outcome, sure, st.booleans()), max_size=OUTCOMES - 1), sure)
def test_too_few_outcomes_teach_nothing(outcomes: list[Outcome], credence: float) -> None:
    assert learn(outcomes) is None
    assert moved(None, credence) == credence


@few
@given(enough, st.lists(sure, min_size=2, max_size=20))
def test_what_was_surer_is_never_less_sure_after(outcomes: list[Outcome], credences: list[float]) -> None:
    learned = learn(outcomes)
    after = [moved(learned, each) for each in sorted(credences)]
    assert all(low <= high for low, high in pairwise(after))
    assert all(0.001 <= each <= 0.999 for each in after)


@few
@given(enough, st.randoms(use_true_random=False), sure)
def test_the_order_of_outcomes_changes_nothing(outcomes: list[Outcome], random: Random, credence: float) -> None:
    before = moved(learn(outcomes), credence)
    random.shuffle(outcomes)
    assert moved(learn(outcomes), credence) == before


@few
@given(enough, st.integers(0, 49), sure)
def test_one_more_that_held_never_lowers_what_the_model_gave_it(
    outcomes: list[Outcome], which: int, credence: float
) -> None:
    failed = [*outcomes[:which], outcomes[which]._replace(held=False), *outcomes[which + 1 :]]
    held = [*outcomes[:which], outcomes[which]._replace(held=True), *outcomes[which + 1 :]]
    at = outcomes[which].credence
    assert moved(learn(held), at) >= moved(learn(failed), at) - TOLERANCE


def test_a_desk_that_was_too_sure_becomes_less_so_and_one_that_was_right_stays() -> None:
    assert moved(learn(came_out(0.9, 0.6)), 0.9) == pytest.approx(0.6, abs=0.05)
    assert moved(learn(came_out(0.9, 0.9)), 0.9) == pytest.approx(0.9, abs=0.01)
    assert moved(learn(came_out(0.9, 0.6)), 0.1) == pytest.approx(0.1, abs=0.03)


@pytest.mark.parametrize("said", [0.001, 0.1, 0.5, 0.89, 0.999])
@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_however_far_off_a_desk_was_the_curve_goes_to_how_it_came_out(said: float, share: float) -> None:
    after = moved(learn(came_out(said, share, 400)), said)
    assert min(said, share) - 0.01 <= after <= max(said, share) + 0.01
    assert abs(after - share) < max(0.06, abs(said - share) / 2)


def test_outcomes_take_a_confirmation_away_and_never_make_one() -> None:
    assert confirmed(0.985, 2)
    assert not confirmed(0.94, 2, own=0.985)
    assert not confirmed(0.985, 2, own=0.94)
    assert not confirmed(0.999, 1)


@few
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True), min_size=1, max_size=4), enough
)
def test_an_independent_voice_in_support_lowers_nothing_learned(
    told_by: list[list[str]], outcomes: list[Outcome]
) -> None:
    learned = learn(outcomes)
    chains = [told(f"c{number}", *each) for number, each in enumerate(told_by)]
    before, after = believed(*chains, learned=learned), believed(*chains, told("z", "y", "z"), learned=learned)
    assert after.mid >= before.mid - TOLERANCE


@few
@given(enough)
def test_a_second_voice_from_one_mouth_adds_nothing_to_it_once_learned(outcomes: list[Outcome]) -> None:
    learned = learn(outcomes)
    transcript = believed(told("t", "alder"), learned=learned)
    twice = believed(told("a", "alder", "wren"), told("b", "alder", "tern"), learned=learned)
    assert twice.mid <= transcript.mid + TOLERANCE


def test_the_reasons_say_what_the_outcomes_did() -> None:
    seen = told("a", "alder")
    before = believed(seen)
    after = believed(seen, learned=learn(came_out(before.mid, 0.4)))
    assert after.mid < before.mid
    (reason,) = [one for one in after.influences if one.ground == "outcomes"]
    assert reason.factor == pytest.approx(after.mid / (1 - after.mid) / (before.mid / (1 - before.mid)))
    assert all(one.ground != "outcomes" for one in before.influences)
