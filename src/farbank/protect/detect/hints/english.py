"""English text cut into words as cues are compared: lower case, contractions apart, stemmed, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

_SUM = r"[$£€₹¥₩]\s?\d[\d.,]*"
_NUMBER = r"\d++(?:[.,]\d+){0,4}+(?:st|nd|rd|th|k|s)?+(?![^\W\d_])"
_TOKEN = re.compile(rf"{_SUM}|{_NUMBER}|[^\W_]+(?:['’.][^\W_]+)*")
_STOP = re.compile(r"[.!?:;\"“”\n(]")
_CONTRACTIONS = {"'m": "am", "'ve": "have", "'ll": "will", "'d": "would", "'re": "are", "'s": ""}
_NEGATIONS = {"can't": "can", "won't": "will", "cannot": "can"}
_STEMMER = Stemmer.Stemmer("english")


class Word(NamedTuple):
    """One word of a text: its stem, where it stands, and how it is written.

    `capital` where it begins with a capital letter, `within` where something of its sentence comes before it.
    """

    stem: str
    start: int
    end: int
    capital: bool
    within: bool


def words(text: str) -> list[Word]:
    """The words of `text` in order; a contraction is two words that stand in one place."""
    found: list[Word] = []
    before = 0
    for token in _TOKEN.finditer(text):
        within = bool(found) and not _STOP.search(text, before, token.start())
        before = token.end()
        for stem in _stems(token[0].lower().replace("’", "'")):
            found.append(Word(stem, token.start(), before, token[0][0].isupper(), within))
    return found


def kinds(stem: str) -> Iterator[str]:
    """The classes a number belongs to, by how it is written: `n`, `age`, `year`, `decade10`, `nth`, `k`, `sum`."""
    if stem[0] in "$£€₹¥₩":
        yield "sum"
    elif stem[0].isdecimal():
        digits = stem.rstrip("stndrhk").replace(",", "")
        if digits.isdecimal():
            yield from _number(int(digits[:9]), stem[len(stem.rstrip("stndrhk")) :])


def _number(value: int, suffix: str) -> Iterator[str]:
    if suffix in ("st", "nd", "rd", "th"):
        yield "nth"
    elif suffix == "s" and value % 10 == 0:
        yield "decade10"
    elif suffix == "k":
        yield "k"
    elif not suffix:
        yield "n"
        if 13 <= value <= 99:
            yield "age"
        if 1920 <= value <= 2035:
            yield "year"
        if value >= 1000 and not 1900 <= value <= 2035:
            yield "sum"


@lru_cache(maxsize=1 << 14)
def _stems(word: str) -> tuple[str, ...]:
    """One or two stems; the cache holds what a newsroom types, not what a stranger sends."""
    if len(word) > 40:
        return (word[:40],)
    if word in _NEGATIONS:
        return (_NEGATIONS[word], "not")
    if word.endswith("n't"):
        return (_STEMMER.stemWord(word[:-3]), "not")
    head, mark, tail = word.rpartition("'")
    if mark and "'" + tail in _CONTRACTIONS:
        second = _CONTRACTIONS["'" + tail]
        return (_STEMMER.stemWord(head), second) if second else (_STEMMER.stemWord(head),)
    return (_STEMMER.stemWord(word.replace(".", "").replace("'", "")),)
