"""Every way to say somebody's facts more vaguely, counted at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import prod

import numpy as np

from farbank.model.people import Facts
from farbank.protect import counting
from farbank.protect.counting import Factor, aligned
from farbank.protect.nodecube import NodeCube, Rows, nodecube
from farbank.protect.population import Floats, Population
from farbank.protect.sight import Sight

ROUNDING = 1e-6
"""By how large a share of all people a count of the lattice may lie beside the plain count."""


def ways(population: Population, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Per axis of `facts` its nodes from the one given outwards, the root last."""
    return {axis: population.axes[axis].upwards(node) for axis, node in facts.items()}


def counts(population: Population, sight: Sight, facts: Facts) -> Floats:
    """How many people fit each combination of levels over `facts`, as the figures stand.

    One dimension per axis of `facts`, in the population's order, one entry per level from the node given to the root.
    Of two nodes the finer is left, so what is known already is looked up like the rest; only where a share differs from
    leaf to leaf (a satellite, what earlier editions gave away) are that axis's leaves read one by one. Raises
    UnknownFact, KeyError for a satellite the population has not.
    """
    factor = sight.share(1)
    soft = {population.satellites[id][0] for id in sight.satellites} | {*(factor.axes if factor else ())}
    parts = list(sight.parts())
    spoken = {axis for _, groups in parts for some in (*groups, facts) for axis in _known(population, some)}
    cube = nodecube(population, spoken | soft)
    levels = _levels(population, cube, facts)
    under = {axis: _under(population, cube, sight, axis, levels[axis]) for axis in cube.axes if axis in soft}
    order = [*(axis for axis in cube.axes if axis not in soft), *under]
    found = np.zeros([len(levels[axis]) for axis in order])
    for chosen, groups in parts:
        here = cube.meet(groups)
        if here is not None:
            found += _part(cube, here, levels, under, factor) * prod(part.mid for part in chosen)
    first = [axis for axis in population.axes if axis in facts]
    others = [axis for axis in order if axis not in facts]
    return found.transpose(list(map(order.index, first + others))).reshape([len(levels[axis]) for axis in first])


def loss(population: Population, facts: Facts, axes: tuple[str, ...]) -> float:
    """How much is left unsaid: the mean over `axes` of the share of all people that fit what is said on each."""
    unsaid = [_people(population, axis, facts[axis]) if axis in facts else 1.0 for axis in axes]
    return sum(unsaid) / len(unsaid) if unsaid else 0.0


def losses(population: Population, facts: Facts) -> Floats:
    """How much each combination of levels over `facts` leaves unsaid, shaped as `counts` is."""
    levels = ways(population, facts)
    return np.asarray(_losses(population, {axis: levels[axis] for axis in population.axes if axis in facts})[0])


def by_loss(population: Population, facts: Facts, sight: Sight | None = None, least: float = 0.0) -> Iterator[Facts]:
    """Every node of the lattice over `facts`, least lossy first; ties go to the earlier axis said more finely.

    With a sight, only nodes that it leaves at least `least` people, as the figures stand, or so few less that it cannot
    be told.
    """
    levels = ways(population, facts)
    unsaid = _losses(population, levels)
    order = np.argsort(unsaid, axis=None, kind="stable")
    if sight is not None:
        people = counts(population, sight, facts)
        where = [axis for axis in population.axes if axis in facts]
        people = people.transpose([where.index(axis) for axis in levels])
        order = order[people.ravel()[order] >= least - ROUNDING * population.persons]
    for _, *chosen in np.transpose(np.unravel_index(order, unsaid.shape)).tolist():
        yield said(levels, chosen)


def said(ways: Mapping[str, Sequence[str]], levels: Iterable[int]) -> Facts:
    """What is said at one level per axis; nothing where that is the root."""
    chosen = zip(ways.items(), levels, strict=True)
    return {axis: way[level] for (axis, way), level in chosen if level < len(way) - 1}


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


def _levels(population: Population, cube: NodeCube, facts: Facts) -> dict[str, Rows]:
    """Per axis of the cube the rows from the node given outwards; the root alone where none is given."""
    known = ways(population, facts)
    return {
        axis: np.array([nodes.rows[node] for node in known[axis]] if axis in known else [nodes.root])
        for axis, nodes in cube.nodes.items()
    }


def _under(population: Population, cube: NodeCube, sight: Sight, axis: str, levels: Rows) -> Floats:
    """The share of each leaf's people that fit each level and the satellites, (levels, leaves)."""
    under = cube.nodes[axis].leaves[levels].astype(float)
    for on, share in (population.satellites[id] for id in sight.satellites):
        if on == axis:
            under *= share
    return under


def _part(
    cube: NodeCube,
    here: Mapping[str, int],
    levels: Mapping[str, Rows],
    under: Mapping[str, Floats],
    factor: Factor | None,
) -> Floats:
    """The counts for one choice of parts, whose facts leave the rows `here`; the axes of `under` come last."""
    rows = {
        axis: nodes.leaves[here[axis]].nonzero()[0] if axis in under else nodes.both[here[axis], levels[axis]]
        for axis, nodes in cube.nodes.items()
    }
    hard = [axis for axis in cube.axes if axis not in under]
    people = cube.taken(rows).transpose(list(map(cube.axes.index, [*under, *hard])))
    if factor is not None:
        soft = [axis for axis in under if axis in factor.axes]
        shares = factor.shares.transpose(list(map(factor.axes.index, soft)))[np.ix_(*(rows[axis] for axis in soft))]
        people = people * aligned(shares, soft, [*under, *hard])
    for axis, share in under.items():  # the first axis is summed up to its levels, and goes to the end
        leaves = people.reshape(len(rows[axis]), -1)
        people = leaves.T @ share[:, rows[axis]].T
    return people.reshape([len(levels[axis]) for axis in (*hard, *under)])


@lru_cache(maxsize=1024)
def _people(population: Population, axis: str, node: str) -> float:
    return counting.count(population, counting.narrowed(population, ({axis: node},))) / (population.persons or 1.0)
