"""Which text holds which unit how often, and how well a claim's units fit each text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farbank.watch.rank.units import Bag, Units

Scores = NDArray[np.float64]
"""A score a text, in the order of the texts."""

K1, B = 1.2, 0.75


class Fit(NamedTuple):
    """How well a claim's units fit each text.

    `bm25` counts a unit of the claim once (Robertson and Walker 1994, as Lucene writes it); `cosine` is between TF-IDF
    vectors, up to a factor of the claim; `covered` is the share of the text's own weight that the claim has.
    """

    bm25: Scores
    cosine: Scores
    covered: Scores


class Postings:
    """The units of some texts, ready to be asked for those of a claim."""

    def __init__(self, found: Bag, texts: int) -> None:
        units, owners = found
        key, count = np.unique(units * texts + owners, return_counts=True)
        self._texts, self._owner = texts, key % max(texts, 1)
        self.units, self._start, self.held = np.unique(key // max(texts, 1), return_index=True, return_counts=True)
        self._rarity = np.log1p((texts - self.held + 0.5) / (self.held + 0.5))
        rarity = np.repeat(self._rarity, self.held)
        length = np.bincount(owners, minlength=texts)
        norm = K1 * (1 - B + B * length / max(length.mean(), 1.0)) if texts else np.zeros(0)
        tfidf = (1 + np.log(count)) * rarity
        size = np.sqrt(np.bincount(self._owner, tfidf**2, texts))
        self._bm25 = rarity * count / (count + norm[self._owner])
        self._tfidf = tfidf / size[self._owner]
        self._share = rarity / np.bincount(self._owner, rarity, texts)[self._owner]

    def fit(self, units: Units) -> Fit:
        """How well `units` fit each text."""
        asked, count = np.unique(units, return_counts=True)
        _, here, there = np.intersect1d(self.units, asked, assume_unique=True, return_indices=True)
        held = self.held[here]
        at = np.repeat(self._start[here] - np.cumsum(held) + held, held) + np.arange(held.sum())
        owner, weight = self._owner[at], np.repeat((1 + np.log(count[there])) * self._rarity[here], held)
        return Fit(
            self._sums(owner, self._bm25[at]),
            self._sums(owner, self._tfidf[at] * weight),
            self._sums(owner, self._share[at]),
        )

    def like(self, weights: Scores) -> Scores:
        """How like each text is to the mean of the texts, each with its weight."""
        term = np.repeat(np.arange(len(self.units)), self.held)
        mean = np.bincount(term, self._tfidf * weights[self._owner], len(self.units))
        return self._sums(self._owner, self._tfidf * mean[term])

    def _sums(self, owners: Units, parts: Scores) -> Scores:
        return np.bincount(owners, parts, self._texts).astype(np.float64)
