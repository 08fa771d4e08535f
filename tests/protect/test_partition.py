"""Blocks: everybody in exactly one, and nothing to be learned from which."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from invented import AXES, grown

from farbank import country
from farbank.country.pack import Pack
from farbank.model.people import Facts
from farbank.model.places import Place
from farbank.model.sizes import Size
from farbank.protect.errors import NobodyFits, UnknownFact
from farbank.protect.partition import block, blocks, children
from farbank.protect.population import Population, fit
from farbank.protect.sight import Sight, where
from farbank.protect.tally import tally

CUBES = hnp.arrays(np.int64, (3, 3, 2), elements=st.integers(0, 4000))
THRESHOLD = 100
LEAVES = [dict(zip((a.id for a in AXES), cell, strict=True)) for cell in product(*(a.leaves for a in AXES))]


def people(population: Population, facts: Facts) -> float:
    return float(where(population, Sight((facts,))).sum())


@given(CUBES)
@settings(max_examples=60, deadline=None)
def test_everybody_is_in_exactly_one_block_and_nobody_is_left_over(cube: np.ndarray) -> None:
    population = grown(cube)
    found = blocks(population, THRESHOLD)
    assert sum(people(population, some) for some in found) == pytest.approx(population.persons)
    for leaf in LEAVES:
        if people(population, leaf):
            assert sum(population_holds(population, some, leaf) for some in found) == 1


def population_holds(population: Population, facts: Facts, leaf: Facts) -> bool:
    return all(node in population.axes[axis].upwards(leaf[axis]) for axis, node in facts.items())


@given(CUBES)
@settings(max_examples=60, deadline=None)
def test_effective_anonymity_is_nominal_anonymity(cube: np.ndarray) -> None:
    """Who knows the method and sees a block can tell nobody in it from anybody else in it."""
    population = grown(cube)
    effective: Counter[tuple[tuple[str, str], ...]] = Counter()
    for leaf in LEAVES:
        if people(population, leaf):
            effective[tuple(sorted(block(leaf, population, THRESHOLD).items()))] += int(people(population, leaf))
    for found, alike in effective.items():
        assert alike == pytest.approx(people(population, dict(found)))
    assert set(effective) == {
        tuple(sorted(some.items())) for some in blocks(population, THRESHOLD) if population.persons
    }


@given(CUBES)
@settings(max_examples=60, deadline=None)
def test_a_block_that_was_split_off_is_large_enough(cube: np.ndarray) -> None:
    population = grown(cube)
    for found in blocks(population, THRESHOLD):
        if found:
            size = tally(population, Sight((found,))).size
            assert size.low >= THRESHOLD and size.mid >= 3 * THRESHOLD


@given(CUBES, st.sampled_from(LEAVES))
@settings(max_examples=60, deadline=None)
def test_a_vaguer_profile_never_gets_a_finer_block(cube: np.ndarray, leaf: Facts) -> None:
    population = grown(cube)
    if not people(population, leaf):
        return
    whole = block(leaf, population, THRESHOLD)
    for axis in leaf:
        vaguer = block({other: node for other, node in leaf.items() if other != axis}, population, THRESHOLD)
        assert axis not in vaguer
    assert all(node in population.axes[axis].upwards(leaf[axis]) for axis, node in whole.items())


def test_the_shipped_country_is_partitioned_whole(fitted: Population) -> None:
    found = blocks(fitted, 1000)
    assert len(found) > 100
    assert sum(people(fitted, some) for some in found) == pytest.approx(fitted.persons, rel=1e-6)
    generator = np.random.default_rng(7)
    cells = np.argwhere(fitted.cube > 0)
    for cell in cells[generator.integers(0, len(cells), 40)]:
        leaf = {axis.id: axis.leaves[i] for axis, i in zip(fitted.data.axes, cell, strict=True)}
        assert block(leaf, fitted, 1000) in found


def test_an_invented_city_leaves_no_trace_in_a_block(kp: Pack) -> None:
    town = Place(
        id="case:town", level=2, type="city", parent="kp:KP02", names={"en": "T"}, population=Size(9e4, 12e4, 15e4)
    )
    population = fit(country.overlay(kp, [town]).population)
    found = block({"place": "case:town", "organisation": "org:party-local"}, population, 1000)
    assert found == {"place": "kp:KP02", "organisation": "org:party"}
    assert block({"place": "kp:KP0216", "organisation": "org:party-primary"}, population, 1000) == found


def test_an_axis_is_split_no_more_often_than_the_order_says(fitted: Population) -> None:
    assert block({"place": "kp:KP0205"}, fitted, 1000) == {"place": "kp:KP02"}


def test_siblings_are_asked_before_anybody_is_told_apart() -> None:
    cube = np.full((3, 3, 2), 1000)
    cube[2] = 10  # one small place keeps everybody from being placed
    assert block({"place": "c:A1"}, grown(cube), THRESHOLD) == {}
    cube[2] = 0  # an empty one does not, for nobody lives there
    assert block({"place": "c:A1"}, grown(cube), THRESHOLD) == {"place": "c:A"}


@pytest.mark.parametrize(
    ("profile", "error"),
    [
        ({"place": "kp:KP99"}, UnknownFact),
        ({"height": "tall"}, UnknownFact),
        ({"age": "age:5-9", "organisation": "org:party"}, NobodyFits),
    ],
)
def test_a_profile_that_cannot_be_is_refused(fitted: Population, profile: Facts, error: type[Exception]) -> None:
    with pytest.raises(error):
        block(profile, fitted, 1000)


def test_children_stand_right_under_their_node(fitted: Population) -> None:
    assert children(fitted, "place", "kp:KP02") == ("kp:KP02/city", "kp:KP02/county")
    assert "kp:KP0201" in children(fitted, "place", "kp")
    assert children(fitted, "place", "kp:KP0205") == ()
