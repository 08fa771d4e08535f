"""Which words and turns two sides share that not everybody uses, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import sqrt

import msgspec

from farbank.protect.style.likeness import Side
from farbank.protect.style.mask import MASK, MOST_LETTERS, Piece
from farbank.protect.style.reword import telltales

LONGEST = 3
"""Pieces of a phrase that no table lists."""
MOST = 12
"""Phrases shown."""
MOST_PLACES = 5
"""Places shown of a phrase in a side."""

Place = tuple[int, int, int]
"""Which text of a side, and the letters from and to."""
Found = dict[str, list[Place]]


class Phrase(msgspec.Struct, frozen=True):
    """Something both sides say; `*` in its text stands for any other word, or for the word an ending belongs to."""

    text: str
    weight: float
    """How often both say it: the geometric mean of its occurrences per word."""
    one: tuple[Place, ...]
    other: tuple[Place, ...]


def phrases(
    one: tuple[Side, Sequence[str]], other: tuple[Side, Sequence[str]], language: str
) -> tuple[Phrase, ...]:  # fmt: skip
    """The phrases that both sides, each with its texts, say most for their length; a part of a longer one is left out.

    Each holds a word, ending or mark that not everybody uses, or is one of the table of tell-tale phrases.
    """
    first, second = _said(*one, language), _said(*other, language)
    said = max(one[0].words, 1) * max(other[0].words, 1)
    weights = {text: sqrt(len(first[text]) * len(second[text]) / said) for text in first.keys() & second.keys()}
    ranked = sorted(weights, key=lambda text: (-weights[text] * len(text.split()), text))
    return tuple(
        Phrase(
            text=text,
            weight=round(weights[text], 4),
            one=tuple(first[text][:MOST_PLACES]),
            other=tuple(second[text][:MOST_PLACES]),
        )
        for text in _without_parts(ranked)
    )


def _said(side: Side, texts: Sequence[str], language: str) -> Found:
    found: Found = {}
    for number, passages in enumerate(side.texts):
        for passage in passages:
            for turn in _turns(passage):
                text = " ".join(piece.form for piece in turn)
                found.setdefault(text, []).append((number, turn[0].start, turn[-1].end))
    listed: Found = {}
    for number, text in enumerate(texts):
        for phrase, start, end in telltales(text[:MOST_LETTERS], language):
            listed.setdefault(phrase, []).append((number, start, end))
    return found | listed


def _turns(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Runs of pieces that tell something; masks stand inside them only."""
    telling = [0, *accumulate(piece.telling for piece in pieces)]
    for at in range(len(pieces)):
        for end in range(at + 1, min(at + LONGEST, len(pieces)) + 1):
            if telling[end] > telling[at] and MASK not in (pieces[at].form, pieces[end - 1].form):
                yield pieces[at:end]


def _without_parts(ranked: Iterable[str]) -> list[str]:
    found: list[str] = []
    for text in ranked:
        if not any(_within(text, other) or _within(other, text) for other in found):
            found.append(text)
        if len(found) == MOST:
            break
    return found


def _within(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} "
