"""The number of people everything published fits, as an interval, and in how many places they live."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from farbank.country.census import PLACE
from farbank.model.people import Facts
from farbank.model.sizes import Size
from farbank.protect import counting
from farbank.protect.knowing import Part
from farbank.protect.population import Floats, Population

Knowers = tuple[Part, ...]
"""One audience (see `knowing.knowers`)."""


@dataclass(frozen=True)
class Tally:
    """How many people fit, in how many places they effectively live, and whether modelled figures carry it."""

    size: Size
    places: float
    modelled: bool


def tally(
    population: Population,
    facts: Sequence[Facts],
    satellites: Sequence[str] = (),
    audiences: Sequence[Knowers] = (),
    seed: int = 0,
) -> Tally:
    """Count everyone who fits. The low end takes every audience at its smallest, the high end at its largest.

    Raises UnknownFact, KeyError for a satellite the population has not.
    """
    bases = {satellite.id: satellite.basis for satellite in population.data.satellites}
    low, high = np.zeros(counting.REPLICATES), np.zeros(counting.REPLICATES)
    modelled = any(bases[id] == "modelled" for id in satellites)
    for parts, groups in _together(facts, audiences):
        weights = counting.narrowed(population, groups, satellites)
        drawn = counting.replicates(population, weights, seed)
        low += drawn * np.prod([part.low for part in parts], axis=0)
        high += drawn * np.prod([part.high for part in parts], axis=0)
        modelled = modelled or any(population.modelled(axis, share > 0) for axis, share in weights.items())
    here = where(population, facts, satellites, audiences)
    mid = float(here.sum())
    if mid <= 0:
        return Tally(Size(0, 0, 0), 0.0, modelled)
    factor = counting.shared_draws(satellites, bases, seed)
    least, most = _quantile(low * factor, 0.05, seed), _quantile(high * factor, 0.95, seed)
    guessed = any(part.mid < 1 for parts in audiences for part in parts)  # a size of an audience is the desk's guess
    size = Size(min(least, mid), mid, max(most, mid))
    return Tally(size, spread(here), modelled or guessed)


def where(
    population: Population, facts: Sequence[Facts], satellites: Sequence[str] = (), audiences: Iterable[Knowers] = ()
) -> Floats:
    """How many people fit in each place leaf, as the figures stand."""
    here = np.zeros(len(population.axes[PLACE].leaves))
    for parts, groups in _together(facts, audiences):
        people = counting.per_place(population, counting.narrowed(population, groups, satellites))
        here += people * math.prod(part.mid for part in parts)
    return here


def spread(here: Floats) -> float:
    """In how many places people effectively live: one over the chance that two of them share a place."""
    return float(here.sum() ** 2 / np.square(here).sum()) if here.any() else 0.0


def _together(
    facts: Sequence[Facts], audiences: Iterable[Knowers]
) -> Iterator[tuple[tuple[Part, ...], tuple[Facts, ...]]]:
    """Every choice of one part per audience, with all the facts that then hold."""
    for parts in itertools.product(*audiences):
        yield parts, (*facts, *(group for part in parts for group in part.groups))


def _quantile(counts: Floats, share: float, seed: int) -> float:
    return float(np.quantile(counting.poisson(counts, seed), share))
