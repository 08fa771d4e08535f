"""What is established about one claim, in every detail the desk may see."""

from __future__ import annotations

import msgspec

from farbank.desk.at_close import at_close
from farbank.desk.errors import NoSuchClaim
from farbank.desk.establish import establish
from farbank.desk.file_case import Filed
from farbank.model.case import Case
from farbank.model.claims import Claim
from farbank.model.findings import Finding, Sentences
from farbank.model.places import PlaceId
from farbank.model.text import Text
from farbank.verify.decided import decided
from farbank.verify.how_many import HowMany, how_many
from farbank.verify.origins.count import Voices, voices
from farbank.verify.origins.sides import sides
from farbank.verify.origins.tree import Mouth, tree
from farbank.verify.records import records
from farbank.watch.archives import Places


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, its finding, its two sentences, who told whom and how many of what; for the desk only.

    `voices` says whether a text may speak of several; `places` names those the finding speaks of.
    """

    claim: Claim
    finding: Finding
    sentences: Sentences
    tree: tuple[Mouth, ...]
    voices: Voices
    amounts: tuple[HowMany, ...]
    places: dict[PlaceId, Text]


def show_claim(filed: Filed, claim_id: str, archive: Places | None = None) -> Shown:
    """Raises NoSuchClaim."""
    case = filed.case
    claim = claim_of(case, claim_id)
    established = establish(filed, archive)
    finding = next(each for each in established.findings if each.claim == claim_id)
    basis = at_close(case, filed.pack)
    then = basis.claim(claim)
    counted = decided(then, basis.chains, basis.coincidences, case.judgements)
    seeds = [seed for seed in case.seeds if seed.claim == claim_id]
    bearing = sides([basis.chains[name] for name in then.chains], counted.coincidences, seeds, basis.told)
    return Shown(
        claim=claim,
        finding=finding,
        sentences=established.sentences[claim_id],
        tree=tree(bearing.whole, bearing.own),
        voices=voices(finding.origins),
        amounts=how_many(
            counted.claim.amounts,
            basis.chains,
            counted.coincidences,
            seeds=bearing.whole.seeds,
            records=records(case, filed.known.records, basis.told, besides=claim_id),
        ),
        places={
            place: filed.pack.gazetteer.place(place).names
            for place in (*finding.reported_in, *finding.confirmed_in, *finding.contradicted_in)
        },
    )


def claim_of(case: Case, claim_id: str) -> Claim:
    """The claim with that id. Raises NoSuchClaim."""
    for claim in case.claims:
        if claim.id == claim_id:
            return claim
    known = ", ".join(claim.id for claim in case.claims)
    raise NoSuchClaim(f"the case {case.name} has no claim {claim_id!r}; it has {known}")
