"""Whether a reader could tell that two published quotations come from one mouth."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from farbank.protect.style.likeness import likeness, side
from farbank.protect.style.phrases import Phrase, phrases
from farbank.protect.style.ratio import Ratio, Weights, ratio, shipped


class Linkage(msgspec.Struct, frozen=True):
    """What two sides tell of being one mouth: evidence to weigh with all else, never a verdict."""

    ratio: Ratio
    """How much likelier this much likeness is from one mouth than from two."""
    phrases: tuple[Phrase, ...]
    """What they share that not everybody says, the heaviest first."""
    words: tuple[int, int]
    """How much text either side gave."""


def linkage(
    one: str | Sequence[str],
    other: str | Sequence[str],
    language: str,
    *,
    weights: Weights | None = None,
    seed: int = 0,
) -> Linkage:
    """Compare what two mouths said, a text or several each; the ratio is the same whichever comes first.

    `language` is a BCP 47 tag, the same for both sides. Without `weights`, those that come with farbank. Of each text
    the first 60,000 letters are read. Raises DecodeError where the shipped weights are damaged.
    """
    texts, others = _several(one), _several(other)
    first, second = side(texts, language), side(others, language)
    found = likeness(first, second, seed)
    return Linkage(
        ratio=ratio(found, weights or shipped()),
        phrases=phrases((first, texts), (second, others), language),
        words=(first.words, second.words),
    )


def _several(texts: str | Sequence[str]) -> Sequence[str]:
    return [texts] if isinstance(texts, str) else texts
