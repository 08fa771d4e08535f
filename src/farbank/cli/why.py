"""Why a claim is believed as far as it is, in plain words for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor

from farbank.model.credence import Credence, Ground, Influence

_GROUNDS: Mapping[Ground, str] = {
    "prior": "how often what is told of this kind holds",
    "report": "chain {} says so",
    "hops": "it went through hands that may have garbled it",
    "shared-origin": "chains ran through the same hands",
    "unknown-link": "nobody knows who passed it on somewhere",
    "seeded": "a teller had it from elsewhere before",
    "record": "how often the tellers turned out right",
    "contradicted": "chain {} says it is not so",
    "asked-nothing": "others were asked and had heard nothing",
    "state-said": "state media said so",
    "state-silent": "state media are silent",
    "state-denied": "state media deny it",
    "document": "{} bears on it",
    "outcomes": "how the desk's own outcomes came out, held against what it had been given",
}


def how_sure(known: Credence | None) -> str:
    """The probability, and the Admiralty pair."""
    if known is None:
        return "cannot be judged"
    pair = f"source {known.reliability}, item {known.credibility}"
    low, high = floor(100 * known.low), ceil(100 * known.high)
    return f"{low}% to {high}%, middle {known.mid:.0%}; {pair}"


def reasons(known: Credence) -> Iterator[str]:
    """What moved the odds and by how much, the largest first: × towards true, ÷ away from it."""
    for one in known.influences:
        if (factor := _factor(one)) not in ("×1.0", "÷1.0"):
            yield f"{factor:>7}  {_GROUNDS[one.ground].format(one.about)}"


def _factor(one: Influence) -> str:
    return f"×{one.factor:,.1f}" if one.factor >= 1 else f"÷{1 / one.factor:,.1f}"
