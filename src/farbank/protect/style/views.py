"""The ways in which masked texts are compared, as counts of what recurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import log2

from farbank.protect.style.mask import NUMBER, Piece, sentences

Counts = Counter[Hashable]


def single(pieces: Sequence[Piece]) -> Counts:
    """Function words, endings and marks, and how much stands between them."""
    return Counter(piece.form for piece in pieces)


def runs(pieces: Sequence[Piece]) -> Counts:
    """Runs of five letters of the masked text, spaces included."""
    return _runs(pieces, 5)


def long_runs(pieces: Sequence[Piece]) -> Counts:
    """Runs of seven: turns of phrase."""
    return _runs(pieces, 7)


def marks(pieces: Sequence[Piece]) -> Counts:
    """Punctuation and numbers alone."""
    return Counter(piece.form for piece in pieces if not piece.spoken or piece.form == NUMBER)


def shapes(pieces: Sequence[Piece]) -> Counts:
    """How many words, capitals, numbers, commas, full stops and other marks."""
    return Counter(piece.shape for piece in pieces)


def lengths(pieces: Sequence[Piece]) -> Counts:
    """Sentences by length, in steps of the square root of two."""
    spoken = (sum(piece.spoken for piece in sentence) for sentence in sentences(pieces))
    return Counter(int(2 * log2(1 + count)) for count in spoken if count)


def _runs(pieces: Sequence[Piece], size: int) -> Counts:
    text = " ".join(piece.form for piece in pieces)
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


VIEWS: dict[str, Callable[[Sequence[Piece]], Counts]] = {
    "single": single,
    "runs": runs,
    "long_runs": long_runs,
    "marks": marks,
    "shapes": shapes,
    "lengths": lengths,
}
