"""A text cut into what two texts may have in common: words, runs of characters, pairs of words. All are numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from farbank.country.fold import fold
from farbank.country.southern import SOUTHERN
from farbank.country.tokens import tokens

Units = NDArray[np.int64]
"""Units in the order of the text, each a number below `LIMIT` that is the same in every process."""
Bag = tuple[Units, NDArray[np.int64]]
"""The units of several texts, one after another, and for each the text it stands in."""

LONGEST = 8_000
"""Characters of a text that are read; a passage that goes on is known by its beginning."""
LIMIT = 2**40
RUNS = (4, 5)
CJK_RUNS = (2, 3)
"""Characters of a run; a Hangul syllable or a Han character holds about what two or three letters do."""
NEAR = 5
"""Words up to this far apart are a pair, whichever comes first."""

_GAP = re.compile(r"[\s—–/…]+")
_ODD, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(24)


def words(text: str, language: str) -> Units:
    """The index tokens of a text."""
    return np.array([_number(token) for token in tokens(text[:LONGEST], language)], np.int64)


def runs(text: str, language: str) -> Units:
    """Every run of characters, over the ends of words too; without case, accents and the marks within words."""
    flat = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].translate(SOUTHERN)
    folded = f" {' '.join(filter(None, map(fold, _GAP.split(flat))))} "
    signs = np.frombuffer(folded.encode("utf-32-le"), np.uint32).astype(np.uint64)
    sizes = CJK_RUNS if language.partition("-")[0] in ("ko", "ja", "zh") else RUNS
    return np.concatenate([_mixed(_shifted(signs, size)) for size in sizes])


def bag(texts: Iterable[str], cut: Callable[[str, str], Units], language: str) -> Bag:
    """The units of every text, as `cut` finds them."""
    found = [cut(text, language) for text in texts]
    return np.concatenate([*found, np.zeros(0, np.int64)]), np.repeat(np.arange(len(found)), [*map(len, found)])


def pairs(found: Bag, common: Units) -> Bag:
    """Every two words near each other in the same text once the `common` ones are left out."""
    kept = ~np.isin(found[0], common)
    units, owners = found[0][kept], found[1][kept]
    made, whose = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for gap in range(1, NEAR + 1):
        one, other = units[:-gap], units[gap:]
        same = (owners[:-gap] == owners[gap:]) & (one != other)
        one, other = one[same], other[same]
        ordered = [np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)]
        made.append(_mixed(ordered))
        whose.append(owners[gap:][same])
    return np.concatenate(made), np.concatenate(whose)


def _shifted(signs: NDArray[np.uint64], size: int) -> list[NDArray[np.uint64]]:
    """The first, second, … character of every run of `size`."""
    runs = max(len(signs) - size + 1, 0)
    return [signs[first : first + runs] for first in range(size)]


def _mixed(parts: Sequence[NDArray[np.uint64]]) -> Units:
    """One number for what stands at the same place of each part."""
    mixed = np.full(len(parts[0]), len(parts), np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            mixed = (mixed ^ part) * _ODD
            mixed ^= mixed >> np.uint64(29)
    return (mixed >> _SHIFT).astype(np.int64)


@lru_cache(200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=5).digest())
