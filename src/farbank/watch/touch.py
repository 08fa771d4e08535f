"""Which passages of a window touch which concepts: all of them, so that nothing found means nothing there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from farbank.country.pack import Pack
from farbank.model.claims import Query
from farbank.model.statemedia import Window
from farbank.watch.engine import Archive
from farbank.watch.index import split
from farbank.watch.needles import Needle, concept

NOTHING: frozenset[str] = frozenset()


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that touches something asked for.

    `own` are concepts its own words touch, `title` those its article's title adds, `around` those that only the
    opening or the paragraph before adds.
    """

    key: int
    own: frozenset[str]
    title: frozenset[str]
    around: frozenset[str]

    @property
    def said(self) -> frozenset[str]:
        """What the passage says read with its title."""
        return self.own | self.title

    @property
    def hinted(self) -> frozenset[str]:
        """What it says read with everything about it."""
        return self.said | self.around


class Touches:
    """Per passage of `window`, the concepts it touches."""

    def __init__(
        self, query: Query, archive: Archive, pack: Pack, window: Window, outlets: Sequence[str] | None = None
    ) -> None:
        self.window = window
        keys = dict.fromkeys((*query.event, *query.detail))
        self.needles: dict[str, Needle] = {key: concept(pack, key, archive.languages) for key in keys}
        self._touched: dict[int, frozenset[str]] = {}
        for key, needle in self.needles.items():
            for passage in archive.index.find([needle], window, outlets):
                self._touched[passage] = self._touched.get(passage, NOTHING) | {key}

    def candidates(self, concepts: Iterable[str]) -> list[Candidate]:
        """Every passage whose own words touch one of `concepts`."""
        wanted = frozenset(concepts)
        return [self._candidate(key, own) for key, own in self._touched.items() if own & wanted]

    def _candidate(self, key: int, own: frozenset[str]) -> Candidate:
        _, position = split(key)
        opening, touched = key - position, self._touched
        title = touched.get(opening, NOTHING)
        around = NOTHING  # the opening counts its title itself
        if position > 1:
            around = touched.get(opening + 1, NOTHING) | touched.get(key - 1, NOTHING)
        return Candidate(key=key, own=own, title=title, around=around)
