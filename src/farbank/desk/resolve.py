"""Say what became known of a claim since, and what its tellers' records are then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from farbank.desk.at_close import told_when
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
    """What somebody says of a claim now; None withdraws it. Raises NoSuchClaim, MissingReference for the evidence."""
    claim = claim_of(filed.case, claim_id)
    rests = evidence_of(filed.case, evidence)
    return Resolution(claim=claim.id, by=by, at=datetime.now(UTC), holds=holds, why=why, evidence=rests)


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
