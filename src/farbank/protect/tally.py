"""The number of people everything published fits, as an interval, and in how many places they live."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from farbank.country.census import PLACE
from farbank.model.people import Facts
from farbank.model.sizes import Size, lowest
from farbank.protect import counting
from farbank.protect.counting import HIGH, LOW, Left, Weights
from farbank.protect.knowing import Part
from farbank.protect.population import Floats, Population
from farbank.protect.sight import Sight, capped


@dataclass(frozen=True)
class Tally:
    """How many people fit, in how many places they effectively live, and whether modelled figures carry it."""

    size: Size
    places: float
    modelled: bool


def tally(population: Population, sight: Sight, seed: int = 0) -> Tally:
    """Count everyone who fits. The low end takes every audience at its smallest, the high end at its largest.

    Raises UnknownFact, KeyError for a satellite the population has not.
    """
    counted = list(_counted(population, sight))
    here = np.zeros(len(population.axes[PLACE].leaves))
    for parts, _, left in counted:
        here += left[len(left) // 2].along(PLACE) * math.prod(part.mid for part in parts)
    here = capped(here, sight)
    mid = float(here.sum())
    if mid <= 0:
        return Tally(Size(0, 0, 0), 0.0, modelled=False)
    low, high = np.zeros(counting.REPLICATES), np.zeros(counting.REPLICATES)
    for parts, _, left in counted:
        drawn = [end.replicates(seed) for end in left[::2]]
        low += drawn[0] * np.prod([part.low for part in parts], axis=0)
        high += drawn[-1] * np.prod([part.high for part in parts], axis=0)
    bases = {satellite.id: satellite.basis for satellite in population.data.satellites}
    reach = counting.shared_draws(sight.satellites, bases, seed)
    least, most = (
        float(counting.quantiles(counting.poisson(counts * reach, seed), (share,))[0])
        for counts, share in ((low, LOW), (high, HIGH))
    )
    size = Size(min(least, mid), mid, max(most, mid))
    return Tally(
        size if sight.at_most is None else lowest(size, sight.at_most),
        spread(here),
        _modelled(population, sight, [weights for _, weights, _ in counted]),
    )


def _counted(population: Population, sight: Sight) -> Iterator[tuple[tuple[Part, ...], Weights, list[Left]]]:
    """For each choice of one part per audience who is left: once, or at the low end, in the middle and at the high."""
    ends = (0, 1, 2) if sight.shares else (1,)
    for parts, groups in sight.parts():
        weights = counting.narrowed(population, groups, sight.satellites)
        yield parts, weights, [counting.left(population, weights, (PLACE,), sight.share(end)) for end in ends]


def _modelled(population: Population, sight: Sight, weights: Iterable[Weights]) -> bool:
    bases = {satellite.id: satellite.basis for satellite in population.data.satellites}
    return (
        sight.shares is not None
        or any(bases[id] == "modelled" for id in sight.satellites)
        or any(part.mid < 1 for knowers in sight.knowers for part in knowers)
        or any(population.modelled(axis, share > 0) for some in weights for axis, share in some.items())
    )


def spread(here: Floats) -> float:
    """In how many places people effectively live: one over the chance that two of them share a place."""
    return float(here.sum() ** 2 / np.square(here).sum()) if here.any() else 0.0


def branches(population: Population, facts: Facts, axis: str, nodes: Sequence[str], seed: int = 0) -> tuple[Size, ...]:
    """How many people fit each of the nodes and `facts` as well, as `tally` counts them, all redrawn at once.

    Raises UnknownFact.
    """
    left = counting.left(population, counting.narrowed(population, (facts,)), (axis,))
    leaves = left.leaves[axis]
    under = np.array([population.mask(axis, node)[leaves] for node in nodes], float)
    drawn = left.each(axis, seed)
    counts = under @ (drawn * counting.draws(population, axis, seed)[leaves])
    for row, node in enumerate(nodes):
        if population.share(axis, node) is None:  # it says nothing of the axis, whose figures are then not redrawn
            counts[row] = under[row] @ drawn
    low, high = counting.quantiles(counting.poisson(counts, seed), (LOW, HIGH))
    mid = under @ left.along(axis)[leaves]
    high = np.where(mid > 0, np.maximum(mid, high), 0.0)
    return tuple(Size(*map(float, ends)) for ends in zip(np.minimum(low, mid), mid, high, strict=True))
