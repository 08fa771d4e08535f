"""Every claim of a case made into a finding, with what state media say of it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import msgspec

from farbank.country.pack import Pack
from farbank.desk.at_close import at_close
from farbank.desk.file_case import Filed
from farbank.model.case import Case
from farbank.model.chains import seen
from farbank.model.claims import Claim
from farbank.model.findings import Allowance, Finding, Sentences
from farbank.model.movements import printed, unwitnessed
from farbank.model.people import Record
from farbank.model.statemedia import Search, Window
from farbank.model.text import Slug, Text
from farbank.verify.credence.learned import Learned, learn
from farbank.verify.decided import decided
from farbank.verify.find import find
from farbank.verify.records import outcomes, outcomes_known, records, resolved
from farbank.verify.word import word
from farbank.watch import archives
from farbank.watch.archives import Places
from farbank.watch.check import check
from farbank.watch.sentence import sentence

LOOK_BACK = timedelta(days=30)
"""How long before the close the search begins where the claim's own beginning is open."""


class Established(msgspec.Struct, frozen=True, kw_only=True):
    """Findings in the case's order; sentences by claim id; searches and, by search id, their sentence per language."""

    findings: tuple[Finding, ...]
    sentences: dict[str, Sentences]
    searches: tuple[Search, ...]
    search_sentences: dict[str, Text]


def establish(filed: Filed, archive: Places | None = None) -> Established:
    """Find every claim as of the story's close; machine searches are made only where an archive is given.

    Raises ClaimWithoutChain, NoArchive.
    """
    case, pack, known = filed.case, filed.pack, filed.known
    searches = (*case.searches, *_machine(case, pack, archive))
    basis, number = at_close(case, pack), known.outcomes + outcomes_known(case)
    settled = resolved(case.judgements)

    @cache
    def taught(besides: Slug | None) -> tuple[dict[Slug, Record], Learned | None]:
        """The records, and what outcomes showed, without one claim's own."""
        learned = learn((*known.given, *outcomes(case, besides=besides)))
        return records(case, known.records, basis.told, besides=besides), learned

    def found(claim: Claim) -> Finding:
        counted = decided(basis.claim(claim), basis.chains, basis.coincidences, case.judgements)
        own_records, learned = taught(claim.id if claim.id in settled else None)
        return find(
            counted.claim,
            basis.chains,
            searches,
            pack.gazetteer,
            case.close,
            coincidences=counted.coincidences,
            evidence=case.evidence,
            seeds=case.seeds,
            inquiries=case.inquiries,
            records=own_records,
            outcomes_known=number,
            learned=learned,
            told=basis.told,
            aside=counted.aside,
        )

    findings = tuple(map(found, case.claims))
    return Established(
        findings=findings,
        sentences={
            claim.id: word(finding, claim, Allowance(), pack)
            for claim, finding in zip(case.claims, findings, strict=True)
        },
        searches=searches,
        search_sentences={
            search.id: {language: sentence(search, pack, language) for language in case.languages}
            for search in searches
        },
    )


def window_of(claim: Claim, case: Case) -> Window:
    """The days to search: from the first day the claim can mean to the story's close.

    They are printed, so those of a movement begin with the part of the month it lies in, and those of what somebody saw
    with the month: they do not tell its day (F18).
    """
    chains = [chain for chain in case.chains if chain.id in claim.chains]
    when = unwitnessed(printed(claim.when, claim, {each.id: each for each in case.claims}), seen=seen(chains))
    first = when.earliest or case.close - LOOK_BACK
    return Window(first=min(first, case.close), last=case.close)


def _machine(case: Case, pack: Pack, archive: Places | None) -> tuple[Search, ...]:
    if not archive:
        return ()
    with archives.open(archive) as opened:
        return tuple(
            check(claim, opened, pack, window_of(claim, case), judged=case.judgements)
            for claim in case.claims
            if claim.query is not None
        )
