"""How many people fit: the plain count, and a thousand counts of what the truth may be."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from farbank.country.census import PLACE
from farbank.country.places import NOISE
from farbank.model.people import Facts
from farbank.protect.population import Cube, Floats, Population

REPLICATES = 1000
"""Counts drawn for one interval; the 5 % quantile then rests on fifty of them."""

LOW, HIGH = 0.05, 0.95
"""The shares of replicates that lie below the low and the high end."""

_Number = TypeVar("_Number", bound=np.generic)

Weights = dict[str, Floats]
"""Per axis that is narrowed, the share of each leaf's people that fits (0, 1 or a satellite's between)."""

Leaves = slice | NDArray[np.intp]
"""Some leaves of one axis."""


@dataclass(frozen=True, eq=False)
class Factor:
    """A share of people that is no product of axes (“cadres, and a fiftieth of everybody else”).

    `shares` has one dimension per axis of `axes`, which stand in the population's order; `drawn` are those whose
    figures it rests on.
    """

    axes: tuple[str, ...]
    shares: Floats
    drawn: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Left:
    """The people left once axes are narrowed: one dimension per axis of `leaves`, in the population's order.

    `leaves` are the leaves left of each, `drawn` the axes whose figures are redrawn: all that are narrowed, by a factor
    too.
    """

    population: Population
    people: Floats
    leaves: dict[str, Leaves]
    drawn: tuple[str, ...]

    def along(self, axis: str) -> Floats:
        """How many of them stand on each leaf of an axis, in the order of the axis."""
        here = np.zeros(len(self.population.axes[axis].leaves))
        here[self.leaves[axis]] = self._over((axis,))
        return here

    def replicates(self, seed: int) -> Floats:
        """A thousand counts, each with every figure redrawn by how well it is known.

        The same seed redraws the same figures whatever is asked, so that a narrower question never counts more people.
        """
        people = self._over(self.drawn)
        if not self.drawn or not people.size:
            return np.full(REPLICATES, float(people.sum()))
        return redrawn(self.population, people, {axis: self.leaves[axis] for axis in self.drawn}, seed)

    def each(self, axis: str, seed: int) -> Floats:
        """A thousand counts for each leaf left of an axis, every figure but that axis's own redrawn."""
        kept = [other for other in self.leaves if other == axis or other in self.drawn]
        people = np.moveaxis(self._over(kept), kept.index(axis), 0)
        kept.remove(axis)
        others = _together([draws(self.population, other, seed)[self.leaves[other]] for other in kept])
        return np.asarray(people.reshape(len(people), len(others)) @ others)

    def _over(self, axes: Container[str]) -> Floats:
        return np.asarray(self.people.sum(axis=tuple(d for d, axis in enumerate(self.leaves) if axis not in axes)))


def narrowed(population: Population, facts: Iterable[Facts], satellites: Iterable[str] = ()) -> Weights:
    """What facts and satellites leave of each axis; axes they say nothing about are absent.

    Raises UnknownFact for an axis or node the population has not, KeyError for a satellite it has not.
    """
    weights: Weights = {}
    for some in facts:
        for axis, node in some.items():
            share = population.share(axis, node)
            if share is not None:
                weights[axis] = weights[axis] * share if axis in weights else share
    for id in satellites:
        axis, share = population.satellites[id]
        weights[axis] = weights[axis] * share if axis in weights else share
    return weights


def left(population: Population, weights: Weights, keep: Container[str] = (), factor: Factor | None = None) -> Left:
    """The people left, summed over every axis neither narrowed nor kept; narrowed axes hold only the leaves left."""
    extra = factor.axes if factor is not None else ()
    kept = [axis for axis in population.axes if axis in weights or axis in keep or axis in extra]
    leaves = {axis: standing(weights[axis]) if axis in weights else slice(None) for axis in kept}
    people = np.asarray(taken(population.over(kept), leaves.values()), np.float64)
    for axis in kept:
        if axis in weights and ((share := weights[axis][leaves[axis]]) != 1).any():
            people = people * aligned(share, (axis,), kept)
    if factor is not None:
        shares = taken(factor.shares, (leaves[axis] for axis in factor.axes))
        people = people * aligned(shares, factor.axes, kept)
    drawn = factor.drawn if factor is not None else ()
    return Left(population, people, leaves, tuple(axis for axis in leaves if axis in weights or axis in drawn))


def aligned(figures: NDArray[_Number], axes: Sequence[str], every: Sequence[str]) -> NDArray[_Number]:
    """The figures with a dimension for every axis, of one where they do not differ along it; order is kept."""
    size = dict(zip(axes, figures.shape, strict=True))
    return figures.reshape([size.get(axis, 1) for axis in every])


