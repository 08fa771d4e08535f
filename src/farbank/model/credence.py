"""How far a claim is to be believed, in three scales never mixed: odds, the Admiralty pair, a reader's word."""

from __future__ import annotations

from typing import Literal

import msgspec

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Of a source, by its record: completely, usually, fairly, not usually reliable, not; F cannot be judged (E44)."""

Credibility = Literal[1, 2, 3, 4, 5, 6]
"""Of an item: confirmed by others, probably true, possibly true, doubtful, improbable; 6 cannot be judged (E44)."""

Likelihood = Literal[
    "almost-no-chance", "very-unlikely", "unlikely", "roughly-even-chance", "likely", "very-likely", "almost-certain"
]  # fmt: skip
"""ICD 203, words of its first row alone: 1–5, 5–20, 20–45, 45–55, 55–80, 80–95, 95–99 % (E45)."""

Ground = Literal[
    "prior", "report", "hops", "shared-origin", "unknown-link", "seeded", "record", "contradicted",
    "asked-nothing", "state-said", "state-silent", "state-denied", "document", "outcomes",
]  # fmt: skip


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """What moved the odds by `factor` (above 1 towards true), on what `ground`, `about` which chain or place."""

    ground: Ground
    factor: float
    about: str = ""


class Credence(msgspec.Struct, frozen=True, kw_only=True):
    """The probability that a claim holds, `low` to `high` around `mid`, and why: `influences`, the largest first.

    `reliability` is that of the best teller, from A; `credibility` that of the claim. `word` is for readers, and None
    until enough outcomes of the desk are known to say that its words are calibrated.
    """

    low: float
    mid: float
    high: float
    reliability: Reliability
    credibility: Credibility
    influences: tuple[Influence, ...]
    word: Likelihood | None = None
