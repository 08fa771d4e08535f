"""Many stories about one person, put side by side by a patient reader who knows the method."""

from __future__ import annotations

import pytest

from bench.attacks import THRESHOLD, alike, false_safe, hidden_among, invented, published, sampled
from farbank.country.pack import Pack
from farbank.protect.population import Population

STORIES = 8


@pytest.fixture(scope="module")
def population() -> Population:
    return invented(7)


@pytest.mark.parametrize("number", range(3))
def test_the_ledger_keeps_enough_people_behind_all_stories_together(
    population: Population, kp: Pack, number: int
) -> None:
    victim = sampled(population, 3, 11)[number]
    told = published(population, victim, STORIES, kp.phrases["en"], ledger=True)
    assert len(told.releases) > STORIES / 2, "refusing everything would be no answer"
    assert hidden_among(population, told) >= THRESHOLD
    assert alike(population, told) >= THRESHOLD, "not even for a reader who runs the method for everybody"


def test_without_it_stories_that_were_each_safe_give_somebody_away(population: Population, kp: Pack) -> None:
    left = []
    for victim in sampled(population, 6, 11):
        told = published(population, victim, STORIES, kp.phrases["en"], ledger=False)
        left.append(hidden_among(population, told))
    assert min(left) < THRESHOLD, "the attack has no teeth"


def test_what_the_gate_calls_safe_is_safe_in_truths_it_was_not_fitted_to() -> None:
    rates = false_safe(range(2))
    assert rates["gate"] <= 0.01 < rates["plain"]
