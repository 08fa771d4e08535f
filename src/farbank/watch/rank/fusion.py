"""Several features made one score: by plain addition, or by weights learned from claims whose texts are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from farbank.watch.rank.features import NAMES

Floats = NDArray[np.float64]
Weights = Mapping[str, float]
"""What each feature counts for; one not named counts for nothing."""
Case = tuple[Floats, NDArray[np.bool_]]
"""Features of some texts for one claim, and which of the texts are about it."""

PLAIN: Weights = {"words": 1.0, "words-cosine": 1.0, "runs": 1.0, "runs-cosine": 1.0, "meaning": 1.0}
"""What is used unless somebody has learned better: five views of the whole text, counted alike, none of them tuned."""
RIDGE = 10.0
"""How strongly learned weights are held near nothing, per feature of unit variance."""
STEPS, CLOSE = 50, 1e-6


def fuse(features: Floats, weights: Weights) -> Floats:
    """One score a text."""
    return np.asarray(features @ np.array([weights.get(name, 0.0) for name in NAMES]))


def fit(cases: Sequence[Case], ridge: float = RIDGE) -> dict[str, float]:
    """Weights under which the right texts of each case come first as surely as possible.

    Maximises the likelihood that a right text is drawn when texts are drawn by the exponential of their score
    (ListNet: Cao et al. 2007, top one), by Newton's steps. A case without a right text teaches nothing; without any
    that does, the answer is `PLAIN`.
    """
    cases = [case for case in cases if case[1].any()]
    if not cases:
        return dict(PLAIN)
    stacked = np.concatenate([features for features, _ in cases])
    spread = stacked.std(axis=0)
    spread[spread == 0] = 1.0
    stacked /= spread
    sizes = np.array([len(features) for features, _ in cases])
    target = np.concatenate([right / right.sum() for _, right in cases]) @ stacked
    found = _climb(_Lists(stacked, sizes, target, ridge))
    return dict(zip(NAMES, (found / spread).tolist(), strict=True))


class _Lists:
    """The texts of all cases under each other, and what is to be made small."""

    def __init__(self, stacked: Floats, sizes: NDArray[np.int64], target: Floats, ridge: float) -> None:
        self.stacked, self.sizes, self.target, self.ridge = stacked, sizes, target, ridge
        self.starts = np.cumsum(sizes) - sizes

    def loss(self, weights: Floats) -> float:
        scores = self.stacked @ weights
        highest = np.maximum.reduceat(scores, self.starts)
        sums = np.add.reduceat(np.exp(scores - np.repeat(highest, self.sizes)), self.starts)
        return float((highest + np.log(sums)).sum() - self.target @ weights + self.ridge / 2 * weights @ weights)

    def step(self, weights: Floats) -> Floats:
        """Newton's step downhill."""
        scores = self.stacked @ weights
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes))
        shares /= np.repeat(np.add.reduceat(shares, self.starts), self.sizes)
        weighted = self.stacked * shares[:, None]
        means = np.add.reduceat(weighted, self.starts)
        slope = means.sum(axis=0) - self.target + self.ridge * weights
        bend = weighted.T @ self.stacked - means.T @ means + self.ridge * np.eye(len(weights))
        return np.asarray(np.linalg.solve(bend, slope))


def _climb(lists: _Lists) -> Floats:
    weights = np.zeros(lists.stacked.shape[1])
    loss = lists.loss(weights)
    for _ in range(STEPS):
        step = lists.step(weights)
        while (lower := lists.loss(weights - step)) > loss and np.abs(step).max() > CLOSE:
            step = step / 2
        if lower > loss or np.abs(step).max() <= CLOSE:
            break
        weights, loss = weights - step, lower
    return weights
