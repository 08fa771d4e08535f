"""Dates to come back to: what was promised, when it falls due, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from farbank.model.claims import Claim
from farbank.model.findings import Due
from farbank.model.judgements import Closing, Judged, Outcome


def dues(claims: Iterable[Claim], judged: Sequence[Judged] = ()) -> tuple[Due, ...]:
    """Every promise, and everything with a due date, in order of its date; undated ones come first.

    How one came out is what people of the desk last `judged` of it, else what the claim says.
    """
    found = [
        Due(claim=claim.id, due=claim.due, outcome=_outcome(claim, judged))
        for claim in claims
        if claim.kind == "promise" or claim.due is not None
    ]
    return tuple(sorted(found, key=lambda due: (_day(due), due.claim)))


def _outcome(claim: Claim, judged: Sequence[Judged]) -> Outcome:
    said = [one.outcome for one in judged if isinstance(one, Closing) and one.claim == claim.id]
    return said[-1] if said else claim.outcome or "open"


def _day(due: Due) -> date:
    return (due.due.latest if due.due else None) or date.min
