"""Where a story was told from: as much of it as readers may see, and for the desk why nothing is from elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from farbank.chart.areas import Told, at_grain
from farbank.chart.gaps import State
from farbank.country.gazetteer import Gazetteer
from farbank.model.case import Case
from farbank.model.chains import of_kind
from farbank.model.findings import Finding
from farbank.model.inquiries import Inquiry
from farbank.model.places import PlaceId
from farbank.model.text import Slug

_LOST = ("silent", "overdue", "burned")
"""States of a partner of whom nothing is heard."""


def told(findings: Sequence[Finding], gazetteer: Gazetteer, as_of: date) -> Told:
    """Where findings were told from; an area is confirmed only if all that was told from there is confirmed there.

    Nothing but what each finding's own sentence for readers says is looked at.
    """
    reported: set[PlaceId] = set()
    doubted: set[PlaceId] = set()
    for finding in findings:
        here, sure = shown_in(finding, gazetteer)
        reported |= here
        doubted |= here - sure
    return Told(reported=tuple(sorted(reported)), confirmed=tuple(sorted(reported - doubted)), as_of=as_of)


def shown_in(finding: Finding, gazetteer: Gazetteer) -> tuple[set[PlaceId], set[PlaceId]]:
    """The areas a finding's sentence for readers says it came from, and those of them it calls confirmed."""
    told_in = () if finding.standing == "refuted" else finding.told_in
    sure = finding.confirmed_in if finding.standing == "corroborated" else ()
    here = {*at_grain(told_in, gazetteer)}
    return here, here & {*at_grain(sure, gazetteer)}


def known(case: Case, findings: Sequence[Finding], gazetteer: Gazetteer) -> dict[PlaceId, set[State]]:
    """All that holds of every place the desk had word from, asked in, or has a partner in; of no other anything."""
    found: dict[PlaceId, set[State]] = {}

    def add(places: Collection[PlaceId], state: State) -> None:
        for place in places:
            found.setdefault(place, set()).add(state)

    for finding in findings:
        add(finding.reported_in, "reported")
        add(finding.confirmed_in, "confirmed")
        add(finding.nothing_in, "nothing")
        for asked in case.inquiries:
            if asked.claim == finding.claim and _in_vain(asked, finding, gazetteer):
                add([asked.place], "refused" if asked.answer == "refused" else "cut")
    for partner in case.partners:
        if partner.state in _LOST:
            add(_spoke_from(partner.handle, case), "silent")
    return found


def _in_vain(asked: Inquiry, finding: Finding, gazetteer: Gazetteer) -> bool:
    """Whether what was asked there in vain still stands: a later word from the place outdates it."""
    return asked.answer != "nothing" and any(
        gazetteer.is_within(asked.place, place) or gazetteer.is_within(place, asked.place)
        for place in finding.unaskable_in
    )


def _spoke_from(handle: Slug, case: Case) -> set[PlaceId]:
    """Where a partner was to ask, and where the chains that end with them say their word holds."""
    own = {chain.id: chain.place for chain in case.chains if of_kind("person", chain.hops[-1].who) == handle}
    told_from = {own[id] or claim.place for claim in case.claims for id in claim.chains if id in own}
    return told_from | {asked.place for asked in case.inquiries if asked.partner == handle}
