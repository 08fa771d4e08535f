"""Every way to say somebody's facts more vaguely, counted at once."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from math import prod

import numpy as np

from farbank.model.people import Facts
from farbank.protect import counting
from farbank.protect.nodecube import NodeCube, nodecube
from farbank.protect.population import Floats, Population
from farbank.protect.sight import Sight

ROUNDING = 1e-5
"""By how large a share a count of the lattice may lie beside the plain count."""


def ways(population: Population, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Per axis of `facts` its nodes from the one given outwards, the root last."""
    return {axis: population.axes[axis].upwards(node) for axis, node in facts.items()}


def counts(population: Population, sight: Sight, facts: Facts) -> Floats:
    """How many people fit each combination of levels over `facts`, as the figures stand, right to one in a million.

    One dimension per axis of `facts`, in the population's order, one entry per level from the node given to the root.
    Of two nodes the finer is left, so what is known already is looked up like the rest; only where a share differs from
    leaf to leaf (a satellite, what earlier editions gave away) are that axis's leaves read one by one. Raises
    UnknownFact, KeyError for a satellite the population has not.
    """
    factor = sight.share(1)
    soft = {population.satellites[id][0] for id in sight.satellites} | {*(factor.axes if factor else ())}
    parts = list(sight.parts())
    said = {axis for _, groups in parts for some in (*groups, facts) for axis in _known(population, some)}
    cube = nodecube(population, said | soft)
    total = np.zeros([len(known.upwards(facts[axis])) for axis, known in population.axes.items() if axis in facts])
    for chosen, groups in parts:
        here = cube.meet(groups)
        if here is not None:
            total += _part(population, sight, cube, here, facts, soft) * prod(part.mid for part in chosen)
    return total


def loss(population: Population, facts: Facts, axes: tuple[str, ...]) -> float:
    """How much is left unsaid: the mean over `axes` of the share of all people that fit what is said on each."""
    said = [_people(population, axis, facts[axis]) if axis in facts else 1.0 for axis in axes]
    return sum(said) / len(said) if said else 0.0


def losses(population: Population, facts: Facts) -> Floats:
    """How much each combination of levels over `facts` leaves unsaid, shaped as `counts` is."""
    levels = ways(population, facts)
    return np.asarray(_losses(population, {axis: levels[axis] for axis in population.axes if axis in facts})[0])


def by_loss(population: Population, facts: Facts, sight: Sight | None = None, least: float = 0.0) -> Iterator[Facts]:
    """Every node of the lattice over `facts`, least lossy first; ties go to the earlier axis said more finely.

    With a sight, only nodes that it leaves at least `least` people, as the figures stand.
    """
    levels = ways(population, facts)
    unsaid = _losses(population, levels)
    order = np.argsort(unsaid, axis=None, kind="stable")
    if sight is not None:
        people = counts(population, sight, facts)
        where = [axis for axis in population.axes if axis in facts]
        people = people.transpose([where.index(axis) for axis in levels])
        order = order[people.ravel()[order] >= least * (1 - ROUNDING)]
    for _, *chosen in np.transpose(np.unravel_index(order, unsaid.shape)).tolist():
        said = zip(levels.items(), chosen, strict=True)
        yield {axis: way[level] for (axis, way), level in said if level < len(way) - 1}


def _losses(population: Population, levels: Mapping[str, Sequence[str]]) -> Floats:
    """One dimension of one, and then one per axis."""
    total = np.zeros(1)
    for axis, way in levels.items():
        total = np.add.outer(total, [*(_people(population, axis, node) for node in way[:-1]), 1.0])
    return total / max(1, len(levels))


def _known(population: Population, facts: Facts) -> Facts:
    """Raises UnknownFact."""
    for axis, node in facts.items():
        population.mask(axis, node)
    return facts


def _part(
    population: Population, sight: Sight, cube: NodeCube, here: Mapping[str, int], facts: Facts, soft: Container[str]
) -> Floats:
    """The counts for one choice of parts, whose facts leave the rows `here`."""
    levels = {
        axis: np.array([cube.nodes[axis].rows[node] for node in way]) for axis, way in ways(population, facts).items()
    }
    rows = {
        axis: np.flatnonzero(nodes.leaves[here[axis]])
        if axis in soft
        else nodes.both[here[axis], levels.get(axis, [nodes.root])]
        for axis, nodes in cube.nodes.items()
    }
    people = cube.taken(rows)
    if (factor := sight.share(1)) is not None:
        order = [axis for axis in cube.axes if axis in factor.axes]
        shares = factor.shares.transpose([factor.axes.index(axis) for axis in order])
        shares = shares[np.ix_(*(rows[axis] for axis in order))]
        people = people * shares.reshape([len(rows[axis]) if axis in order else 1 for axis in cube.axes])
    for dimension, axis in reversed(list(enumerate(cube.axes))):
        if axis in soft:
            nodes = cube.nodes[axis]
            under = nodes.leaves[levels.get(axis, [nodes.root])].astype(float)
            for on, share in (population.satellites[id] for id in sight.satellites):
                under = under * share if on == axis else under
            people = np.moveaxis(np.tensordot(under[:, rows[axis]], people, (1, dimension)), 0, dimension)
    first = [axis for axis in population.axes if axis in facts]
    order = [*first, *(axis for axis in cube.axes if axis not in facts)]
    return people.transpose([cube.axes.index(axis) for axis in order]).reshape([len(levels[axis]) for axis in first])


@lru_cache(maxsize=65536)
def _people(population: Population, axis: str, node: str) -> float:
    return counting.count(population, counting.narrowed(population, ({axis: node},))) / (population.persons or 1.0)
