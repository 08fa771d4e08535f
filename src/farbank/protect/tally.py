"""The number of people everything published fits, as an interval, and in how many places they live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from farbank.model.sizes import Size
from farbank.protect import counting
from farbank.protect.population import Floats, Population
from farbank.protect.sight import Sight, where


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
    here = where(population, sight)
    mid = float(here.sum())
    if mid <= 0:
        return Tally(Size(0, 0, 0), 0.0, modelled=False)
    bases = {satellite.id: satellite.basis for satellite in population.data.satellites}
    low, high = np.zeros(counting.REPLICATES), np.zeros(counting.REPLICATES)
    modelled = any(bases[id] == "modelled" for id in sight.satellites)
    ends = (0, 2) if sight.shares else (1,)
    for parts, groups in sight.parts():
        weights = counting.narrowed(population, groups, sight.satellites)
        drawn = [counting.replicates(population, weights, seed, sight.share(end)) for end in ends]
        low += drawn[0] * np.prod([part.low for part in parts], axis=0)
        high += drawn[-1] * np.prod([part.high for part in parts], axis=0)
        modelled = modelled or any(population.modelled(axis, share > 0) for axis, share in weights.items())
    factor = counting.shared_draws(sight.satellites, bases, seed)
    least, most = _quantile(low * factor, 0.05, seed), _quantile(high * factor, 0.95, seed)
    guessed = sight.shares is not None or any(part.mid < 1 for parts in sight.knowers for part in parts)
    return Tally(_capped(Size(min(least, mid), mid, max(most, mid)), sight), spread(here), modelled or guessed)


def spread(here: Floats) -> float:
    """In how many places people effectively live: one over the chance that two of them share a place."""
    return float(here.sum() ** 2 / np.square(here).sum()) if here.any() else 0.0


def _capped(size: Size, sight: Sight) -> Size:
    """No more than stand on the shortest list the state holds."""
    if sight.at_most is None:
        return size
    low, mid, high = (min(a, b) for a, b in zip((size.low, size.mid, size.high), sight.at_most, strict=True))
    return Size(low, mid, high)


def _quantile(counts: Floats, share: float, seed: int) -> float:
    return float(np.quantile(counting.poisson(counts, seed), share))
