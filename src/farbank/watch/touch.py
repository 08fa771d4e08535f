"""Which passages of a window touch which concepts: all of them, so that nothing found means nothing there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from farbank.country.pack import Pack
from farbank.model.claims import Query
from farbank.model.statemedia import Window
from farbank.watch.engine import Archive
from farbank.watch.index import split
from farbank.watch.needles import Needle, abroad, concept


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that touches something asked for.

    `own` are concepts its own words touch, `title` those its article's title adds, `around` those that only the
    opening or the paragraph before adds. `abroad` says that it or its title names another country, `near_abroad` that
    the opening or the paragraph before does.
    """

    key: int
    own: frozenset[str]
    title: frozenset[str]
    around: frozenset[str]
    abroad: bool
    near_abroad: bool = False

    @property
    def said(self) -> frozenset[str]:
        """What the passage says read with its title."""
        return self.own | self.title

    @property
    def hinted(self) -> frozenset[str]:
        """What it says read with everything about it."""
        return self.said | self.around


class Touches:
    """Per concept, the passages of `window` that touch it."""

    def __init__(
        self, query: Query, archive: Archive, pack: Pack, window: Window, outlets: Sequence[str] | None = None
    ) -> None:
        self.window = window
        keys = dict.fromkeys((*query.event, *query.detail))
        self.needles: dict[str, Needle] = {key: concept(pack, key, archive.languages) for key in keys}
        self._found = {k: archive.index.find([needle], window, outlets) for k, needle in self.needles.items()}
        self._abroad = archive.index.find([abroad(pack, archive.languages, self.needles.values())], window, outlets)

    def candidates(self, concepts: Iterable[str]) -> list[Candidate]:
        """Every passage whose own words touch one of `concepts`."""
        return [self._candidate(key) for key in dict.fromkeys(k for c in concepts for k in self._found[c])]

    def _candidate(self, key: int) -> Candidate:
        _, position = split(key)
        first = key - position
        around = {first + 1, key - 1} - {first, key} if position else set()  # the opening counts its title itself
        return Candidate(
            key=key,
            own=self._touching(key),
            title=self._touching(first),
            around=frozenset().union(*(self._touching(k) for k in around)),
            abroad=key in self._abroad or first in self._abroad,
            near_abroad=any(k in self._abroad for k in around | {first + 1}),
        )

    def _touching(self, key: int) -> frozenset[str]:
        return frozenset(concept for concept, found in self._found.items() if key in found)
