"""What each text has in common with a claim, in numbers between nothing and the best of the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from farbank.watch.rank.postings import Postings, Scores
from farbank.watch.rank.units import LONGEST, Bag, bag, pairs, runs, words

Embedder = Callable[[Sequence[str]], NDArray[np.floating]]
"""Texts to rows of length one, (texts, dimensions); texts that mean the same lie near each other."""
Text = tuple[str, str]
"""Title and body; either may be empty."""

NAMES = (
    "words", "words-cosine", "words-covered", "runs", "runs-cosine",
    "title-words", "title-runs", "body-words", "body-covered", "pairs", "feedback", "meaning",
)  # fmt: skip
"""The columns, in order. `covered` is the share of the text's weight the claim has, `runs` are of characters."""
COMMON = 10
"""A word in more than one text of so many, and in more than so many texts, is part of no pair."""
BELIEVED, TRUST = 5, 6.0
"""Texts that are taken for right when others like them are sought, and how fast the belief falls with the score."""


class Features:
    """Features of some texts in one language, prepared once for any number of claims."""

    def __init__(self, texts: Sequence[Text], language: str, embed: Embedder | None = None) -> None:
        self.language, self.embed, self.size = language, embed, len(texts)
        titles, bodies = [title[:LONGEST] for title, _ in texts], [body[:LONGEST] for _, body in texts]
        both = [f"{title}\n{body}" for title, body in zip(titles, bodies, strict=True)]
        joint = bag(both, words, language)
        self._words = self._postings(joint)
        self._runs = self._postings(bag(both, runs, language))
        self._title_words = self._postings(bag(titles, words, language))
        self._title_runs = self._postings(bag(titles, runs, language))
        self._body_words = self._postings(bag(bodies, words, language))
        self._common = self._words.units[(self._words.held * COMMON > self.size) & (self._words.held > COMMON)]
        self._pairs = self._postings(pairs(joint, self._common))
        self._meanings = None if embed is None or not texts else np.asarray(embed(both), np.float64)

    def of(self, claim: str) -> NDArray[np.float64]:
        """A row a text and a column a name of `NAMES`, each column 0 to 1 with the best text at 1."""
        units, signs = words(claim, self.language), runs(claim, self.language)
        near, _ = pairs((units, np.zeros(len(units), np.int64)), self._common)
        joint, all_runs = self._words.fit(units), self._runs.fit(signs)
        body = self._body_words.fit(units)
        first = scaled(joint.bm25) + scaled(all_runs.bm25)
        columns = (
            joint.bm25, joint.cosine, joint.covered, all_runs.bm25, all_runs.cosine,
            self._title_words.fit(units).bm25, self._title_runs.fit(signs).bm25,
            body.bm25, body.covered, self._pairs.fit(near).bm25,
            self._words.like(believed(first)), self._meaning(claim),
        )  # fmt: skip
        return np.column_stack([scaled(column) for column in columns])

    def _postings(self, found: Bag) -> Postings:
        return Postings(found, self.size)

    def _meaning(self, claim: str) -> Scores:
        """How much nearer than usual each text is; nothing without an embedder."""
        if self.embed is None or self._meanings is None:
            return np.zeros(self.size)
        near = self._meanings @ np.asarray(self.embed([claim[:LONGEST]]), np.float64)[0]
        return np.asarray(np.maximum(near - near.mean(), 0), np.float64)


def scaled(scores: Scores) -> Scores:
    """Scores over the highest of them."""
    highest = scores.max(initial=0)
    return scores / highest if highest > 0 else np.zeros_like(scores)


def believed(first: Scores) -> Scores:
    """Weights, one in all, of the few texts that fit best at first sight; who ties with the last of them counts too."""
    if not first.any():
        return np.zeros_like(first)
    least = np.partition(first, -BELIEVED)[-BELIEVED] if len(first) > BELIEVED else 0
    weights = np.where((first >= least) & (first > 0), np.exp(TRUST / 2 * (first - first.max())), 0)
    return np.asarray(weights / weights.sum())
