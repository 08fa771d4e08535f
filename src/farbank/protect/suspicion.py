"""Whom the state would look at first: the largest posterior, how evenly suspicion spreads, and who else would pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

import numpy as np

from farbank.model.exposure import Bystanders, Suspicion
from farbank.model.sizes import Size
from farbank.model.text import Slug
from farbank.protect import counting
from farbank.protect.population import Population
from farbank.protect.sight import Sight, where

CHANCE = 0.05
"""People expected to bear a suspicion below whom it is taken to fall on nobody who fits."""


def suspects(population: Population, sight: Sight, suspicions: Sequence[Suspicion], size: Size) -> float:
    """One over the largest posterior of anybody who fits, at the low end; never above `size.low`.

    Somebody whom every suspicion falls on is `Π odds` times likelier than one whom none does; together all who fit
    weigh at least `mid + Σ n share (odds − 1)`, n being those who fit a suspicion's group. A suspicion is passed over
    only where the chance that it falls on anybody who fits is below one in twenty.
    """
    if size.mid <= 0:
        return 0.0
    weight, odds = size.mid, 1.0
    for each in suspicions:
        among = float(where(population, replace(sight, facts=(*sight.facts, each.group))).sum()) * each.share
        if among >= CHANCE:
            weight += among * (each.odds - 1)
            odds *= each.odds
    return size.low * min(1.0, weight / odds / size.mid)


def effective_size(population: Population, sight: Sight) -> float:
    """The effective size (Σp)²/Σp²: how many equally likely people the unequal chances of all who fit amount to."""
    parts = [(groups, prod(part.mid for part in chosen)) for chosen, groups in sight.parts()]
    factor = sight.share(1)
    twice = None if factor is None else replace(factor, shares=np.square(factor.shares))
    chance = square = 0.0
    for groups, share in parts:
        chance += counting.count(population, counting.narrowed(population, groups, sight.satellites), factor) * share
        for others, other in parts:  # where two parts overlap their shares add up before they are squared
            weights = counting.narrowed(population, (*groups, *others), sight.satellites)
            squared = {axis: np.square(some) for axis, some in weights.items()}
            square += counting.count(population, squared, twice) * share * other
    return chance * chance / square if square > 0 else 0.0


def fitting(population: Population, sight: Sight, bystanders: Sequence[Bystanders]) -> tuple[Slug, ...]:
    """Those already held or suspected on whom the story could be pinned: somebody of their group fits all of it."""
    return tuple(
        each.id for each in bystanders if where(population, replace(sight, facts=(*sight.facts, each.group))).sum() > 0
    )
