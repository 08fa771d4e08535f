"""How much hangs on a verdict about two reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.judgements import Judged, Likeness, Pairing, Question
from farbank.model.text import Slug
from farbank.verify.decided import decided
from farbank.verify.origins.count import sure
from farbank.verify.origins.graph import graph

ANSWERS: tuple[tuple[Question, Likeness], ...] = (
    ("event", "different"), ("event", "same"), ("origin", "same"), ("origin", "different"),
)  # fmt: skip

NEVER = datetime.min.replace(tzinfo=UTC)
"""When an answer that is only thought of was given."""


def decided_origins(
    claim: Claim,
    chains: Mapping[Slug, Chain],
    coincidences: Sequence[Coincidence],
    judged: Sequence[Judged],
    seeds: Sequence[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> int:
    """The sure number of origins of a claim after all that was `judged`; `seeds` are those of the claim."""
    counted = decided(claim, chains, coincidences, judged)
    known = [chains[name] for name in (*counted.claim.chains, *counted.aside) if chains[name].bearing == "supports"]
    return sure(graph(known, counted.coincidences, seeds, told), counted.claim.chains)


def answered(
    claim: Claim,
    chains: Mapping[Slug, Chain],
    coincidences: Sequence[Coincidence],
    judged: Sequence[Judged],
    pair: tuple[Slug, Slug],
    by: str,
    seeds: Sequence[Seed] = (),
    told: Mapping[Slug, When] | None = None,
) -> tuple[int, int]:
    """The fewest and the most sure origins the claim would have after some answer of `by` about two reports."""
    numbers = [
        decided_origins(claim, chains, coincidences, (*judged, answer), seeds, told)
        for question, verdict in ANSWERS
        for answer in [
            Pairing(claim=claim.id, a=pair[0], b=pair[1], question=question, by=by, at=NEVER, verdict=verdict)
        ]
    ]
    return min(numbers), max(numbers)
