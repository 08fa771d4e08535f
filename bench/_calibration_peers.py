"""How others would judge the same reports: by counting them, by vote, and by two published truth discoveries.

TruthFinder (Yin, Han and Yu, 2008) and Investment (Pasternack and Roth, 2010), written from the papers. All see who
told the desk and what, over all claims together, and know nothing of who told whom; a partner is one source in all
desks that have a partner of the same record. Each gives, per claim, how likely it holds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench._desks import Desk

Scores = NDArray[np.float64]


def reports_counted(desks: Sequence[Desk], right: float = 0.8) -> Scores:
    """Every report an independent witness who is right with probability `right`."""
    margins = np.array([sum(1 if chain.bearing == "supports" else -1 for chain in desk.chains) for desk in desks])
    return np.asarray(1 / (1 + (1 / right - 1) ** margins))


def vote(desks: Sequence[Desk]) -> Scores:
    """The share of reports that support it."""
    return np.array([np.mean([chain.bearing == "supports" for chain in desk.chains]) for desk in desks])


def truth_finder(desks: Sequence[Desk], *, rounds: int = 20, damping: float = 0.3, rho: float = 0.5) -> Scores:
    """TruthFinder: trust is the mean confidence of what a source says, confidence the sum of what trust implies."""
    sources, claims, holds, of = _table(desks)
    trust = np.full(of, 0.9)
    confidence: Scores = np.zeros((len(desks), 2))
    for _ in range(rounds):
        tau = -np.log(1 - np.minimum(trust, 1 - 1e-9))
        sums = np.zeros((len(desks), 2))
        np.add.at(sums, (claims, holds), tau[sources])
        confidence = 1 / (1 + np.exp(-damping * (sums - rho * sums[:, ::-1])))
        said = confidence[claims, holds]
        trust = np.bincount(sources, said, of) / np.maximum(np.bincount(sources, minlength=of), 1)
    return np.asarray(confidence[:, 1] / confidence.sum(axis=1))


def investment(desks: Sequence[Desk], *, rounds: int = 20, growth: float = 1.2) -> Scores:
    """Investment: sources invest their trust evenly in what they say and earn from what it grows to."""
    sources, claims, holds, of = _table(desks)
    said: Scores = np.maximum(np.bincount(sources, minlength=of), 1.0)
    trust: Scores = np.ones(of)
    belief = np.zeros((len(desks), 2))
    for _ in range(rounds):
        put = trust[sources] / said[sources]
        pot = np.zeros((len(desks), 2))
        np.add.at(pot, (claims, holds), put)
        belief = pot**growth
        trust = np.asarray(np.bincount(sources, belief[claims, holds] * put / pot[claims, holds], of), dtype=float)
        trust *= of / trust.sum()
    return np.asarray(belief[:, 1] / belief.sum(axis=1))


def _table(desks: Sequence[Desk]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:
    """Per report its source, claim and whether it supports it, and how many sources there are."""
    rows = []
    numbers: dict[tuple[int, int], int] = {}
    for number, desk in enumerate(desks):
        for chain in desk.chains:
            record = desk.records.get(chain.hops[-1].who.removeprefix("person:"))
            source = numbers.setdefault((record.right, record.wrong) if record else (-1, -1), len(numbers))
            rows.append((source, number, int(chain.bearing == "supports")))
    table = np.array(rows)
    return table[:, 0], table[:, 1], table[:, 2], len(numbers)
