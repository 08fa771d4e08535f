"""How often each teller turned out right, counted from what became known of the desk's claims (F11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from farbank.model.case import Case
from farbank.model.chains import Chain, of_kind
from farbank.model.dates import When
from farbank.model.judgements import Holds, Judged, Resolution
from farbank.model.people import Record
from farbank.model.text import Slug
from farbank.verify.credence.learned import Outcome
from farbank.verify.decided import decided
from farbank.verify.origins.echoes import DESK, onward, reach
from farbank.verify.origins.graph import graph


def resolved(judged: Iterable[Judged]) -> dict[Slug, Holds]:
    """What became known of each claim, by the last word of everybody; where two people differ, it is never-known."""
    latest: dict[tuple[Slug, str], Holds | None] = {}
    for one in judged:
        if isinstance(one, Resolution):
            latest[one.claim, one.by] = one.holds
    found: dict[Slug, Holds] = {}
    for (claim, _), holds in latest.items():
        if holds is not None:
            found[claim] = holds if found.get(claim, holds) == holds else "never-known"
    return found


def outcomes(case: Case, *, besides: Slug | None = None) -> tuple[Outcome, ...]:
    """What the model gave the claims of a case, and how they came out: those that turned out, with a credence kept.

    Of several credences of one claim the earliest counts, least of all what anybody had learned of it since. `besides`
    is a claim that is not counted, so that none speaks for itself.
    """
    latest = {(one.claim, one.by): one for one in case.judgements if isinstance(one, Resolution)}
    given: dict[Slug, tuple[datetime, float]] = {}
    for one in latest.values():
        if one.holds is not None and one.credence is not None:
            kept = (one.at, one.credence)
            given[one.claim] = min(given.get(one.claim, kept), kept)
    return tuple(
        Outcome(given[claim][1], held == "true")
        for claim, held in sorted(resolved(case.judgements).items())
        if held != "never-known" and claim in given and claim != besides
    )


def outcomes_known(case: Case) -> int:
    """How many claims of a case turned out true or false."""
    return sum(holds != "never-known" for holds in resolved(case.judgements).values())


def turned_out(
    case: Case, told: Mapping[Slug, When] | None = None, *, besides: Slug | None = None
) -> dict[Slug, Record]:
    """Per teller, by their token, how many claims of a case they told rightly and how many wrongly.

    Of a `statement` it counts whether it was said. Whoever contradicted what turned out false was right; whoever told
    a claim both ways was neither. Whoever the desk's own word may have reached before does not count (F9), and a report
    judged to be of another event says nothing of this one. `told` is when each chain reached the desk, `besides` a
    claim that is not counted, so that none speaks for itself.
    """
    chains, tokens = {chain.id: chain for chain in case.chains}, {each.id: each.token for each in case.persons}
    holds = resolved(case.judgements)
    found: dict[Slug, Record] = {}
    for claim in case.claims:
        known = holds.get(claim.id)
        if known not in ("true", "false") or claim.id == besides:
            continue
        counted = decided(claim, chains, case.coincidences, case.judgements)
        fed = [seed for seed in case.seeds if seed.claim == claim.id]
        cited = [chains[name] for name in counted.claim.chains]
        whole = graph(cited, counted.coincidences, fed, told)
        reached = reach([DESK], onward(whole, whole.seeds))
        for teller, supported in _told(cited).items():
            if f"person:{teller}" in reached:
                continue
            right = supported == (known == "true")
            one = Record(right=int(right), wrong=int(not right))
            token = tokens.get(teller) or teller
            found[token] = added(found.get(token, Record()), one)
    return found


def records(
    case: Case,
    before: Mapping[Slug, Record] | None = None,
    told: Mapping[Slug, When] | None = None,
    *,
    besides: Slug | None = None,
) -> dict[Slug, Record]:
    """The record of everybody who told the desk something in a case, by their id in it.

    It is what their `Partner` brings, what turned out `before` in other cases (by token), and what did in this one;
    so a partner's own `record` is only for what no case on file resolves.
    """
    brought = {partner.handle: partner.record for partner in case.partners}
    tokens = {each.id: each.token for each in case.persons}
    here = turned_out(case, told, besides=besides)
    tellers = {
        teller for chain in case.chains if (teller := of_kind("person", chain.hops[-1].who)) is not None
    } | brought.keys()
    return {
        teller: added(
            brought.get(teller, Record()),
            *(tally.get(tokens.get(teller) or teller, Record()) for tally in (before or {}, here)),
        )
        for teller in sorted(tellers)
    }


def added(*several: Record) -> Record:
    """Several records of one teller as one."""
    return Record(right=sum(one.right for one in several), wrong=sum(one.wrong for one in several))


def _told(chains: Iterable[Chain]) -> dict[Slug, bool]:
    """Who told it to the desk one way and never the other: True where they supported it."""
    ways: dict[Slug, set[bool]] = {}
    for chain in chains:
        teller = of_kind("person", chain.hops[-1].who)
        if teller is not None:
            ways.setdefault(teller, set()).add(chain.bearing == "supports")
    return {teller: True in way for teller, way in ways.items() if len(way) == 1}
