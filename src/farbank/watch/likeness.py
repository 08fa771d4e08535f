"""Whether two texts are one: word for word, or nearly."""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from farbank.model.statemedia import Article

SHORTEST = 8
"""Words of the shortest text that is folded into another: “Photo.” under two headlines is two items."""
NEAR = 0.9
"""Least share of the runs of three words two texts have in common for one to be a near copy of the other."""
BANDS, ROWS = 8, 8
"""Two texts are compared if they agree in one band: 99 % of those just at NEAR are, of those half alike 3 %."""
MOST = 4096
"""Runs of words a sketch is made from; a longer text is known by its beginning."""

_WORD = re.compile(r"\w+")
_FACT = re.compile(r"\d+|\b[A-ZА-Я]\w+")
_ODD = np.random.default_rng(20240731).integers(1, 2**63, (BANDS * ROWS,), np.uint64) | np.uint64(1)
_PLUS = np.random.default_rng(20240801).integers(0, 2**63, (BANDS * ROWS,), np.uint64)
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


def fingerprint(article: Article) -> bytes:
    """What an article says, in 16 bytes: another title or another word of it is another version."""
    return hashlib.sha256(f"{article.title}\0{article.body}".encode()).digest()[:16]


def words(text: str) -> list[str]:
    """The words of a text in small letters, as they stand in it."""
    return _WORD.findall(text.lower())


def exact(found: list[str]) -> bytes:
    """The same for two texts of the same words; empty for one too short to be folded."""
    return hashlib.sha256(" ".join(found).encode()).digest()[:16] if len(found) >= SHORTEST else b""


def bands(found: list[str]) -> list[int]:
    """Eight numbers, one of which two near copies have in common (MinHash: Broder 1997; banding: Leskovec et al. 3.4).

    None for a text too short. Our own dozen lines, as datasketch brings scipy into the base install and takes several
    times as long, which an archive pays once an article.
    """
    if len(found) < SHORTEST:
        return []
    runs = _runs(found)[:MOST]
    with np.errstate(over="ignore"):
        least = ((runs[:, None] * _ODD + _PLUS) >> np.uint64(32)).min(axis=0).astype("<u4")
    rows = least.reshape(BANDS, ROWS)
    return [
        int.from_bytes(hashlib.blake2b(bytes([n]) + row.tobytes(), digest_size=8).digest(), "big", signed=True)
        for n, row in enumerate(rows)
    ]


def near(one: str, other: str) -> bool:
    """Whether one text is a near copy of the other: hardly a word differs, and no number and no name.

    A corrected toll or another town makes two texts of what is otherwise one.
    """
    mine, theirs = words(one), words(other)
    if min(len(mine), len(theirs)) < SHORTEST or set(_FACT.findall(one)) != set(_FACT.findall(other)):
        return False
    first, second = set(_runs(mine).tolist()), set(_runs(theirs).tolist())
    return len(first & second) >= NEAR * len(first | second)


def _runs(found: list[str]) -> NDArray[np.uint64]:
    """Every run of three words as a number."""
    numbers = np.fromiter(map(_number, found), np.uint64, len(found))
    with np.errstate(over="ignore"):
        runs: NDArray[np.uint64] = (numbers[:-2] * _MIX[0]) ^ (numbers[1:-1] * _MIX[1]) ^ (numbers[2:] * _MIX[2])
    return runs


@lru_cache(200_000)
def _number(word: str) -> int:
    return zlib.crc32(word.encode())
