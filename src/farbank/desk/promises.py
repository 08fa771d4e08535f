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
    """One date to come back to, `of` a claim, or of a statement of the state's.

    `overdue` says that its last day is over and nobody has closed it.
    """

    of: str
    text: Text
    due: When | None
    outcome: Outcome
    overdue: bool
    closed: Closing | None


def promises(filed: Filed, on: date | None = None) -> list[Promise]:
    """Everything a case has promised or planned, in order of its date, as of a day, or of the story's close."""
    case = filed.case
    day = on or case.close
    texts = {one.id: one.text for one in case.claims} | {one.id: one.text for one in case.statements}
    closings = {one.claim: one for one in case.judgements if isinstance(one, Closing)}
    return [
        Promise(
            of=one.of, text=texts[one.of], due=one.due, outcome=one.outcome,
            overdue=one.outcome == "open" and _over(one.due, day), closed=closings.get(one.of),
        )
        for one in dues(case.claims, case.statements, case.judgements)
    ]  # fmt: skip


def closing(filed: Filed, promise: str, outcome: Outcome, by: str, why: str, evidence: Sequence[str]) -> Closing:
    """How a promise came out, as somebody says now. Raises NoSuchClaim, MissingReference for unknown evidence."""
    if promise not in {one.id for one in filed.case.statements if one.due is not None}:
        claim_of(filed.case, promise)
    rests = evidence_of(filed.case, evidence)
    return Closing(claim=promise, outcome=outcome, by=by, at=datetime.now(UTC), why=why, evidence=rests)


def _over(due: When | None, day: date) -> bool:
    last = due.latest if due else None
    return last is not None and last < day
