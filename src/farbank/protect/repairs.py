"""What would help: the changes a desk can make for one person, each judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from farbank.model.exposure import Exposure, Repair
from farbank.model.people import EVERYBODY, Facts, without
from farbank.protect.expose import Judged, judged
from farbank.protect.judge import WORSE
from farbank.protect.question import Heard, Question
from farbank.protect.words import outwards_on

YEAR = 365
"""Days looked ahead for a first safe one; a story that must wait longer is another story."""

MOST = 6
"""Repairs shown: the best of them, not a catalogue."""


def repaired(question: Question, exposure: Exposure, facts: Facts) -> Exposure:
    """The exposure of saying `facts`, with what would help; one that could not be counted stays as it is."""
    return exposure if not exposure.size.mid else msgspec.structs.replace(exposure, repairs=repairs(question, facts))


def repairs(question: Question, facts: Facts) -> tuple[Repair, ...]:
    """The single changes that leave more people than saying `facts` does, best first.

    Say less on one axis, drop what a claim or a standing line gives away, move to the next wider knowledge set, leave
    out from whom it was heard, or wait.
    """
    now = judged(question, facts)
    found = [*_less(question, facts), *_dropped(question, facts), *_wider(question, facts)]
    found += [*_unsourced(question, facts), *(() if now.safe else _waiting(question, facts))]
    better = [repair for repair in found if repair.low > now.found.size.low]
    best = sorted(better, key=lambda repair: (WORSE[repair.verdict], -repair.low))
    return tuple({(repair.verdict, repair.low): repair for repair in reversed(best)}.values())[::-1][:MOST]


def first_safe_day(question: Question, facts: Facts) -> date | None:
    """The first day on which enough will have heard; None if none comes within a year or nothing spreads.

    More have heard every day, so the days are halved until one is left.
    """
    if not any(one.audience.spread for one in question.heard):
        return None
    today = question.reader.on
    near, far = 0, YEAR
    if not _on(question, facts, today + timedelta(far)).safe:
        return None
    while far - near > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if _on(question, facts, today + timedelta(middle)).safe else (middle, far)
    return today + timedelta(far)


def _less(question: Question, facts: Facts) -> Iterator[Repair]:
    for axis in facts:
        yield _repair("say-less", axis, judged(question, outwards_on(axis, facts, question.population)))


def _dropped(question: Question, facts: Facts) -> Iterator[Repair]:
    said = dict.fromkeys(axis for some in question.facts for axis in some)
    for axis in said:
        rest = tuple(without(some, axis) for some in question.facts)
        yield _repair("drop", axis, judged(replace(question, facts=rest), without(facts, axis)))
    for satellite in question.satellites:
        others = tuple(id for id in question.satellites if id != satellite)
        yield _repair("drop", f"satellite:{satellite}", judged(replace(question, satellites=others), facts))
    for one in question.heard:
        rest_heard = tuple(other for other in question.heard if other != one)
        yield _repair("drop", f"audience:{one.audience.id}", judged(replace(question, heard=rest_heard), facts))


def _wider(question: Question, facts: Facts) -> Iterator[Repair]:
    audiences = {audience.id: audience for audience in question.reader.audiences}
    for number, one in enumerate(question.heard):
        wider = one.audience.within
        if wider is None or wider == EVERYBODY:  # moving to everybody is dropping the claim's audience, listed above
            continue
        heard = (*question.heard[:number], Heard(audiences[wider]), *question.heard[number + 1 :])
        yield _repair("widen", f"audience:{one.audience.id}", judged(replace(question, heard=heard), facts))


def _unsourced(question: Question, facts: Facts) -> Iterator[Repair]:
    for number, one in enumerate(question.heard):
        if one.told:
            heard = (*question.heard[:number], Heard(one.audience), *question.heard[number + 1 :])
            yield _repair("not-from-whom", f"audience:{one.audience.id}", judged(replace(question, heard=heard), facts))


def _waiting(question: Question, facts: Facts) -> Iterator[Repair]:
    if (day := first_safe_day(question, facts)) is not None:
        there = _on(question, facts, day)
        yield Repair(kind="wait", what="", low=there.found.size.low, verdict=there.verdict, until=day)


def _on(question: Question, facts: Facts, day: date) -> Judged:
    return judged(replace(question, reader=replace(question.reader, on=day)), facts)


def _repair(kind: str, what: str, there: Judged) -> Repair:
    return Repair(kind=kind, what=what, low=there.found.size.low, verdict=there.verdict)  # type: ignore[arg-type]
