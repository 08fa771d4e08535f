"""Many descriptions at once: every node counted as if alone, and no choice on the front beaten by another."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from invented import AXES, grown

from farbank.model.people import Audience, Facts
from farbank.model.releases import Release, Released
from farbank.model.sizes import Size
from farbank.protect import lattice
from farbank.protect.front import Asked, front
from farbank.protect.past import Past, fold
from farbank.protect.population import Population
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.sight import where

DAY = date(2023, 7, 19)
NODES = {axis.id: sorted({up for leaf in axis.leaves for up in axis.upwards(leaf)}) for axis in AXES}
FACTS = st.fixed_dictionaries({}, optional={axis: st.sampled_from(nodes) for axis, nodes in NODES.items()})
CUBES = hnp.arrays(np.int64, (3, 3, 2), elements=st.integers(0, 5000))


@st.composite
def questions(draw: st.DrawFn, person: str = "x") -> Question:
    population = grown(draw(CUBES))
    sizes = sorted(draw(st.lists(st.integers(1, 9000), min_size=3, max_size=3)))
    audience = Audience(id="a0", name={}, group=draw(FACTS), size=Size(*sizes), sure=draw(FACTS))
    heard = draw(st.sampled_from([(), (Heard(audience),), (Heard(audience, told=True),)]))
    before = Release(edition="s", published=DAY, people=(Released(token="t", facts=(draw(FACTS),)),))
    past = draw(st.sampled_from([Past(), fold(population, "t", [before])]))
    reader = Reader(population=population, on=DAY, threshold=100)
    return Question(person, reader, (draw(FACTS),), draw(st.sampled_from([(), ("radio",)])), heard, past)


@given(questions(), FACTS)
@settings(max_examples=80, deadline=None)
def test_every_node_of_the_lattice_is_counted_as_if_it_were_asked_alone(question: Question, facts: Facts) -> None:
    if not facts:
        return
    found = lattice.counts(question.population, question.sight, facts)
    axes = [axis for axis in question.population.axes if axis in facts]
    ways = lattice.ways(question.population, {axis: facts[axis] for axis in axes})
    for index, nodes in zip(np.ndindex(found.shape), itertools.product(*ways.values()), strict=True):
        said = dict(zip(axes, nodes, strict=True))
        alone = where(question.population, question.saying(said)).sum()
        assert found[index] == pytest.approx(alone, rel=1e-5, abs=1e-3)


@given(questions(), FACTS)
@settings(max_examples=40, deadline=None)
def test_nothing_on_the_front_is_beaten_in_both(question: Question, finest: Facts) -> None:
    found = front([Asked(question, finest)])
    for one, other in itertools.combinations(found, 2):
        assert one.loss <= other.loss and one.low < other.low


def test_saying_nothing_is_always_one_of_the_ways_and_the_least_lossy_comes_first(fitted: Population) -> None:
    reader = Reader(population=fitted, on=DAY, threshold=1000)
    north = {"place": "kp:KP02"}
    block = {"place": "kp:KP02", "organisation": "org:party", "sex": "sex:male"}
    story = [Asked(Question("a", reader, (north,)), block), Asked(Question("b", reader, (north,), ("phone",)), north)]
    found = front(story)
    assert [choice.loss for choice in found] == sorted(choice.loss for choice in found)
    assert all(set(choice.said) == {"a", "b"} for choice in found)
    assert found[0].said["a"] == block


def test_one_grain_of_place_holds_for_everybody(fitted: Population) -> None:
    reader = Reader(population=fitted, on=DAY, threshold=1000)
    north = {"place": "kp:KP02"}
    story = [Asked(Question(p, reader, (north,), ("phone",)), north) for p in ("a", "b")]
    for choice in front(story):
        (shared,) = choice.shared
        for said in choice.said.values():
            assert said.get("place", "kp") in fitted.axes["place"].upwards(shared)


def test_two_provinces_are_said_at_one_grain(fitted: Population) -> None:
    reader = Reader(population=fitted, on=DAY, threshold=1000)
    told = {"a": "kp:KP02", "b": "kp:KP06/county"}
    story = [Asked(Question(p, reader, ({"place": at},)), {"place": at, "sex": "sex:male"}) for p, at in told.items()]
    depth = {node: len(fitted.axes["place"].upwards(node)) for node in fitted.axes["place"].parents} | {"kp": 1}
    for choice in front(story):
        finest = max(depth[node] for node in choice.shared)
        assert all(depth[said.get("place", "kp")] <= finest for said in choice.said.values())
        assert len(choice.shared) == (1 if finest == 1 else 2)


def test_the_least_lossy_node_is_no_lossier_than_any_other_safe_one(fitted: Population) -> None:
    facts = {"place": "kp:KP02", "organisation": "org:party", "sex": "sex:male"}
    order = list(lattice.by_loss(fitted, facts))
    losses = [lattice.loss(fitted, node, tuple(facts)) for node in order]
    assert losses == sorted(losses)
    assert order[0] == facts and order[-1] == {}
