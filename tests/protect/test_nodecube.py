"""Looking a count up, counting many at once, and going on from a sum made before: each equals the plain count."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from invented import AXES, grown
from msgspec.structs import replace

from farbank.model.people import Audience, Facts
from farbank.model.releases import Release, Released
from farbank.model.sizes import Size
from farbank.protect import counting, lattice
from farbank.protect.nodecube import nodecube
from farbank.protect.past import fold
from farbank.protect.population import Population
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.sight import Sight, where
from farbank.protect.tally import branches, tally

DAY = date(2023, 7, 19)
NODES = {axis.id: sorted({up for leaf in axis.leaves for up in axis.upwards(leaf)}) for axis in AXES}
FACTS = st.fixed_dictionaries({}, optional={axis: st.sampled_from(nodes) for axis, nodes in NODES.items()})
CUBES = hnp.arrays(np.int64, (3, 3, 2), elements=st.integers(0, 5000))


@st.composite
def audiences(draw: st.DrawFn) -> Audience:
    low, mid, high = sorted(draw(st.lists(st.integers(1, 20_000), min_size=3, max_size=3)))
    size = draw(st.sampled_from([None, Size(low, mid, high)]))
    return Audience(id="a0", name={}, group=draw(FACTS), size=size, sure=draw(FACTS))


@st.composite
def releases(draw: st.DrawFn) -> list[Release]:
    told = []
    for number in range(draw(st.integers(0, 4))):
        heard = tuple(draw(st.lists(audiences(), max_size=1)))
        one = Released(
            token="t",
            facts=(draw(FACTS),),
            described=draw(FACTS),
            alike=tuple(draw(st.lists(FACTS, max_size=3))),
            satellites=draw(st.sampled_from([(), ("radio",)])),
            audiences=heard,
            told=draw(st.sampled_from([(), tuple(each.id for each in heard)])),
        )
        told.append(Release(edition=f"s-{number}", published=DAY, people=(one,)))
    return told


@st.composite
def questions(draw: st.DrawFn) -> Question:
    population = grown(draw(CUBES))
    heard = tuple(Heard(each, draw(st.booleans())) for each in draw(st.lists(audiences(), max_size=2)))
    satellites = draw(st.sampled_from([(), ("radio",)]))
    reader = Reader(population=population, on=DAY, threshold=100)
    past = fold(population, "t", draw(releases()))
    return Question("x", reader, tuple(draw(st.lists(FACTS, max_size=2))), satellites, heard, past)


def plain(population: Population, *facts: Facts) -> float:
    return counting.count(population, counting.narrowed(population, facts))


@given(CUBES, st.lists(FACTS, min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_a_count_looked_up_is_the_plain_count(cube: np.ndarray, asked: list[Facts]) -> None:
    """However few axes were asked about first: the cube of nodes grows as it goes."""
    population = grown(cube)
    for facts in asked:
        assert nodecube(population, facts).count(facts) == pytest.approx(plain(population, facts), rel=1e-6)
    assert nodecube(population, asked[0]) is nodecube(population, asked[-1])


def test_a_place_invented_inside_a_leaf_is_looked_up_as_that_leaf() -> None:
    population = grown(np.arange(18).reshape(3, 3, 2))
    place = replace(AXES[0], parents=AXES[0].parents | {"c:A1-town": "c:A1"})
    population = Population(replace(population.data, axes=(place, *AXES[1:])), population.cube, "")
    town, sex = {"place": "c:A1-town"}, {"sex": "sex:f"}
    assert nodecube(population, ("place", "sex")).count(town | sex) == plain(population, town, sex) == 0 + 2 + 4
    assert lattice.counts(population, Sight((town,)), {"place": "c:A1"}).tolist() == [15, 15, 15]


@given(questions(), FACTS)
@settings(max_examples=120, deadline=None)
def test_a_whole_lattice_is_every_one_of_its_counts(question: Question, facts: Facts) -> None:
    """Beside facts, satellites, audiences, and everything said, known and passed over in earlier editions."""
    population, sight = question.population, question.sight
    found = lattice.counts(population, sight, facts)
    ways = [population.axes[axis].upwards(facts[axis]) for axis in population.axes if axis in facts]
    axes = [axis for axis in population.axes if axis in facts]
    whole = where(population, Sight(sight.facts)).sum()
    for nodes, people in zip(itertools.product(*ways), found.ravel(), strict=True):
        alone = Sight((*sight.facts, dict(zip(axes, nodes, strict=True))), sight.satellites, sight.knowers, None)
        alone = Sight(alone.facts, alone.satellites, alone.knowers, None, sight.shares)
        assert people == pytest.approx(where(population, alone).sum(), rel=1e-5, abs=1e-6 * whole + 1e-9)


@given(questions(), FACTS, st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_nodes_that_leave_too_few_are_left_out_and_the_order_stays(
    question: Question, facts: Facts, least: int
) -> None:
    population, sight = question.population, question.sight
    every = list(lattice.by_loss(population, facts))
    enough = list(lattice.by_loss(population, facts, sight, least))
    left = iter(every)
    assert all(node in left for node in enough), "a part of the same order"
    for node in every:
        people = where(
            population, Sight((*sight.facts, node), sight.satellites, sight.knowers, None, sight.shares)
        ).sum()
        if people >= least:
            assert node in enough
        if people < least * 0.99 - 0.1:
            assert node not in enough


@given(CUBES, FACTS, st.sampled_from(AXES), st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_branches_are_counted_as_if_each_were_asked_alone(cube: np.ndarray, facts: Facts, axis, seed: int) -> None:
    population = grown(cube)
    here = facts.get(axis.id, axis.root)
    nodes = [node for node in NODES[axis.id] if here in axis.upwards(node)]
    for node, size in zip(nodes, branches(population, facts, axis.id, nodes, seed), strict=True):
        alone = tally(population, Sight((facts | {axis.id: node},)), seed).size
        assert (size.low, size.mid, size.high) == pytest.approx((alone.low, alone.mid, alone.high), rel=1e-9, abs=1e-9)


@given(CUBES, FACTS)
@settings(max_examples=60, deadline=None)
def test_redrawing_half_and_half_is_redrawing_one_axis_after_the_other(cube: np.ndarray, facts: Facts) -> None:
    population = grown(cube)
    left = counting.left(population, counting.narrowed(population, (facts,)))
    people = np.repeat(left.people[..., None], counting.REPLICATES, axis=-1)
    for axis in left.drawn:
        drawn = counting.draws(population, axis, 3)[left.leaves[axis]]
        people = (people * drawn.reshape(len(drawn), *[1] * (people.ndim - 2), -1)).sum(axis=0)
    assert np.allclose(left.replicates(3), people)


@given(CUBES, st.sets(st.sampled_from([axis.id for axis in AXES])))
@settings(max_examples=30, deadline=None)
def test_a_sum_kept_is_the_sum_and_nobody_can_change_it(cube: np.ndarray, kept: set[str]) -> None:
    population = grown(cube)
    others = tuple(d for d, axis in enumerate(AXES) if axis.id not in kept)
    assert np.array_equal(population.over(kept), cube.sum(axis=others))
    assert population.over(kept) is population.over(kept)
    if len(kept) < len(AXES):
        with pytest.raises(ValueError, match="read-only"):
            population.over(kept)[...] = 0


@given(CUBES, releases())
@settings(max_examples=60, deadline=None)
def test_one_release_after_the_other_folds_to_the_same_past_as_all_at_once(
    cube: np.ndarray, told: list[Release]
) -> None:
    population = grown(cube)
    whole, past = fold(population, "t", told), fold(population, "t", ())
    for release in told:
        past = fold(population, "t", [release], past)
    for name in ("releases", "nodes", "described", "satellites", "heard", "alike", "at_most", "link"):
        assert getattr(past, name) == getattr(whole, name)
    assert (past.shares is None) == (whole.shares is None)
    for one, other in zip(past.shares or (), whole.shares or (), strict=True):
        assert one.axes == other.axes and np.allclose(one.shares, other.shares)


def test_quantiles_are_those_of_numpy() -> None:
    counts = np.random.default_rng(1).normal(size=(3, counting.REPLICATES))
    found = counting.quantiles(counts, (0.05, 0.5, 0.95))
    assert np.allclose(found, np.quantile(counts, (0.05, 0.5, 0.95), axis=-1))
