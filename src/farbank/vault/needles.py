"""Many strings of bytes looked for at once: what it costs is the length of what is searched, not how many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

import numpy as np

KEY = 6
"""Bytes a string is known by before it is compared; what is shorter is looked for by itself."""
_PAIRS = range(0, KEY, 2)
_PIECE = 1 << 18
"""Bytes looked at together, so that what is worked out of them stays in the processor's cache."""

Written = Mapping[bytes, Collection[str]]
"""Strings of bytes, and the words each of them is a way to write."""
_ByStart = Mapping[bytes, Mapping[int, Written]]


class Needles:
    """Ways to write words: `exact` as they stand, `either` in small letters and found whatever their ASCII case."""

    def __init__(self, exact: Written, either: Written) -> None:
        self._exact, self._either = _by_start(exact), _by_start(either)
        self._short = _short(exact), _short(either)
        self._may_be = np.zeros((len(_PAIRS), 1 << 16), bool)  # by place, the pairs of bytes that some string has there
        for start in self._exact:
            self._admit(start, folded=False)
        for start in self._either:
            self._admit(start, folded=True)

    def found(self, data: bytes) -> frozenset[str]:
        """The words that are written somewhere in the data."""
        found: set[str] = set()
        exact, either = self._short
        found.update(word for form, words in exact.items() if form in data for word in words)
        if either:
            lower = data.lower()
            found.update(word for form, words in either.items() if form in lower for word in words)
        for at in self._likely(data):
            start = data[at : at + KEY]
            for length, written in self._exact.get(start, {}).items():
                found.update(written.get(data[at : at + length], ()))
            for length, written in self._either.get(start.lower(), {}).items():
                found.update(written.get(data[at : at + length].lower(), ()))
        return frozenset(found)

    def _admit(self, start: bytes, *, folded: bool) -> None:
        for place, begin in enumerate(_PAIRS):
            for first, second in product(*(_cases(start[at], folded=folded) for at in (begin, begin + 1))):
                self._may_be[place, first | second << 8] = True

    def _likely(self, data: bytes) -> Iterator[int]:
        """Every place where a string may begin, and few others."""
        for begin in range(0, len(data) - KEY + 1, _PIECE):
            piece = np.frombuffer(data, np.uint8, min(_PIECE + KEY - 1, len(data) - begin), begin)
            for odd in (0, 1):
                pairs = piece[odd : odd + (len(piece) - odd) // 2 * 2].view("<u2")
                at = np.flatnonzero(self._may_be[0].take(pairs[: max(0, len(pairs) - len(_PAIRS) + 1)]))
                for place in range(1, len(_PAIRS)):
                    at = at[self._may_be[place].take(pairs[at + place])]
                yield from (begin + odd + 2 * at).tolist()


def _cases(byte: int, *, folded: bool) -> Iterable[int]:
    letter = bytes([byte])
    return {*letter, *letter.upper()} if folded else {byte}


def _by_start(written: Written) -> _ByStart:
    by_start: defaultdict[bytes, defaultdict[int, dict[bytes, Collection[str]]]]
    by_start = defaultdict(lambda: defaultdict(dict))
    for form, words in written.items():
        if len(form) >= KEY:
            by_start[form[:KEY]][len(form)][form] = words
    return {start: dict(by_length) for start, by_length in by_start.items()}


def _short(written: Written) -> Written:
    return {form: words for form, words in written.items() if len(form) < KEY}
