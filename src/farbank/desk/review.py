"""Lay the reports of a claim side by side, two at a time, and take what somebody says of them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

import msgspec

from farbank.country.pack import Pack
from farbank.desk.at_close import at_close
from farbank.desk.chain_line import chain_line
from farbank.desk.show_claim import claim_of
from farbank.model.case import Case
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.judgements import Likeness, Pairing, Question
from farbank.model.text import Language, Slug
from farbank.verify.decided import held
from farbank.verify.decisive import answered, decided_origins

QUESTIONS: tuple[Question, Question] = ("event", "origin")
"""In the order they are asked."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One report as it was taken down, who told it when, and by which of the claim's chains it came."""

    report: Slug
    partner: Slug
    when: When
    language: Language
    text: str
    chains: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports, what they are held to be by everybody so far, and what is `left` to ask.

    The claim has `origins` that are sure now, and would have from `fewest` to `most` after an answer.
    """

    claim: Slug
    a: Side
    b: Side
    event: Likeness | None
    origin: Likeness | None
    left: tuple[Question, ...]
    origins: int
    fewest: int
    most: int

    @property
    def swing(self) -> int:
        """By how many origins an answer could move the claim."""
        return max(self.origins - self.fewest, self.most - self.origins)


def pairs(case: Case, pack: Pack, claim_id: str, by: str | None = None) -> list[Pair]:
    """Every two reports of a claim that `by` has not judged, all if nobody is named; the most decisive come first.

    Those whose answer moves the sure number of origins most come before the others, then in order of their ids. Of
    two reports of different events it is not asked whether their origins differ. Raises NoSuchClaim.
    """
    basis = at_close(case, pack)
    claim = basis.claim(claim_of(case, claim_id))
    fed = [seed for seed in case.seeds if seed.claim == claim.id]
    told = sorted({report for name in claim.chains for report in basis.chains[name].reports})
    events, origins = (held(case.judgements, claim.id, question) for question in QUESTIONS)
    own = [one for one in case.judgements if one.by == by]
    said = {question: held(own, claim.id, question) for question in QUESTIONS}
    counted = (claim, basis.chains, basis.coincidences, case.judgements)
    now = decided_origins(*counted, fed, basis.told)
    sides = {report: _side(case, claim, report) for report in told}
    found = []
    for a, b in combinations(told, 2):
        left = _left(said["event"].get((a, b)), said["origin"].get((a, b)))
        if left:
            fewest, most = answered(*counted, (a, b), by or "", fed, basis.told)
            pair = Pair(
                claim=claim.id, a=sides[a], b=sides[b], event=events.get((a, b)), origin=origins.get((a, b)),
                left=left, origins=now, fewest=fewest, most=most,
            )  # fmt: skip
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.swing, pair.a.report, pair.b.report))


def pairing(pair: Pair, verdict: Likeness, by: str) -> Pairing:
    """What somebody answers now to the first question left about a pair."""
    return Pairing(
        claim=pair.claim, a=pair.a.report, b=pair.b.report, question=pair.left[0],
        by=by, at=datetime.now(UTC), verdict=verdict,
    )  # fmt: skip


def withdrawal(case: Case, claim_id: str, by: str) -> Pairing | None:
    """What takes back the last that somebody said of two reports of a claim and that still stands; None if nothing."""
    said: dict[tuple[Slug, Slug, Question], Pairing] = {}
    for one in case.judgements:
        if isinstance(one, Pairing) and (one.claim, one.by) == (claim_id, by):
            said.pop((one.a, one.b, one.question), None)
            if one.verdict is not None:
                said[one.a, one.b, one.question] = one
    if not said:
        return None
    *_, last = said.values()
    return msgspec.structs.replace(last, verdict=None, at=datetime.now(UTC))


def _left(event: Likeness | None, origin: Likeness | None) -> tuple[Question, ...]:
    """What is left to ask whoever has said so much."""
    if event == "different":
        return ()
    return tuple(question for question, answer in zip(QUESTIONS, (event, origin), strict=True) if answer is None)


def _side(case: Case, claim: Claim, name: Slug) -> Side:
    report = next(each for each in case.reports if each.id == name)
    contact = next(each for each in case.contacts if each.id == report.contact)
    cited = [chain for chain in case.chains if chain.id in claim.chains and name in chain.reports]
    return Side(
        report=name, partner=contact.partner, when=contact.when, language=report.language, text=report.text,
        chains=tuple(chain_line(chain) for chain in cited),
    )  # fmt: skip
