"""Whether the index finds every passage of an article under its words, and holds no other: silence rests on that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from farbank.model.statemedia import Article
from farbank.watch.index import Index, key, split

CHUNK = 500
"""Articles looked up at once."""

MORE = 1000
"""Passages beyond those an index has to hold that are looked for."""


class Indexed(NamedTuple):
    """An article that the index has to hold: its ordinal, itself, and the tokens of its passages."""

    ordinal: int
    article: Article
    cut: list[str]


class Finder:
    """Looks up articles in the order of their ordinals, a chunk at a time."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._waiting: list[Indexed] = []
        self._from = 0

    def look_up(self, one: Indexed) -> Iterator[tuple[int, str]]:
        """Add one; yield what is wrong with those before it, by ordinal, once they are many."""
        self._waiting.append(one)
        if len(self._waiting) >= CHUNK:
            yield from self.up_to(max(one.ordinal for one in self._waiting))

    def up_to(self, last: int) -> Iterator[tuple[int, str]]:
        """Look up all that is waiting; after it the index holds nothing up to `last`."""
        if last < self._from:
            return
        waiting = {one.ordinal: one for one in self._waiting if self._from <= one.ordinal <= last}
        most = sum(len(one.cut) for one in waiting.values()) + MORE
        found = Counter(self._index.days(self._from, last, most))
        pairs = {(one.article.outlet, one.article.lang) for one in waiting.values()}
        named = {pair: {key for key, _ in self._index.days(self._from, last, most, *pair)} for pair in pairs}
        for one in waiting.values():
            day, here = one.article.date.toordinal(), named[one.article.outlet, one.article.lang]
            keys = {key(one.ordinal, n): words.split() for n, words in enumerate(one.cut)}
            lost = sum(
                found.pop((number, day), 0) != 1 or number not in here or not self._index.speaks(number, words)
                for number, words in keys.items()
            )
            if lost:
                yield one.ordinal, f"{lost} of its {len(keys)} passages cannot be found in the index as they are"
        for ordinal in sorted({split(number)[0] for number, _ in found}):
            yield ordinal, "the index holds passages of it that it does not have"
        self._waiting, self._from = [], last + 1
