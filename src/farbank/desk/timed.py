"""When a story may go out: the embargoes on what it cites, and the days between the calls and the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import blake2b

import msgspec

from farbank.desk.establish import Established
from farbank.desk.file_case import Filed
from farbank.desk.shield import token
from farbank.model.case import Case
from farbank.model.exposure import Embargo, Lift, Timing
from farbank.model.story import Draft
from farbank.model.text import Slug
from farbank.protect.embargo import embargoes
from farbank.protect.forbidden import Forbidden
from farbank.protect.timing import timing, warnings


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """Both gates and the day they were asked about; `on` is None where no day was given and none would do.

    `lifts` are in force for what the story cites; `void` says of each other why it is not.
    """

    on: date | None
    embargoes: tuple[Embargo, ...]
    timing: Timing
    lifts: tuple[Lift, ...] = ()
    void: tuple[str, ...] = ()

    @property
    def not_before(self) -> date | None:
        """The first day both gates are open, None if there is none."""
        days = [self.timing.not_before, *(embargo.open_from for embargo in self.embargoes)]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


def timed(
    filed: Filed, drafts: Collection[Draft], established: Established, edition: Slug, on: date | None = None
) -> Timed:
    """Ask both gates about going out `on` that day, or on the first day that would do."""
    case, phrases = filed.case, filed.pack.desk_phrases
    cited = {claim for draft in drafts for claim in draft.cited}
    lifts = {lift.claim: lift for lift in filed.lifts}
    held = embargoes(case.claims, cited, established.searches, case.statements, case.desk.embargo, phrases, lifts)
    waits = timing(
        case.contacts,
        _tellers(case, cited, drafts),
        case.desk.delay,
        _secret(filed.forbidden),
        story=case.name,  # not the edition's: to name it anew must not draw again
        close=case.close,
        phrases=phrases,
    )
    first = Timed(on=on, embargoes=held, timing=waits, lifts=filed.lifts, void=filed.void)
    day = on or first.not_before
    told = warnings(
        {person: token(filed, person) for person in sorted(behind(case, cited, drafts))},
        case.partners,
        case.contacts,
        [release for release in filed.releases or () if release.edition != edition],
        close=case.close,
        delay=case.desk.delay,
        on=day,
        phrases=phrases,
    )
    return msgspec.structs.replace(first, on=day, timing=msgspec.structs.replace(waits, warnings=told))


def _secret(forbidden: Forbidden) -> bytes:
    """What days are drawn under: known to whoever holds content, and no other use of the list's key gives it."""
    return blake2b(key=forbidden.key, digest_size=32, person=b"farbank timing").digest()


def behind(case: Case, cited: Collection[Slug], drafts: Iterable[Draft]) -> set[Slug]:
    """Everyone in a cited chain, everyone named or quoted, and whoever took a picture or is behind a document."""
    chains = {chain for claim in case.claims if claim.id in cited for chain in claim.chains}
    people = {person for chain in case.chains if chain.id in chains for person in chain.people}
    printed = {block.picture for draft in drafts for block in draft.blocks}
    people |= {each.photographer for each in case.pictures if each.id in printed and each.photographer}
    people |= {who for draft in drafts for id in case.documents_in(draft) for who in case.brought(id)}
    return people | _voices(case, drafts)


def _voices(case: Case, drafts: Iterable[Draft]) -> set[Slug]:
    named = {source for draft in drafts for sentence in draft.sentences for source in sentence.sources}
    speakers = case.speakers
    return named | {speakers[block.report] for draft in drafts for block in draft.blocks if block.report}


def _tellers(case: Case, cited: Collection[Slug], drafts: Iterable[Draft]) -> set[Slug]:
    """The partners behind what is cited; where no contact at all is on file, everybody behind it."""
    everybody = behind(case, cited, drafts)
    return everybody & {partner.handle for partner in case.partners} if case.contacts else everybody
