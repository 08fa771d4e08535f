"""What of a case rests on one partner: their calls and reports, the claims behind which they stand, and the story."""

from __future__ import annotations

import msgspec

from farbank.desk.drafts import drafts_of
from farbank.desk.timed import behind
from farbank.model.case import Case
from farbank.model.errors import FarbankError
from farbank.model.text import Slug


class Resting(msgspec.Struct, frozen=True, kw_only=True):
    """Of one case, by id: what came of a partner, and who else stands in their chains, whom they may be made to name.

    `story` says whether what is written cites any of it, names or quotes them; True also where it cannot be read.
    """

    case: Slug
    handle: Slug
    contacts: tuple[Slug, ...]
    reports: tuple[Slug, ...]
    claims: tuple[Slug, ...]
    others: tuple[Slug, ...]
    pictures: tuple[Slug, ...]
    story: bool


def aliases(case: Case, handle: Slug, tokens: frozenset[Slug]) -> tuple[Slug, ...]:
    """The code words of a case that are this partner: the handle, and whoever bears one of their tokens."""
    known = {partner.handle for partner in case.partners} | {person.id for person in case.persons}
    same = {person.id for person in case.persons if person.token is not None and person.token in tokens}
    return tuple(sorted((known & {handle}) | same))


def tokens_of(cases: tuple[Case, ...], handle: Slug) -> frozenset[Slug]:
    """What the ledger calls this partner in any of these cases; the handle itself where it has no other name."""
    found = {person.token or handle for case in cases for person in case.persons if person.id == handle}
    return frozenset(found | {handle})


def rests_on(case: Case, who: Slug) -> Resting:
    """What of a case rests on somebody of it."""
    contacts = {contact.id for contact in case.contacts if contact.partner == who}
    reports = {report.id for report in case.reports if report.contact in contacts}
    chains = [chain for chain in case.chains if who in chain.people or reports & {*chain.reports}]
    ids = {chain.id for chain in chains}
    return Resting(
        case=case.name,
        handle=who,
        contacts=tuple(sorted(contacts)),
        reports=tuple(sorted(reports)),
        claims=tuple(claim.id for claim in case.claims if ids & {*claim.chains}),
        others=tuple(sorted({person for chain in chains for person in chain.people} - {who})),
        pictures=tuple(picture.id for picture in case.pictures if picture.photographer == who),
        story=_told(case, who, reports),
    )


def _told(case: Case, who: Slug, reports: set[Slug]) -> bool:
    if not case.stories:
        return False
    try:
        drafts = drafts_of(case).values()
    except FarbankError:
        return True
    cited = {claim for draft in drafts for claim in draft.cited}
    chains = {chain for claim in case.claims if claim.id in cited for chain in claim.chains}
    taken_down = {report for chain in case.chains if chain.id in chains for report in chain.reports}
    return who in behind(case, cited, drafts) or bool(taken_down & reports)
