"""How many people fit: the plain count, and a thousand counts of what the truth may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from farbank.country.census import PLACE
from farbank.country.places import NOISE
from farbank.model.people import Facts
from farbank.protect.population import Floats, Population

REPLICATES = 1000
"""Counts drawn for one interval; the 5 % quantile then rests on fifty of them."""

Weights = dict[str, Floats]
"""Per axis that is narrowed, the share of each leaf's people that fits (0, 1 or a satellite's between)."""


@dataclass(frozen=True, eq=False)
class Factor:
    """A share of people that is no product of axes (“cadres, and a fiftieth of everybody else”).

    `shares` has one dimension per axis of `axes`, which stand in the population's order.
    """

    axes: tuple[str, ...]
    shares: Floats


def narrowed(population: Population, facts: Iterable[Facts], satellites: Iterable[str] = ()) -> Weights:
    """What facts and satellites leave of each axis; axes they say nothing about are absent.

    Raises UnknownFact for an axis or node the population has not, KeyError for a satellite it has not.
    """
    weights: Weights = {}
    for axis, node in (pair for some in facts for pair in some.items()):
        mask = population.mask(axis, node)
        if not mask.all():
            weights[axis] = weights.get(axis, 1.0) * mask.astype(float)
    known = {satellite.id: satellite for satellite in population.data.satellites}
    for satellite in (known[id] for id in satellites):
        leaves = population.axes[satellite.axis].leaves
        share = np.array([satellite.weights.get(leaf, 0.0) for leaf in leaves])
        weights[satellite.axis] = weights.get(satellite.axis, 1.0) * share
    return weights


def table(population: Population, weights: Weights, keep: Iterable[str] = (), factor: Factor | None = None) -> Floats:
    """The people left, summed over every axis neither narrowed nor kept; narrowed axes hold only the leaves left."""
    asked = {*weights, *keep}
    kept = asked | {*(factor.axes if factor else ())}
    some = {
        axis: np.flatnonzero(weights[axis]) if axis in weights else np.arange(size)
        for axis, size in zip(population.axes, population.cube.shape, strict=True)
    }
    people = population.cube[np.ix_(*some.values())] if weights else population.cube
    people = people.sum(axis=tuple(d for d, axis in enumerate(some) if axis not in kept), dtype=np.float64)
    left = [axis for axis in some if axis in kept]
    for dimension, axis in enumerate(left):
        if axis in weights:
            people = people * weights[axis][some[axis]].reshape(_along(dimension, people.ndim))
    if factor is not None:
        shares = factor.shares[np.ix_(*(some[axis] for axis in factor.axes))]
        people = people * shares.reshape([len(some[axis]) if axis in factor.axes else 1 for axis in left])
        people = people.sum(axis=tuple(d for d, axis in enumerate(left) if axis not in asked))
    return np.asarray(people)


def count(population: Population, weights: Weights, factor: Factor | None = None) -> float:
    """How many people fit, as the figures stand."""
    return float(table(population, weights, factor=factor).sum())


def per_leaf(population: Population, weights: Weights, axis: str = PLACE, factor: Factor | None = None) -> Floats:
    """How many of them stand on each leaf of an axis, in the order of the axis."""
    people = table(population, weights, keep=(axis,), factor=factor)
    kept = [other for other in population.axes if other in weights or other == axis]
    left = people.sum(axis=tuple(d for d, other in enumerate(kept) if other != axis))
    if axis not in weights:
        return np.asarray(left)
    here = np.zeros(len(weights[axis]))
    here[np.flatnonzero(weights[axis])] = left
    return here


def replicates(population: Population, weights: Weights, seed: int, factor: Factor | None = None) -> Floats:
    """A thousand counts, each with every figure redrawn by how well it is known.

    The same seed redraws the same figures whatever is asked, so that a narrower question never counts more people.
    """
    axes = [axis for axis in population.axes if axis in weights]
    people = table(population, weights, factor=factor)
    if not axes or not people.size:
        return np.full(REPLICATES, float(people.sum()))
    return redrawn(population, people, {axis: np.flatnonzero(weights[axis]) for axis in axes}, seed)


def redrawn(population: Population, people: Floats, leaves: Mapping[str, NDArray[np.intp]], seed: int) -> Floats:
    """A thousand sums of a table, whose dimensions are the `leaves` of axes in order, every figure redrawn."""
    first, *others = (draws(population, axis, seed)[some] for axis, some in leaves.items())
    counts = (people.reshape(len(first), -1).T @ first).reshape(*people.shape[1:], REPLICATES)
    for drawn in others:
        counts = np.einsum("n...r,nr->...r", counts, drawn)
    return np.asarray(counts)


@lru_cache(maxsize=16)
def draws(population: Population, axis: str, seed: int) -> Floats:
    """Log-normal factors of mean one for every leaf of an axis, (leaves, replicates)."""
    noise = population.noise[axis]
    generator = np.random.default_rng([seed, *axis.encode()])
    drawn = generator.standard_normal((len(noise), REPLICATES))
    return np.exp(drawn * noise[:, None] - noise[:, None] ** 2 / 2)


def shared_draws(names: Iterable[str], bases: Mapping[str, str], seed: int) -> Floats:
    """One factor per replicate for satellites: if the reach is misjudged it is misjudged everywhere; never above one.

    A share cannot grow beyond what it is by being unsure, so these factors only ever lower a count.
    """
    factor = np.ones(REPLICATES)
    for name in sorted(set(names)):
        noise = NOISE[bases[name]]  # type: ignore[index]
        drawn = np.random.default_rng([seed, 1, *name.encode()]).standard_normal(REPLICATES)
        factor *= np.minimum(1.0, np.exp(drawn * noise - noise**2 / 2))
    return factor


def poisson(counts: Floats, seed: int) -> Floats:
    """Counts with the chance of who lives where, drawn so that a smaller count never becomes the larger one.

    The square root of a Poisson count is close to normal with standard deviation one half (Anscombe 1948).
    """
    drawn = np.random.default_rng([seed, 2]).standard_normal(REPLICATES)
    return np.square(np.maximum(0.0, np.sqrt(counts) + drawn / 2))


def _along(dimension: int, dimensions: int) -> Sequence[int]:
    return [-1 if d == dimension else 1 for d in range(dimensions)]
