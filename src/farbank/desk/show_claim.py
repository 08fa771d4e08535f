"""What is established about one claim, in every detail the desk may see."""

from __future__ import annotations

import msgspec

from farbank.desk.errors import NoSuchClaim
from farbank.desk.establish import establish
from farbank.desk.file_case import Filed
from farbank.model.case import Case
from farbank.model.chains import Chain
from farbank.model.claims import Claim
from farbank.model.findings import Finding, Sentences
from farbank.watch.archives import Places


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, its finding, its two sentences, and each chain as a line from the farthest mouth to the desk."""

    claim: Claim
    finding: Finding
    sentences: Sentences
    chains: tuple[str, ...]


def show_claim(filed: Filed, claim_id: str, archive: Places | None = None) -> Shown:
    """Raises NoSuchClaim."""
    claim = claim_of(filed.case, claim_id)
    established = establish(filed.case, filed.pack, archive)
    position = next(i for i, finding in enumerate(established.findings) if finding.claim == claim_id)
    chains = {chain.id: chain for chain in filed.case.chains}
    return Shown(
        claim=claim,
        finding=established.findings[position],
        sentences=established.sentences[claim_id],
        chains=tuple(_line(chains[name]) for name in claim.chains),
    )


def claim_of(case: Case, claim_id: str) -> Claim:
    """The claim with that id. Raises NoSuchClaim."""
    for claim in case.claims:
        if claim.id == claim_id:
            return claim
    known = ", ".join(claim.id for claim in case.claims)
    raise NoSuchClaim(f"the case {case.name} has no claim {claim_id!r}; it has {known}")


def _line(chain: Chain) -> str:
    first = chain.hops[0].source
    steps = [first] if first else []
    for hop in chain.hops:
        steps += [f"—{hop.how}→", hop.who] if steps else [hop.who, f"({hop.how})"]
    return " ".join([*steps, "→ desk"] if steps[-1] != "desk" else steps)
