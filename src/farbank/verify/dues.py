"""Dates to come back to: what was promised, when it falls due, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from farbank.model.claims import Claim
from farbank.model.findings import Due
from farbank.model.judgements import Closing, Judged, Outcome
from farbank.model.statemedia import Statement
from farbank.model.text import Slug


def dues(
    claims: Iterable[Claim], statements: Iterable[Statement] = (), judged: Sequence[Judged] = ()
) -> tuple[Due, ...]:
    """Every promise, and everything with a due date, in order of its date; undated ones come first.

    What the state promised in a statement is among them. How one came out is what people of the desk last `judged` of
    it, else what the claim says.
    """
    found = [
        *(
            Due(of=claim.id, due=claim.due, outcome=_outcome(claim.id, judged, claim.outcome))
            for claim in claims
            if claim.kind == "promise" or claim.due is not None
        ),
        *(Due(of=one.id, due=one.due, outcome=_outcome(one.id, judged)) for one in statements if one.due is not None),
    ]
    return tuple(sorted(found, key=lambda due: (_day(due), due.of)))


def _outcome(of: Slug, judged: Sequence[Judged], told: Outcome | None = None) -> Outcome:
    said = [one.outcome for one in judged if isinstance(one, Closing) and one.claim == of]
    return said[-1] if said else told or "open"


def _day(due: Due) -> date:
    return (due.due.latest if due.due else None) or date.min
