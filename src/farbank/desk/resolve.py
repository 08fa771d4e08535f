"""Say what became known of a claim since, and what its tellers' records are then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from farbank.desk.at_close import told_when
from farbank.desk.establish import establish
from farbank.desk.file_case import Filed
from farbank.desk.judge import evidence_of
from farbank.desk.show_claim import claim_of
from farbank.model.chains import of_kind
from farbank.model.judgements import Holds, Resolution
from farbank.model.people import Record
from farbank.model.text import Slug
from farbank.verify.records import outcomes_known, records, resolved


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, what the claim `stands` at by the word of everybody, its tellers' records, the desk's outcomes."""

    said: Resolution
    stands: Holds | None
    records: dict[Slug, Record]
    outcomes: int


def resolution(
    filed: Filed, claim_id: str, holds: Holds | None, by: str, why: str, evidence: Sequence[str]
) -> Resolution:
    """What somebody says of a claim now; None withdraws it. Raises NoSuchClaim, MissingReference for the evidence.

    What the model by itself gives the claim is kept with it, so that the desk can learn how far to believe that (F11).
    """
    claim = claim_of(filed.case, claim_id)
    rests = evidence_of(filed.case, evidence)
    given = None if holds in (None, "never-known") else _given(filed, claim.id)
    return Resolution(claim=claim.id, by=by, at=datetime.now(UTC), holds=holds, credence=given, why=why, evidence=rests)


def _given(filed: Filed, claim: Slug) -> float | None:
    """The credence of a claim as of the close, by searches on file and by nothing learned from outcomes.

    What had been judged of the claim itself counts in it; that it turned out does not.
    """
    unlearned = replace(filed, known=replace(filed.known, given=()))
    judged = tuple(
        msgspec.structs.replace(one, credence=None) if isinstance(one, Resolution) else one
        for one in filed.case.judgements
    )
    unlearned = replace(unlearned, case=msgspec.structs.replace(filed.case, judgements=judged))
    found = next(finding for finding in establish(unlearned).findings if finding.claim == claim)
    return None if found.credence is None else found.credence.mid


def counting(filed: Filed, said: Resolution) -> Resolved:
    """What follows once `said` stands beside what was judged before."""
    case = msgspec.structs.replace(filed.case, judgements=(*filed.case.judgements, said))
    cited = set(claim_of(case, said.claim).chains)
    tellers = {of_kind("person", chain.hops[-1].who) for chain in case.chains if chain.id in cited}
    known = records(case, filed.known.records, told_when(case))
    return Resolved(
        said=said,
        stands=resolved(case.judgements).get(said.claim),
        records={who: record for who, record in known.items() if who in tellers},
        outcomes=filed.known.outcomes + outcomes_known(case),
    )