def standing(share: Floats) -> Leaves:
    """The leaves of which any share is left; as a range where they stand side by side."""
    some = share.nonzero()[0]
    if some.size and some[-1] - some[0] + 1 != some.size:
        return some
    return slice(some[0], some[-1] + 1) if some.size else slice(0, 0)


def taken(figures: Floats | Cube, leaves: Iterable[Leaves]) -> Floats | Cube:
    """The figures of those leaves only, one entry of `leaves` per dimension; ranges cost no copy."""
    every = tuple(leaves)
    figures = figures[tuple(some if isinstance(some, slice) else slice(None) for some in every)]
    for dimension, some in enumerate(every):
        if not isinstance(some, slice):
            figures = figures.take(some, axis=dimension)
    return figures


def count(population: Population, weights: Weights, factor: Factor | None = None) -> float:
    """How many people fit, as the figures stand."""
    return float(left(population, weights, factor=factor).people.sum())


def per_leaf(population: Population, weights: Weights, axis: str = PLACE, factor: Factor | None = None) -> Floats:
    """How many of them stand on each leaf of an axis, in the order of the axis."""
    return left(population, weights, (axis,), factor).along(axis)


def redrawn(population: Population, people: Floats, leaves: Mapping[str, Leaves], seed: int) -> Floats:
    """A thousand sums of a table, whose dimensions are the `leaves` of axes in order, every figure redrawn.

    The axes are cut into two halves of about as many combinations: one matrix product then reads each cell once, and
    what lies between is a thousand times the smaller half instead of a thousand times all but one axis.
    """
    factors = [draws(population, axis, seed)[some] for axis, some in leaves.items()]
    sizes = [people.size // (half := prod(people.shape[:cut])) + half for cut in range(len(factors))]
    cut = sizes.index(min(sizes))
    outer, inner = _together(factors[:cut]), _together(factors[cut:])
    cells = people.reshape(len(outer), len(inner))
    if len(outer) > len(inner):
        return np.asarray(np.einsum("nr,nr->r", cells.T @ outer, inner))
    return np.asarray(np.einsum("nr,nr->r", cells @ inner, outer))


@lru_cache(maxsize=16)
def draws(population: Population, axis: str, seed: int) -> Floats:
    """Log-normal factors of mean one for every leaf of an axis, (leaves, replicates), not to be changed."""
    noise = population.noise[axis]
    generator = np.random.default_rng([seed, *axis.encode()])
    drawn = np.exp(generator.standard_normal((len(noise), REPLICATES)) * noise[:, None] - noise[:, None] ** 2 / 2)
    drawn.flags.writeable = False
    return drawn


def shared_draws(names: Iterable[str], bases: Mapping[str, str], seed: int) -> Floats:
    """One factor per replicate for satellites: if the reach is misjudged it is misjudged everywhere; never above one.

    A share cannot grow beyond what it is by being unsure, so these factors only ever lower a count.
    """
    factor = np.ones(REPLICATES)
    for name in sorted(set(names)):
        noise = NOISE[bases[name]]  # type: ignore[index]
        factor = factor * np.minimum(1.0, np.exp(_chance(seed, 1, *name.encode()) * noise - noise**2 / 2))
    return factor


def poisson(counts: Floats, seed: int) -> Floats:
    """Counts with the chance of who lives where, drawn so that a smaller count never becomes the larger one.

    The square root of a Poisson count is close to normal with standard deviation one half (Anscombe 1948).
    """
    return np.square(np.maximum(0.0, np.sqrt(np.maximum(0.0, counts)) + _chance(seed, 2) / 2))


def quantiles(counts: Floats, shares: Sequence[float]) -> list[Floats]:
    """Per share the count below which so many of the replicates, the last dimension, lie; in proportion between two."""
    exact = [share * (REPLICATES - 1) for share in shares]
    parted = np.partition(counts, [place for at in exact for place in (int(at), int(at) + 1)], axis=-1)
    return [parted[..., int(at)] + (parted[..., int(at) + 1] - parted[..., int(at)]) * (at % 1) for at in exact]


@lru_cache(maxsize=64)
def _chance(*seed: int) -> Floats:
    """One normal draw per replicate, not to be changed."""
    drawn = np.random.default_rng(seed).standard_normal(REPLICATES)
    drawn.flags.writeable = False
    return drawn


def _together(factors: Sequence[Floats]) -> Floats:
    """The factors of every combination of leaves, (combinations, replicates)."""
    if not factors:
        return np.ones((1, REPLICATES))
    every, *others = factors
    for drawn in others:
        every = (every[:, None] * drawn).reshape(-1, REPLICATES)
    return every
