"""Every way to say somebody's facts more vaguely, counted at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from farbank.model.people import Facts
from farbank.protect import counting
from farbank.protect.population import Floats, Population
from farbank.protect.sight import Sight


def ways(population: Population, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Per axis of `facts` its nodes from the one given outwards, the root last."""
    return {axis: population.axes[axis].upwards(node) for axis, node in facts.items()}


def counts(population: Population, sight: Sight, facts: Facts) -> Floats:
    """How many people fit each combination of levels over `facts`, as the figures stand.

    One dimension per axis of `facts`, in the population's order, one entry per level from the node given to the root.
    The leaves each level adds are summed first, so every cell is read once, however many levels there are.
    """
    order = [axis for axis in population.axes if axis in facts]
    levels = {axis: _levels(population, axis, facts[axis]) for axis in order}
    total = np.zeros([len(levels[axis]) for axis in order])
    for parts, groups in sight.parts():
        weights = counting.narrowed(population, groups, sight.satellites)
        people = counting.table(population, weights, order, sight.share(1))
        kept = [axis for axis in population.axes if axis in weights or axis in facts]
        for dimension in reversed(range(len(kept))):
            axis = kept[dimension]
            if axis not in facts:
                people = people.sum(axis=dimension)
                continue
            here = np.flatnonzero(weights[axis]) if axis in weights else slice(None)
            people = np.moveaxis(np.tensordot(levels[axis][:, here], people, axes=(1, dimension)), 0, dimension)
        total += people * np.prod([part.mid for part in parts])
    return total


def loss(population: Population, facts: Facts, axes: tuple[str, ...]) -> float:
    """How much is left unsaid: the mean over `axes` of the share of all people that fit what is said on each."""
    said = [_people(population, axis, facts[axis]) if axis in facts else 1.0 for axis in axes]
    return sum(said) / len(said) if said else 0.0


def by_loss(population: Population, facts: Facts) -> Iterator[Facts]:
    """Every node of the lattice over `facts`, least lossy first; ties go to the earlier axis said more finely."""
    axes = tuple(facts)
    nodes = [
        {axis: node for axis, node in zip(axes, chosen, strict=True) if node != population.axes[axis].root}
        for chosen in itertools.product(*ways(population, facts).values())
    ]
    yield from sorted(nodes, key=lambda node: loss(population, node, axes))


@lru_cache(maxsize=4096)
def _levels(population: Population, axis: str, node: str) -> Floats:
    """Which leaves lie under each node on the way outwards, (levels, leaves)."""
    return np.array([population.mask(axis, around) for around in population.axes[axis].upwards(node)], float)


@lru_cache(maxsize=65536)
def _people(population: Population, axis: str, node: str) -> float:
    return counting.count(population, counting.narrowed(population, ({axis: node},))) / population.persons
