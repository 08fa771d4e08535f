"""What bears on a claim besides what people told: who heard nothing, what the state says, documents and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from farbank.model.chains import Chain
from farbank.model.claims import Claim, Evidence
from farbank.model.inquiries import Inquiry
from farbank.model.statemedia import Result
from farbank.verify.credence import rates
from farbank.verify.credence.rates import DRAWN, Values

STATE: Mapping[Result, float] = {
    "said": 2.0, "half-said": 1.4, "said-elsewhere": 1.1, "contradicted": 0.95, "silent": 0.9, "cannot-tell": 1.0,
}  # fmt: skip
"""By how much it moves the odds. The state is silent on most that happens, and denies what is true as it does what is
not: of the two a denial says less."""
STATE_STATEMENT: Mapping[Result, float] = {**STATE, "said": 20.0, "half-said": 3.0, "contradicted": 0.6, "silent": 0.6}
"""The same where the claim is that the state said it."""
DOCUMENT: Mapping[tuple[str, str], float] = {
    ("document", "supports"): 4.0, ("document", "contradicts"): 0.25, ("document", "consistent"): 1.2,
    ("picture", "supports"): 6.0, ("picture", "contradicts"): 0.1, ("picture", "consistent"): 1.2,
}  # fmt: skip
"""By how much one moves the odds. A marked copy can be planted; a picture shows less than it seems to."""


def heard_nothing(claim: Claim, inquiries: Iterable[Inquiry], as_of: date) -> Values:
    """The logarithm of the odds factor of having asked in vain, per draw.

    All who were asked count together, wherever they were, because what keeps one silent keeps the next: hearing
    nothing of `asked` people though it holds is s + (1 - s)(1 - p)^asked. What was asked before it can have been known
    there says nothing (F13); whoever told it later than that changes nothing about it.
    """
    known = (claim.known or claim.when).earliest or date.min
    asked = sum(
        each.asked
        for each in inquiries
        if each.claim == claim.id
        and each.answer == "nothing"
        and (each.when.earliest is None or each.when.earliest <= as_of)
        and (each.when.latest is None or each.when.latest >= known)
    )
    silent, hears = rates.values(rates.UNSPEAKABLE, rates.AROUND, DRAWN), rates.values(rates.HEARS, rates.AROUND, DRAWN)
    found: Values = np.log(silent + (1 - silent) * (1 - hears) ** asked)
    return found


def state_factor(claim: Claim, result: Result) -> float:
    """By how much what state media say of it moves the odds."""
    said_by_state = claim.kind == "statement" and claim.speaker is not None
    return (STATE_STATEMENT if said_by_state else STATE)[result]


def documents(claim: Claim, chains: Sequence[Chain], evidence: Iterable[Evidence]) -> tuple[tuple[str, float], ...]:
    """Per document or picture that bears on it, its id and odds factor; one that stands in a chain counted there."""
    passed = {node for chain in chains for hop in chain.hops for node in (hop.source, hop.who)}
    found = {
        (item.ref, DOCUMENT[item.kind, item.bearing])
        for item in evidence
        if item.claim == claim.id and (item.kind, item.bearing) in DOCUMENT and f"document:{item.ref}" not in passed
    }
    return tuple(sorted(found))
