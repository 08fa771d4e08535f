"""The events of a story with their dates, and what was promised, as a timeline and a calendar take them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from farbank.chart.promises import Promise
from farbank.chart.timeline import Circle, Event
from farbank.country.phrases import Phrases
from farbank.desk import promises
from farbank.desk.file_case import Filed
from farbank.model.case import Case
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.findings import Due, Finding
from farbank.model.movements import printed, unwitnessed
from farbank.model.text import Slug, Text
from farbank.verify.dues import dues

_UNDATED = ("assessment",)
"""What is judged has no date of its own: it would be that of the judging."""


def for_readers(claims: Sequence[Claim], case: Case, findings: Mapping[Slug, Finding], phrases: Phrases) -> list[Event]:
    """The events of claims as their notes date them, no more exactly, and what falls due."""
    every = {claim.id: claim for claim in case.claims}
    due = {one.of: one for one in dues(claims, (), case.judgements)}
    return [
        event
        for claim in _whole(claims)
        for event in _events(
            claim,
            _told(claim, every, findings[claim.id]),
            _due(due.get(claim.id), claim, every),
            _stands(findings[claim.id], phrases),
            phrases,
            case,
        )
    ]


def for_desk(case: Case, findings: Mapping[Slug, Finding], phrases: Phrases) -> list[Event]:
    """The events of every claim, as exact as they are filed."""
    due = {one.of: one for one in dues(case.claims, (), case.judgements)}
    return [
        event
        for claim in _whole(case.claims)
        for event in _events(claim, claim.when, due.get(claim.id), _stands(findings[claim.id], phrases), phrases, case)
    ]


def promises_for_readers(
    claims: Sequence[Claim], case: Case, findings: Mapping[Slug, Finding], phrases: Phrases
) -> list[Promise]:
    """What these claims promise, and how it stands at the close."""
    every = {claim.id: claim for claim in case.claims}
    own = {claim.id: claim for claim in claims}
    return [
        Promise(
            due=printed(one.due, own[one.of], every) if one.due else _told(own[one.of], every, findings[one.of]),
            text=sentence(own[one.of].text, phrases),
            word=_outcome(one, case, phrases),
            closed=_circle(one) == "closed",
        )
        for one in dues(claims, (), case.judgements)
    ]


def promises_for_desk(filed: Filed, phrases: Phrases) -> list[Promise]:
    """Everything promised in a case, the state's own promises among it, and what is overdue."""
    found = []
    for one in promises.promises(filed):
        due = Due(of=one.of, due=one.due, outcome=one.outcome)
        word = phrases.say("chart.overdue") if one.overdue else _outcome(due, filed.case, phrases)
        found.append(Promise(due=one.due, text=sentence(one.text, phrases), word=word, closed=_circle(due) == "closed"))
    return found


def sentence(text: Text, phrases: Phrases) -> str:
    """The text as a sentence in the language of `phrases`, else in English, else in any."""
    said = text.get(phrases.language) or text.get("en") or next(iter(text.values()), "")
    return phrases.say("page.claim", claim=" ".join(said.split()))


def _told(claim: Claim, every: Mapping[Slug, Claim], finding: Finding) -> When:
    """When it was, as the note beside its paragraph dates it."""
    return unwitnessed(printed(claim.when, claim, every), seen=finding.seen or finding.hops == 1)


def _whole(claims: Sequence[Claim]) -> list[Claim]:
    """Claims that have a date of their own: a detail has that of what it is part of."""
    ids = {claim.id for claim in claims}
    return [claim for claim in claims if claim.kind not in _UNDATED and claim.part_of not in ids]


def _due(due: Due | None, claim: Claim, every: Mapping[Slug, Claim]) -> Due | None:
    if due is None or due.due is None:
        return due
    return Due(of=due.of, due=printed(due.due, claim, every), outcome=due.outcome)


def _events(claim: Claim, when: When, due: Due | None, stands: str, phrases: Phrases, case: Case) -> Iterator[Event]:
    """One event, and another for its due date if that is another."""
    text = sentence(claim.text, phrases)
    if due is None:
        yield Event(when=when, text=text, word=stands)
        return
    outcome = _outcome(due, case, phrases)
    if due.due is None or due.due.latest == when.latest:
        yield Event(when=when, text=text, word=f"{stands} · {outcome}", circle=_circle(due))
        return
    yield Event(when=when, text=text, word=stands)
    yield Event(when=due.due, text=text, word=outcome, circle=_circle(due))


def _outcome(due: Due, case: Case, phrases: Phrases) -> str:
    return phrases.say(f"page.outcome-{due.outcome}", date=phrases.date(case.close))


def _circle(due: Due) -> Circle:
    return "closed" if due.outcome in ("met", "unmet") else "open"


def _stands(finding: Finding, phrases: Phrases) -> str:
    """How far it is established, and no more than its sentence for readers tells, in the same order of cases."""
    if finding.standing == "unsupported":
        return phrases.say("chart.stands-open")
    if finding.origin_kinds == ("desk",):
        return phrases.say("chart.stands-desk")
    opposed = {"cannot-judge": "open", "contested": "differ", "refuted": "contradicted"}.get(finding.standing)
    kinds = finding.origin_kinds
    alone = kinds[0] if kinds in (("state",), ("media",)) else None
    told = "confirmed" if finding.standing == "corroborated" and finding.confirmed_in else "reported"
    return phrases.say(f"chart.stands-{opposed or alone or told}")
