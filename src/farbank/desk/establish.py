"""Every claim of a case made into a finding, with what state media say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from farbank.country.pack import Pack
from farbank.desk.file_case import Filed
from farbank.model.case import Case
from farbank.model.chains import Coincidence, seen
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.findings import Allowance, Finding, Sentences
from farbank.model.movements import printed, unwitnessed
from farbank.model.statemedia import Search, Window
from farbank.model.text import Slug, Text
from farbank.verify.decided import decided
from farbank.verify.find import find
from farbank.verify.records import outcomes_known, records
from farbank.verify.scope import in_hand
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
    chains = {chain.id: chain for chain in case.chains}
    told, one = told_on(case), (*case.coincidences, *alike(case, pack))
    counted = (decided(as_of_close(claim, case), chains, one, case.judgements) for claim in case.claims)
    findings = tuple(
        find(
            each.claim,
            chains,
            searches,
            pack.gazetteer,
            case.close,
            coincidences=each.coincidences,
            evidence=case.evidence,
            seeds=case.seeds,
            inquiries=case.inquiries,
            records=records(case, known.records, besides=each.claim.id),
            outcomes_known=known.outcomes + outcomes_known(case),
            told=told,
            aside=each.aside,
        )
        for each in counted
    )
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


def as_of_close(claim: Claim, case: Case) -> Claim:
    """The claim with those of its chains that had reached the desk by the close; all, if none had."""
    chains = {chain.id: chain for chain in case.chains}
    came = in_hand([chains[name] for name in claim.chains], case.close, told_on(case))
    return msgspec.structs.replace(claim, chains=tuple(chain.id for chain in came)) if came else claim


def alike(case: Case, pack: Pack) -> Iterator[Coincidence]:
    """Who is one for certain: people of one token, and the state with every outlet of the country pack."""
    tokens: dict[Slug, Slug] = {}
    for person in case.persons:
        if person.token is not None:
            first = tokens.setdefault(person.token, person.id)
            if first != person.id:
                yield Coincidence(a=f"person:{first}", b=f"person:{person.id}", probability=1.0)
    for outlet in pack.outlets:
        yield Coincidence(a="state", b=f"outlet:{outlet.id}", probability=1.0)


def told_on(case: Case) -> dict[Slug, When]:
    """Per chain of which there is a report, when it last reached the desk before the close, else when it first did."""
    days = {contact.id: contact.when for contact in case.contacts}
    heard = {report.id: days[report.contact] for report in case.reports}
    return {
        chain.id: _last([heard[report] for report in chain.reports], case.close)
        for chain in case.chains
        if chain.reports
    }


def _last(told: Sequence[When], close: date) -> When:
    before = [when for when in told if (when.earliest or date.min) <= close]
    return max(before or told[:1], key=lambda when: when.latest or date.max)


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
