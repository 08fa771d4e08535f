"""Who could have known what was said: an audience as groups of people and the share of each that had heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from farbank.model.people import Audience, Facts
from farbank.protect import counting
from farbank.protect.population import Floats, Population


@dataclass(frozen=True)
class Part:
    """People who fit all the `groups`, and the share of them to count on top of the other parts of the audience.

    `mid` is the share as the figures stand; `low` and `high` are shares per replicate, with the audience at its
    smallest and at its largest.
    """

    groups: tuple[Facts, ...]
    low: Floats
    mid: float
    high: Floats


def knowers(population: Population, audience: Audience, seed: int) -> tuple[Part, ...]:
    """The audience in at most two parts: the whole group at the share of most, and those who surely heard on top.

    Raises UnknownFact.
    """
    everyone = np.ones(counting.REPLICATES)
    size = audience.size
    if size is None:
        return (Part((audience.group,), everyone, 1.0, everyone),)
    both = (audience.group, audience.sure)
    many, many_drawn = _counted(population, (audience.group,), seed)
    few, few_drawn = _counted(population, both, seed) if audience.sure else (np.array(0.0), np.zeros_like(everyone))
    around = Part(
        (audience.group,),
        _rest(size.low, few_drawn, many_drawn),
        float(_rest(size.mid, few, many)),
        _rest(size.high, few_drawn, many_drawn),
    )
    if not audience.sure:
        return (around,)
    low, mid, high = _share(size.low, few_drawn), _share(size.mid, few), _share(size.high, few_drawn)
    return (around, Part(both, low - around.low, float(mid) - around.mid, high - around.high))


def _counted(population: Population, groups: tuple[Facts, ...], seed: int) -> tuple[Floats, Floats]:
    """How many people fit the groups: the plain count, and one per replicate."""
    weights = counting.narrowed(population, groups)
    return np.array(counting.count(population, weights)), counting.replicates(population, weights, seed)


def _share(size: float, people: Floats) -> Floats:
    return np.minimum(1.0, size / np.maximum(people, 1e-9))


def _rest(size: float, few: Floats, many: Floats) -> Floats:
    """The share of the rest of the group that had heard, once those who surely heard are counted."""
    return np.where(many > few, np.clip((size - few) / np.maximum(many - few, 1e-9), 0.0, 1.0), 0.0)
