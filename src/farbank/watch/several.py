"""Several archives read as one, whichever engine holds each: what no one index holds is kept in parts.

Every day of an outlet in a language lies in one of them; who files them sees to that (a part for each quarter and
language, say), and it is refused otherwise. What one does not answer is not silence: whatever it raises ends the look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from typing import Self

from farbank.model.captures import Missed, Sweep
from farbank.model.statemedia import Article, Copy, Window
from farbank.watch import engine, overlap
from farbank.watch.index import Phrase, key, split
from farbank.watch.remembered import Remembered
from farbank.watch.store import Day, Extent, Order

AT_ONCE = 16
"""Archives asked at the same time: those at scale mostly wait for their object store."""


class Several:
    """Archives by their name, read as one; the n-th ordinal of the i-th of N is n * N + i."""

    def __init__(self, archives: Mapping[str, engine.Archive]) -> None:
        overlap.refuse(archives)
        parts = [*archives.values()]
        self.index = Index(parts)
        self.store = Store(parts)
        self.extent = _sum([part.extent for part in parts])
        self.holdings = tuple(sorted({pair for part in parts for pair in part.holdings}))
        self.languages = tuple(sorted({language for part in parts for language in part.languages}))
        self.named = Remembered().places

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Whoever opened the parts closes them."""


class Index:
    """The passages of all parts."""

    def __init__(self, parts: Sequence[engine.Archive]) -> None:
        self._parts = parts

    def find(
        self,
        needles: Sequence[Mapping[str, Sequence[Phrase]]],
        window: Window,
        outlets: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> dict[int, float]:
        """As `engine.Index` says. Scores are weighed within a part, so which come first is only roughly comparable."""
        asked = [number for number, part in enumerate(self._parts) if overlap.shared(overlap.span(part), window)]

        def search(number: int) -> list[tuple[float, int]]:
            hits = self._parts[number].index.find(needles, window, outlets, limit)
            own = ((score, *split(hit)) for hit, score in hits.items())
            return [(-score, key(ordinal * len(self._parts) + number, place)) for score, ordinal, place in own]

        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = sorted(chain.from_iterable(threads.map(search, asked)))
        return {hit: -score for score, hit in found[:limit]}


class Store:
    """The articles of all parts."""

    def __init__(self, parts: Sequence[engine.Archive]) -> None:
        self._parts = [part.store for part in parts]
        self._read: dict[tuple[str, str], int] = {}

    def article(self, ordinal: int) -> Article:
        """The article with that ordinal."""
        own, number = divmod(ordinal, len(self._parts))
        found = self._parts[number].article(own)
        self._read.setdefault((found.outlet, found.id), number)
        return found

    def orders(self, ordinals: Sequence[int]) -> dict[int, Order]:
        """What sorts the articles with those ordinals, by their ordinal."""
        asked: dict[int, list[int]] = {}
        for ordinal in ordinals:
            own, number = divmod(ordinal, len(self._parts))
            asked.setdefault(number, []).append(own)
        return {
            own * len(self._parts) + number: order
            for number, ordinals in asked.items()
            for own, order in self._parts[number].orders(ordinals).items()
        }

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        """The days of the window of which anything is held or known to be missed; what is missed in any part is."""
        found: dict[date, Day] = {}
        for part in self._parts:
            for one in part.days(outlet, language, window):
                other = found.get(one.day, Day(one.day, 0, 0))
                sums = (getattr(one, name) + getattr(other, name) for name in ("bodies", "titles", "missed"))
                found[one.day] = Day(one.day, *sums)
        return [found[day] for day in sorted(found)]

    def titles(self, outlet: str, language: str, window: Window) -> list[Article]:
        """Items of which only the title is held."""
        found = (one for part in self._parts for one in part.titles(outlet, language, window))
        return sorted(found, key=lambda article: (article.date, article.id))

    def missed(self, outlet: str, language: str, window: Window) -> list[Missed]:
        """Items that are listed and could not be read, by the day they are of or, if unknown, were noticed on."""
        found = (one for part in self._parts for one in part.missed(outlet, language, window))
        return sorted(found, key=lambda one: (one.day or one.noticed.date(), one.url))

    def undated(self, outlet: str, language: str) -> list[Missed]:
        """Those of which nobody knows what day they are of."""
        found = (one for part in self._parts for one in part.undated(outlet, language))
        return sorted(found, key=lambda one: (one.noticed, one.url))

    def sweeps(self, outlet: str) -> list[Sweep]:
        """Every pass over a site of an outlet, oldest first."""
        each = {(one.started, one.site): one for part in self._parts for one in part.sweeps(outlet)}
        return [each[key] for key in sorted(each)]

    def same(self, outlet: str, id: str) -> int:
        """A number an article that was read has in common with its copies in the same part; others are not known."""
        number = self._read[outlet, id]
        return self._parts[number].same(outlet, id) * len(self._parts) + number

    def copies(self, outlet: str, id: str) -> list[Copy]:
        """Where else in the same part the text of an article stands that was read."""
        return self._parts[self._read[outlet, id]].copies(outlet, id)


def _sum(extents: Sequence[Extent]) -> Extent:
    counted = ("articles", "bodies", "titles_only", "passages", "folded", "versions", "captures")
    firsts = [one.first for one in extents if one.first]
    lasts = [one.last for one in extents if one.last]
    return Extent(
        **{name: sum(getattr(one, name) for one in extents) for name in counted},
        first=min(firsts, default=None), last=max(lasts, default=None),
    )  # fmt: skip
