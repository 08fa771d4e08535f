"""The same kind of event at the same place, but at another time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from farbank.model.statemedia import Passage, Window
from farbank.watch import needles
from farbank.watch.first import Placed, placed
from farbank.watch.grade import Grader
from farbank.watch.touch import Candidate

AROUND = 365
"""Days before and after the window that are looked at."""
READ = 20
"""Passages read closely on each side, the nearest days first; this look need not be complete, as nothing rests on its
finding nothing."""


def other_times(grader: Grader, window: Window, outlets: Sequence[str] | None) -> list[Passage]:
    """Passages up to a year before or after `window` that say all of it of the claim's place, in their own words."""
    claim, query, archive, pack = grader.claim, grader.query, grader.archive, grader.pack
    concepts = (*query.event, *query.detail)
    wanted = [needles.concept(pack, concept, archive.languages) for concept in concepts]
    if pack.gazetteer.place(claim.place).level:
        inside = (claim.place, *pack.gazetteer.descendants(claim.place))
        wanted.append(needles.place(pack, inside, archive.languages))
    before = Window(first=_day(window.first, -AROUND), last=_day(window.first, -1))
    after = Window(first=_day(window.last, 1), last=_day(window.last, AROUND))
    graded = [
        grader.read(_candidate(key, concepts))
        for span, way in ((before, -1), (after, 1))
        for key in _nearest(placed([*archive.index.find(wanted, span, outlets)], archive.store), way)
    ]
    said = [one.passage for one in graded if one.passage.result == "said"]
    return [msgspec.structs.replace(passage, result="said-elsewhere") for passage in said]


def _nearest(found: dict[int, Placed], way: int) -> list[int]:
    """Those to be read: of the earliest days, or going backwards in time of the latest."""
    return sorted(found, key=lambda key: (way * found[key][0][0], found[key]))[:READ]


def _candidate(key: int, concepts: Sequence[str]) -> Candidate:
    return Candidate(key=key, own=frozenset(concepts), title=frozenset(), around=frozenset(), abroad=False)


def _day(day: date, shift: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + shift, date.min.toordinal()), date.max.toordinal()))
