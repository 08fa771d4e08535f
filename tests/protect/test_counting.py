"""Counts against brute force, and the laws that intervals must keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from invented import AXES, grown

from farbank.model.people import Audience, Facts
from farbank.model.sizes import Size
from farbank.protect import counting
from farbank.protect.knowing import knowers
from farbank.protect.population import Population
from farbank.protect.sight import Sight, where
from farbank.protect.tally import tally

DAY = date(2023, 7, 19)
NODES = {axis.id: sorted({up for leaf in axis.leaves for up in axis.upwards(leaf)}) for axis in AXES}
FACTS = st.fixed_dictionaries({}, optional={axis: st.sampled_from(nodes) for axis, nodes in NODES.items()})
CUBES = hnp.arrays(np.int64, (3, 3, 2), elements=st.integers(0, 5000))
SATELLITES = st.sampled_from([(), ("radio",)])


@st.composite
def audiences(draw: st.DrawFn) -> tuple[Audience, ...]:
    low, mid, high = sorted(draw(st.lists(st.integers(1, 20_000), min_size=3, max_size=3)))
    size = draw(st.sampled_from([None, Size(low, mid, high)]))
    heard = Audience(id="heard", name={}, group=draw(FACTS), size=size, sure=draw(FACTS))
    return draw(st.sampled_from([(), (heard,)]))


def cells(population: Population) -> Iterator[tuple[tuple[str, ...], float]]:
    leaves = [axis.leaves for axis in population.data.axes]
    yield from zip(product(*leaves), map(float, population.cube.ravel()), strict=True)


def fits(cell: tuple[str, ...], facts: Facts) -> bool:
    return all(facts.get(axis.id, axis.root) in axis.upwards(leaf) for axis, leaf in zip(AXES, cell, strict=True))


def by_hand(
    population: Population, facts: list[Facts], satellites: tuple[str, ...], heard: tuple[Audience, ...]
) -> float:
    """Every cell looked at one by one."""
    reach = {"c:A1": 0.5, "c:A2": 0.25, "c:B1": 1.0}
    total = 0.0
    for cell, people in cells(population):
        if all(fits(cell, some) for some in facts):
            share = reach[cell[0]] if satellites else 1.0
            for audience in heard:
                share *= had_heard(population, audience, cell)
            total += people * share
    return total


def had_heard(population: Population, audience: Audience, cell: tuple[str, ...]) -> float:
    if not fits(cell, audience.group):
        return 0.0
    if audience.size is None:
        return 1.0
    group = [(other, n) for other, n in cells(population) if fits(other, audience.group)]
    sure = sum(n for other, n in group if audience.sure and fits(other, audience.sure))
    rest = sum(n for _, n in group) - sure
    if audience.sure and fits(cell, audience.sure):
        return min(1.0, audience.size.mid / sure) if sure else 1.0
    return min(1.0, max(0.0, audience.size.mid - sure) / rest) if rest else 0.0


@given(CUBES, st.lists(FACTS, max_size=3), SATELLITES, audiences())
@settings(max_examples=150, deadline=None)
def test_the_count_is_the_one_made_by_hand(
    cube: np.ndarray, facts: list[Facts], satellites: tuple[str, ...], heard: tuple[Audience, ...]
) -> None:
    population = grown(cube)
    parts = [knowers(population, audience, DAY, 0) for audience in heard]
    people = where(population, Sight(tuple(facts), satellites, tuple(parts))).sum()
    assert np.isclose(people, by_hand(population, facts, satellites, heard), rtol=1e-9, atol=1e-6)


@given(CUBES, st.lists(FACTS, max_size=2), FACTS, SATELLITES, audiences())
@settings(max_examples=150, deadline=None)
def test_saying_more_never_leaves_more_people(
    cube: np.ndarray, facts: list[Facts], more: Facts, satellites: tuple[str, ...], heard: tuple[Audience, ...]
) -> None:
    population = grown(cube)
    parts = [knowers(population, audience, DAY, 0) for audience in heard]
    before = tally(population, Sight(tuple(facts))).size
    for after in (
        tally(population, Sight((*facts, more))).size,
        tally(population, Sight(tuple(facts), satellites)).size,
        tally(population, Sight(tuple(facts), (), tuple(parts))).size,
        tally(population, Sight((*facts, more), satellites, tuple(parts))).size,
    ):
        assert after.mid <= before.mid * (1 + 1e-12)
        assert after.low <= before.low * (1 + 1e-9) + 1e-9


@given(CUBES, FACTS, SATELLITES, audiences(), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_the_same_seed_gives_the_same_interval_around_the_plain_count(
    cube: np.ndarray, facts: Facts, satellites: tuple[str, ...], heard: tuple[Audience, ...], seed: int
) -> None:
    population = grown(cube)
    parts = [knowers(population, audience, DAY, seed) for audience in heard]
    once, again = (tally(population, Sight((facts,), satellites, tuple(parts)), seed).size for _ in range(2))
    assert once == again
    assert once.low <= once.mid <= once.high
    assert once.mid == where(population, Sight((facts,), satellites, tuple(parts))).sum()


def test_another_seed_gives_another_interval_around_the_same_count(fitted: Population) -> None:
    facts = {"place": "kp:KP02", "organisation": "org:party"}
    one, other = (tally(fitted, Sight((facts,)), seed).size for seed in (1, 2))
    assert one.mid == other.mid
    assert one.low != other.low
    assert abs(one.low / other.low - 1) < 0.15


def test_modelled_figures_widen_the_interval_and_counted_ones_hardly(fitted: Population) -> None:
    modelled = tally(fitted, Sight(({"organisation": "org:party-local"},)))
    counted = tally(fitted, Sight(({"sex": "sex:female"},)))
    assert modelled.modelled and not counted.modelled
    assert modelled.size.low < 0.5 * modelled.size.mid
    assert counted.size.low > 0.8 * counted.size.mid


def test_those_who_surely_heard_count_in_full(fitted: Population) -> None:
    group, cadre = {"place": "kp:KP02"}, {"place": "kp:KP02", "organisation": "org:party"}
    size = Size(20_000, 60_000, 150_000)
    vague = Audience(id="told", name={}, group=group, size=size)
    sure = Audience(id="told", name={}, group=group, size=size, sure={"organisation": "org:party"})
    everyone = where(fitted, Sight((cadre,))).sum()
    assert where(fitted, Sight((cadre,), (), (knowers(fitted, sure, DAY, 0),))).sum() == everyone
    assert where(fitted, Sight((cadre,), (), (knowers(fitted, vague, DAY, 0),))).sum() < everyone / 20
    for audience in (vague, sure):
        assert abs(where(fitted, Sight((group,), (), (knowers(fitted, audience, DAY, 0),))).sum() - 60_000) < 1


def test_the_low_end_takes_an_audience_at_its_smallest_and_the_high_end_at_its_largest(fitted: Population) -> None:
    women = {"sex": "sex:female"}
    for sure in ({}, {"organisation": "org:none"}):
        heard = Audience(id="heard", name={}, group=women, size=Size(400, 10_000, 40_000), sure=sure)
        size = tally(fitted, Sight((women,), (), (knowers(fitted, heard, DAY, 0),))).size
        assert 330 < size.low < 400
        assert round(size.mid) == 10_000
        assert 40_000 < size.high < 41_000


def test_a_satellite_is_as_unsure_as_its_basis_says(fitted: Population) -> None:
    size = tally(fitted, Sight(({"place": "kp:KP06"},), ("phone",))).size
    assert size.low < 0.5 * size.mid
    drawn = counting.shared_draws(("phone",), {"phone": "modelled"}, 0)
    assert drawn.max() == 1.0 and 0.3 < np.quantile(drawn, 0.05) < 0.5


def test_redrawn_figures_neither_grow_nor_shrink_on_the_whole(fitted: Population) -> None:
    for axis in fitted.axes:
        drawn = counting.draws(fitted, axis, 0)
        assert np.allclose(drawn.mean(), 1.0, atol=0.02)
        assert np.allclose(np.log(drawn).std(axis=1), fitted.noise[axis], rtol=0.12)


def test_chance_widens_a_count_by_its_square_root_and_keeps_counts_in_order() -> None:
    few, many = (counting.poisson(np.full(counting.REPLICATES, n), 3) for n in (400.0, 401.0))
    assert (few < many).all()
    assert abs(np.quantile(few, 0.05) - (400 - 1.645 * 20)) < 5
    assert abs(np.quantile(few, 0.95) - (400 + 1.645 * 20)) < 5
    assert (counting.poisson(np.zeros(counting.REPLICATES), 3) >= 0).all()
