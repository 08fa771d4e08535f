"""The same kind of event at the same place, but at another time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    year = Window(first=_day(window.first, -AROUND), last=_day(window.last, AROUND))
    found = placed([*archive.index.find(wanted, year, outlets)], archive.store)
    graded = [grader.read(_candidate(key, concepts)) for key in (*_before(found, window), *_after(found, window))]
    said = [one.passage for one in graded if one.passage.result == "said"]
    return [msgspec.structs.replace(passage, result="said-elsewhere") for passage in said]


def _before(found: Mapping[int, Placed], window: Window) -> list[int]:
    """Those to be read of the days before, the latest first."""
    before = [key for key, ((day, *_), _) in found.items() if day < window.first.toordinal()]
    return sorted(before, key=lambda key: (-found[key][0][0], found[key]))[:READ]


def _after(found: Mapping[int, Placed], window: Window) -> list[int]:
    """Those to be read of the days after, the earliest first."""
    after = [key for key, ((day, *_), _) in found.items() if day > window.last.toordinal()]
    return sorted(after, key=lambda key: found[key])[:READ]


def _candidate(key: int, concepts: Sequence[str]) -> Candidate:
    return Candidate(key=key, own=frozenset(concepts), title=frozenset(), around=frozenset())


def _day(day: date, shift: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + shift, date.min.toordinal()), date.max.toordinal()))
