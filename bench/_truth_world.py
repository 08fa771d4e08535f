"""An invented world of sources, some of which copy, in which the truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from farbank.verify.discovery import Item, Told

SOURCES = 200
COPIERS = 80
HEARD = 10
"""Sources for each item."""
WRONG = 8
"""Wrong values of each item, the first of them told most."""


@dataclass(frozen=True)
class World:
    """What was told, the truth by item, and the pairs of a copier and its original, or of those with one original."""

    told: list[Told]
    truth: dict[Item, str]
    copies: frozenset[frozenset[str]]
    kin: frozenset[frozenset[str]]


def invent(claims: int, seed: int) -> World:
    """So many claims; a copier takes nine in ten of its answers from one of the less reliable sources."""
    rng = np.random.default_rng(seed)
    items, own = claims // HEARD, SOURCES - COPIERS
    right = rng.beta(4, 2, SOURCES)
    poorest = np.argsort(right[:own])[:10]
    original = np.r_[np.arange(own), rng.choice(poorest, COPIERS)]
    asked = np.argsort(rng.random((items, SOURCES)), axis=1)[:, :HEARD]
    wrong = 1 + np.minimum(rng.geometric(0.3, (items, SOURCES)) - 1, WRONG - 1)
    answer = np.where(rng.random((items, SOURCES)) < right, 0, wrong)
    copied = rng.random((items, SOURCES)) < 0.9
    answer = np.where(copied, answer[:, original], answer)
    told = [Told(f"s{source}", Item(f"i{item}"), f"v{answer[item, source]}") for item, source in _pairs(asked)]
    copies = frozenset(frozenset((f"s{at}", f"s{original[at]}")) for at in range(own, SOURCES))
    kin = {frozenset((f"s{a}", f"s{b}")) for a, b in combinations(range(SOURCES), 2) if original[a] == original[b]}
    return World(told, {Item(f"i{item}"): "v0" for item in range(items)}, copies, frozenset(kin))


def _pairs(asked: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Iterator[tuple[int, int]]:
    for item, sources in enumerate(asked.tolist()):
        for source in sources:
            yield item, source
