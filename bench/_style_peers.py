"""What authorship is commonly told by: runs of four letters, and how well one text helps to compress another."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from bench._authorship import Problem


def letter_runs(problems: Sequence[Problem]) -> list[float]:
    """Cosine of TF-IDF vectors of runs of four letters; rarity is that of the texts given."""
    pairs = [(_runs(" ".join(each.known)), _runs(each.unknown)) for each in problems]
    texts = [text for pair in pairs for text in pair]
    among = Counter(run for text in texts for run in text)
    rarity = {run: log((1 + len(texts)) / (1 + count)) + 1 for run, count in among.items()}
    return [_cosine(*({run: n * rarity[run] for run, n in text.items()} for text in pair)) for pair in pairs]


def compression(problems: Sequence[Problem]) -> list[float]:
    """The normalised compression distance (Cilibrasi and Vitányi, 2005) by LZMA, negated: more is more alike."""
    return [-_distance(" ".join(each.known), each.unknown) for each in problems]


def _runs(text: str) -> Counter[str]:
    text = text.lower()
    return Counter(text[at : at + 4] for at in range(len(text) - 3))


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    both = sum(weight * other.get(run, 0.0) for run, weight in one.items())
    sizes = sum(w * w for w in one.values()) * sum(w * w for w in other.values())
    return both / sqrt(sizes) if sizes else 0.0


def _distance(one: str, other: str) -> float:
    alone = [_packed(one), _packed(other)]
    return (_packed(one + other) - min(alone)) / max(alone)


def _packed(text: str) -> int:
    form = [{"id": lzma.FILTER_LZMA2, "preset": 9}]
    return len(lzma.compress(text.encode(), format=lzma.FORMAT_RAW, filters=form))
