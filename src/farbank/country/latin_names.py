"""Names of places in alphabets, found in running text by whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from farbank.country.fold import blur, fold
from farbank.country.reading import Found, Reading
from farbank.country.spellings import Habits
from farbank.model.places import PlaceId

_WORD = re.compile(r"[^\W\d_\u1100-\u1dff\u2e80-\uffff]+(?:['’ʼ][^\W\d_\u1100-\u1dff\u2e80-\uffff]+)*")
_GAPS = {" ": " ", "\n": " ", "\u00a0": " ", ". ": " ", ".": " ", "-": "", "‐": "", "‑": "", "": ""}
"""What may stand between the words of one name, and whether it parts them: `Kim Hwa` is not `Kimhwa`."""
_MOST_WORDS = 6
_SHORTEST = 4
"""Letters of a name that a wary reader also finds without its capital."""
_AUDIBLE = 6
"""Letters of a word that a wary reader goes by the sound of."""
_NUMBERED = re.compile(r"[-‐‑– ]\d")
"""What follows the name of a missile, and not that of a town."""

Word = tuple[int, int, str, str | None]
"""Where a word starts and ends, folded, and what parts it from the one before (None: something no name runs over)."""


class LatinNames:
    """Filled by `learn` and `hear`, then only read."""

    def __init__(self, reading: Reading, habits: Habits) -> None:
        self._longer = frozenset(reading.longer)
        self._common = frozenset(map(fold, reading.common))
        types = [suffix for kind in habits.types.values() for suffix in kind.suffixes]
        self._small = {fold(suffix) for suffix in types if suffix.startswith(" ")}
        self._types = {(" " if suffix[0] == " " else "", fold(suffix)) for suffix in types if suffix[0] in " -"}
        self._names: dict[str, list[PlaceId]] = {}
        self._openings: set[str] = set()
        self._typed: set[str] = set()
        self._sounds: dict[str, list[PlaceId]] = {}
        self._typed_sounds: dict[str, list[PlaceId]] = {}
        self._sound = lru_cache(maxsize=1 << 14)(blur)
        self._where = frozenset(map(fold, reading.where))
        self._doubted: dict[str, list[PlaceId]] = {}
        self._unheard = {blur(fold(name)) for name in reading.ambiguous}

    def learn(self, id: PlaceId, name: str, *, whole: bool) -> None:
        """Take in a spelling, with its type word (`whole`) or without."""
        words = list(_words(name))
        key = "".join(gap + folded for _, _, folded, gap in words if gap is not None)
        if len(fold(name)) < 3 or len(key) < len(fold(name)):
            return
        self._names.setdefault(key, []).append(id)
        self._openings.add(words[0][2])
        self._small |= {folded for start, _, folded, gap in words[1:] if gap and name[start].islower()}
        if whole:
            self._typed.add(key)
        elif (sound := self._sound(fold(name))) not in self._unheard:
            self._sounds.setdefault(sound, []).append(id)

    def hear(self, id: PlaceId, stem: str) -> None:
        """Take in what a name sounds like before a type word, even one that alone is a word, a person or a river."""
        if len(fold(stem)) >= _SHORTEST:
            self._typed_sounds.setdefault(self._sound(fold(stem)), []).append(id)

    def doubt(self, id: PlaceId, name: str) -> None:
        """Take in a name that is also a word, a person or a missile."""
        self._doubted.setdefault("".join(folded for _, _, folded, _ in _words(name)), []).append(id)

    def find(self, text: str, *, wary: bool) -> Iterator[Found]:
        """Every name in `text`, the longest at each point."""
        words = list(_words(text))
        at = 0
        while at < len(words):
            start, _, folded, _ = words[at]
            size, found = 1, None
            known = folded in self._openings
            capital = text[start].isupper()
            if known or (capital and at + 1 < len(words) and words[at + 1][3] == ""):
                size, found = self._longest(text, words[at : at + _MOST_WORDS], capital, wary)
            if found is None and wary:
                size, found = self._heard(words[at : at + _MOST_WORDS])
            if found is None and wary and capital and at and words[at - 1][2] in self._where:
                size, found = self._doubtful(text, words[at : at + _MOST_WORDS])
            if found:
                yield start, words[at + size - 1][1], tuple(found)
            at += size

    def _longest(self, text: str, words: list[Word], capital: bool, wary: bool) -> tuple[int, list[PlaceId] | None]:
        """The longest name the words begin with: how many words, and the places."""
        keys, best, found = [""], 1, None
        for size, (start, _, folded, gap) in enumerate(words, 1):
            if size > 1:
                if gap is None or not (gap == "" or not capital or text[start].isupper() or folded in self._small):
                    break
                if gap == "" and best == size - 1 and folded in self._longer and not wary:
                    found = None
                parted = (gap,) if gap else ("", " ")  # `Kim Jong-suk` is `Kim Jong Suk`, `Musan-gun` one word
                keys = [key + part for key in keys for part in parted]
            keys = [key + folded for key in keys]
            for key in keys:
                if key in self._names and (capital or key in self._typed or (wary and self._uncommon(key))):
                    best, found = size, self._names[key]
        return best, found

    def _doubtful(self, text: str, words: list[Word]) -> tuple[int, list[PlaceId] | None]:
        """The longest doubted name the words begin with, where the words before it speak of a place."""
        joined, best, found = "", 1, None
        for size, (_, end, folded, gap) in enumerate(words, 1):
            if size > 1 and gap is None:
                break
            joined += folded
            if joined in self._doubted and not _NUMBERED.match(text, end):
                best, found = size, self._doubted[joined]
        return best, found

    def _uncommon(self, key: str) -> bool:
        return len(key) >= _SHORTEST and key not in self._common

    def _heard(self, words: list[Word]) -> tuple[int, list[PlaceId] | None]:
        """The place whose name sounds like the first word, or like all of them up to a type word."""
        joined = words[0][2]
        for size, (_, _, folded, gap) in enumerate(words[1:], 2):
            if gap is None:
                break
            if (gap, folded) in self._types:
                typed = self._typed_sounds.get(self._sound(joined))
                if typed and joined not in self._common:
                    return size, typed
                break
            joined += folded
        first = words[0][2]
        if len(first) < _AUDIBLE or first in self._common:
            return 1, None
        return 1, self._sounds.get(self._sound(first))


def _words(text: str) -> Iterator[Word]:
    """Words in alphabets: where, folded without a possessive, and what parts each from the one before."""
    last = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        owned = text[end - 2 : end] in ("'s", "’s")
        gap = _GAPS.get(text[last:start])
        last = end
        end -= 2 * owned
        yield start, end, fold(text[start:end]), gap
