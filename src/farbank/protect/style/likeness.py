"""How alike two sides are, beyond what any two halves of the same words would be."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farbank.protect.style.mask import Piece, masked, sentences, words
from farbank.protect.style.views import VIEWS, Counts

SPLITS = 60
"""Ways to deal the same passages into two heaps; twice as many change a ratio by a hundredth."""
PASSAGE = 12
"""Words of a passage, at least: whole sentences are dealt."""
MOST_PASSAGES = 150
"""Of a side; longer sides have longer passages, so that what is held in memory stays bounded."""
OWN_LEAST = 100
"""Words of each half of a side before it is asked how much that mouth differs from itself."""

Values = NDArray[np.float64]


class Side(NamedTuple):
    """What one mouth said: its texts, cut into passages of whole sentences."""

    texts: tuple[list[list[Piece]], ...]
    words: int

    @property
    def passages(self) -> list[list[Piece]]:
        """All passages, text by text."""
        return [passage for text in self.texts for passage in text]


class Likeness(NamedTuple):
    """Per view: how far two sides are alike beyond chance, and how far one side's texts are (NaN: too few texts).

    Zero is as alike as halves of the same words; a difference of mouths is negative.
    """

    between: Values
    within: Values
    amount: float
    """Words to go by: the harmonic mean of the two sides."""


def side(texts: Sequence[str], language: str) -> Side:
    """Cut what one mouth said."""
    cut = [masked(text, language) for text in texts]
    said = sum(map(words, cut))
    least = max(PASSAGE, -(-said // MOST_PASSAGES))
    return Side(tuple(_passages(pieces, least) for pieces in cut), said)


def likeness(one: Side, other: Side, seed: int) -> Likeness:
    """Compare two sides in every view; the same whichever comes first."""
    first, second = sorted((one, other), key=_order)
    between = _beyond_chance(first.passages, second.passages, seed)
    own = [_beyond_chance(*halves, seed) for each in (first, second) if (halves := _halves(each)) is not None]
    within = np.mean(own, axis=0) if own else np.full(len(VIEWS), np.nan)
    total = one.words + other.words
    return Likeness(between, within, 2 * one.words * other.words / total if total else 0.0)


def dealt(first: int, second: int, seed: int) -> Values:
    """Rows that say which passages are in the first heap: the true parting, then `SPLITS` by chance."""
    heaps = np.zeros((SPLITS + 1, first + second))
    heaps[0, :first] = 1
    draw = np.random.default_rng(seed)
    for row in heaps[1:]:
        row[draw.permutation(first + second)[:first]] = 1
    return heaps


def table(counts: Sequence[Counts]) -> tuple[list[Hashable], Values]:
    """What was counted, and how often it stands in each passage."""
    columns: dict[Hashable, int] = {}
    for one in counts:
        for key in one:
            columns.setdefault(key, len(columns))
    found = np.zeros((len(counts), len(columns)))
    for row, one in zip(found, counts, strict=True):
        row[[columns[key] for key in one]] = list(one.values())
    return list(columns), found


def overlap(heaps: Values, counted: Values) -> Values:
    """Per parting and thing counted its part of the Bhattacharyya affinity of the two heaps."""
    first, second = heaps @ counted, (1 - heaps) @ counted
    totals = np.maximum(first.sum(axis=1), 1) * np.maximum(second.sum(axis=1), 1)
    np.multiply(first, second, out=first)
    np.sqrt(first, out=first)
    return np.asarray(first / np.sqrt(totals)[:, None])


def _beyond_chance(first: Sequence[list[Piece]], second: Sequence[list[Piece]], seed: int) -> Values:
    found = np.zeros(len(VIEWS))
    if not first or not second or len(first) + len(second) < 3:
        return found
    heaps = dealt(len(first), len(second), seed)
    for number, view in enumerate(VIEWS.values()):
        counted = table([view(passage) for passage in (*first, *second)])[1]
        if counted[: len(first)].any() and counted[len(first) :].any():
            affinity = overlap(heaps, counted).sum(axis=1)
            found[number] = affinity[0] - affinity[1:].mean()
    return found


def _passages(pieces: list[Piece], least: int) -> list[list[Piece]]:
    found: list[list[Piece]] = [[]] if pieces else []
    for sentence in sentences(pieces):
        if words(found[-1]) >= least:
            found.append([])
        found[-1] += sentence
    if len(found) > 1 and words(found[-1]) < least / 2:
        last = found.pop()
        found[-1] += last
    return found


def _halves(one: Side) -> tuple[list[list[Piece]], list[list[Piece]]] | None:
    """Every other text against the rest; none where there is one text, or too little."""
    even = [passage for text in one.texts[::2] for passage in text]
    odd = [passage for text in one.texts[1::2] for passage in text]
    enough = all(sum(map(words, half)) >= OWN_LEAST for half in (even, odd))
    return (even, odd) if enough else None


def _order(one: Side) -> tuple[int, list[str]]:
    """Which side is the first, so that it is the same one whichever was named first."""
    return one.words, [piece.form for passage in one.passages for piece in passage]
