"""Uncertain ties summed: the same as trying every state, and never more apart where the work is bounded."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.verify.origins.frontier import CERTAIN, NOBODY, Leaning, Tally, Tie, closed, summed
from farbank.verify.origins.sets import Sets

NODES = 5
nodes = st.integers(0, NODES - 1)
kinds = st.lists(st.integers(NOBODY, CERTAIN), min_size=NODES, max_size=NODES)
plain = st.builds(Tie, nodes, nodes, st.sampled_from([0.1, 0.5, 0.9]), st.none())


def unless_held(kind: int) -> Callable[[frozenset[int]], int]:
    return lambda holding: NOBODY if holding else kind


def told(ties: list[Tie], kinds: list[int], leaning: list[int]) -> tuple[list[int | Leaning], list[Tie]]:
    """Some of the ties as bits, each of which takes away what is counted at one of its nodes if it holds."""
    labels: list[int | Leaning] = list(kinds)
    given_ties = [tie._replace(bit=number) if number in leaning else tie for number, tie in enumerate(ties)]
    for node, kind in enumerate(kinds):
        bits = tuple(tie.bit for tie in given_ties if tie.bit is not None and tie.b == node)
        if bits:
            labels[node] = Leaning(bits, unless_held(kind))
    return labels, given_ties


def tried(labels: list[int | Leaning], ties: list[Tie]) -> Tally:
    """The tally by trying every state."""
    total = np.zeros(NODES + 2)
    for states in product((True, False), repeat=len(ties)):
        sides = list(zip(ties, states, strict=True))
        chance = prod(tie.probability if holds else 1 - tie.probability for tie, holds in sides)
        held = [tie for tie, holds in sides if holds]
        one: Sets[int] = Sets()
        for tie in held:
            one.join((tie.a, tie.b))
        holding = frozenset(tie.bit for tie in held if tie.bit is not None)
        best: dict[int, int] = {}
        for node, label in enumerate(labels):
            kind = label.label(holding & set(label.bits)) if isinstance(label, Leaning) else label
            best[one.of(node)] = max(kind, best.get(one.of(node), NOBODY))
        tally = np.ones(1)
        for kind in best.values():
            tally = closed(tally, kind, 0.5)
        total[: len(tally)] += chance * tally
    return total


def at_most(tally: Tally, number: int) -> float:
    return float(tally[: number + 1].sum())


@given(kinds, st.lists(plain, max_size=7), st.lists(st.integers(0, 6), max_size=3))
@settings(max_examples=100)
def test_it_is_the_same_as_trying_every_state(kinds: list[int], ties: list[Tie], leaning: list[int]) -> None:
    labels, given_ties = told(ties, kinds, leaning)
    found, moved = summed(labels, given_ties, anybody=0.5, width=10_000)
    assert moved == 0
    expected = tried(labels, given_ties)
    assert [*found, *[0.0] * (len(expected) - len(found))] == pytest.approx(list(expected), abs=1e-12)


@given(kinds, st.lists(plain, min_size=5, max_size=12), st.lists(st.integers(0, 11), max_size=4), st.integers(1, 6))
@settings(max_examples=100)
def test_bounded_work_gives_no_more_apart_and_is_off_by_no_more_than_it_says(
    kinds: list[int], ties: list[Tie], leaning: list[int], width: int
) -> None:
    labels, given_ties = told(ties, kinds, leaning)
    exact, none = summed(labels, given_ties, anybody=0.5, width=10_000)
    rough, moved = summed(labels, given_ties, anybody=0.5, width=width)
    assert none == 0
    assert rough.sum() == pytest.approx(1)
    for number in range(NODES + 2):
        assert -1e-12 <= at_most(rough, number) - at_most(exact, number) <= moved + 1e-12
