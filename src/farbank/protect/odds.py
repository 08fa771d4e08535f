"""What becomes of a count if place and post go together less than modelled: the figures give each alone, not both."""

from __future__ import annotations

from math import sqrt

from farbank.country.census import PLACE
from farbank.protect.population import Population
from farbank.protect.sight import Sight, where

RATIOS = (2.0, 4.0)
"""Odds ratios a count is shown under; four is what separates a trade from its rarest neighbour in most censuses."""

POSTS = ("organisation", "occupation")
"""Axes whose going together with a place is a guess."""


def odds(population: Population, sight: Sight, low: float) -> dict[str, float]:
    """k_low where place × organisation or place × occupation go together less by an odds ratio of 2 or 4.

    Keys are like `place×organisation/4`; empty where the sight says nothing of both. Margins stay as they are, the
    association alone changes (Plackett 1965); the share of those left is that of the people themselves, whoever knew.
    """
    said = {axis for some in sight.facts for axis, node in some.items() if not population.mask(axis, node).all()}
    people = Sight(sight.facts)
    found: dict[str, float] = {}
    for post in POSTS:
        if PLACE not in said or post not in said:
            continue
        both, place, here, whole = (
            float(where(population, fewer).sum())
            for fewer in (
                people,
                people.without(post),
                people.without(PLACE),
                people.without(PLACE).without(post),
            )
        )
        for ratio in RATIOS:
            left = loosened(both, place, here, whole, ratio)
            found[f"{PLACE}×{post}/{ratio:g}"] = low * left / both if both > 0 else 0.0
    return found


def loosened(both: float, one: float, other: float, whole: float, ratio: float) -> float:
    """The people in both of two sets if their odds ratio were smaller by `ratio`, each set staying as large."""
    apart = (one - both) * (other - both)
    if both <= 0 or apart <= 0:
        return max(0.0, both)  # one set holds the other: nobody can leave it
    psi = both * (whole - one - other + both) / apart / ratio
    if abs(psi - 1) < 1e-9:
        return one * other / whole
    s = whole + (one + other) * (psi - 1)
    return (s - sqrt(max(0.0, s * s - 4 * psi * (psi - 1) * one * other))) / (2 * (psi - 1))
