"""What was promised or planned by a date: when it falls due, how it came out, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec

from farbank.desk.file_case import Filed
from farbank.desk.judge import evidence_of
from farbank.desk.show_claim import claim_of
from farbank.model.dates import When
from farbank.model.judgements import Closing, Outcome
from farbank.model.text import Text
from farbank.verify.dues import dues


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """One date to come back to; `overdue` says that its last day is over and nobody has closed it."""

    claim: str
    text: Text
    due: When | None
    outcome: Outcome
    overdue: bool
    closed: Closing | None


def promises(filed: Filed, on: date | None = None) -> list[Promise]:
    """Every promise and plan of a case, in order of its date, as of a day (the story's close if none is given)."""
    case = filed.case
    day = on or case.close
    claims = {claim.id: claim for claim in case.claims}
    closings = {one.claim: one for one in case.judgements if isinstance(one, Closing)}
    return [
        Promise(
            claim=one.claim, text=claims[one.claim].text, due=one.due, outcome=one.outcome,
            overdue=one.outcome == "open" and _over(one.due, day), closed=closings.get(one.claim),
        )
        for one in dues(case.claims, case.judgements)
    ]  # fmt: skip


def closing(filed: Filed, claim_id: str, outcome: Outcome, by: str, why: str, evidence: Sequence[str]) -> Closing:
    """How a promise came out, as somebody says now. Raises NoSuchClaim, MissingReference for unknown evidence."""
    claim = claim_of(filed.case, claim_id)
    rests = evidence_of(filed.case, evidence)
    return Closing(claim=claim.id, outcome=outcome, by=by, at=datetime.now(UTC), why=why, evidence=rests)


def _over(due: When | None, day: date) -> bool:
    last = due.latest if due else None
    return last is not None and last < day
