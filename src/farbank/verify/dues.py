"""Dates to come back to: what was promised, when it falls due, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from farbank.model.claims import Claim
from farbank.model.findings import Due


def dues(claims: Iterable[Claim]) -> tuple[Due, ...]:
    """Every promise, and everything with a due date, in order of its date; undated ones come first."""
    found = [
        Due(claim=claim.id, due=claim.due, outcome=claim.outcome or "open")
        for claim in claims
        if claim.kind == "promise" or claim.due is not None
    ]
    return tuple(sorted(found, key=lambda due: (_day(due), due.claim)))


def _day(due: Due) -> date:
    return (due.due.latest if due.due else None) or date.min
