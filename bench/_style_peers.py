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
    """The part of the unknown text that the known one spares LZMA."""
    return [1 - (_packed(f"{known} {each.unknown}") - _packed(known)) / _packed(each.unknown)
            for each in problems for known in [" ".join(each.known)]]  # fmt: skip


def _runs(text: str) -> Counter[str]:
    text = text.lower()
    return Counter(text[at : at + 4] for at in range(len(text) - 3))


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    both = sum(weight * other.get(run, 0.0) for run, weight in one.items())
    sizes = sum(w * w for w in one.values()) * sum(w * w for w in other.values())
    return both / sqrt(sizes) if sizes else 0.0


def _packed(text: str) -> int:
    form = [{"id": lzma.FILTER_LZMA2, "preset": 9}]
    return len(lzma.compress(text.encode(), format=lzma.FORMAT_RAW, filters=form))
