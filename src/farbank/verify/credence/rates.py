"""How often people who know, pass on or invent something get it right: every number the credence model rests on.

None of them was measured in a closed country. They are the desk's judgement, stated with how unsure it is;
`docs/method/credence.md` says what each rests on. A rate is a logit-normal: its middle, and the standard deviation of
its logit. It is worked with at its middle, and at a fixed set of draws, the same for every claim.
"""

from __future__ import annotations

from functools import lru_cache
from math import log
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farbank.model.chains import How
from farbank.model.claims import Kind

Values = NDArray[np.float64]
"""An array of numbers; mostly one per draw along its last axis."""


class Rate(NamedTuple):
    """A probability: its `middle`, and `spread`, the standard deviation of its logit."""

    middle: float
    spread: float


PRIOR: dict[Kind, Rate] = {
    "order": Rate(0.55, 0.4), "event": Rate(0.5, 0.4), "condition": Rate(0.55, 0.4), "price": Rate(0.55, 0.4),
    "quantity": Rate(0.4, 0.4), "plan": Rate(0.4, 0.4), "promise": Rate(0.5, 0.4), "statement": Rate(0.55, 0.4),
    "assessment": Rate(0.5, 0.4), "background": Rate(0.6, 0.4), "negative": Rate(0.5, 0.4),
}  # fmt: skip
"""Of all that desks get to hear of a kind, the share that holds, before it is said by whom."""

Witness = tuple[Rate, Rate]
"""How often one who could know says it holds when it does, and when it does not."""

FIRST_HAND: dict[How, Witness] = {
    "took-part": (Rate(0.94, 0.4), Rate(0.04, 0.4)),
    "saw": (Rate(0.92, 0.4), Rate(0.06, 0.4)),
    "read": (Rate(0.90, 0.4), Rate(0.09, 0.4)),
    "inferred": (Rate(0.70, 0.4), Rate(0.25, 0.4)),
}
TOLD_BY_BODY: Witness = (Rate(0.92, 0.4), Rate(0.06, 0.4))
"""Somebody an institution told what it had decided."""
STANDING: dict[str, Witness] = {
    "person": (Rate(0.85, 0.5), Rate(0.12, 0.5)),
    "meeting": (Rate(0.92, 0.4), Rate(0.06, 0.4)),
    "document": (Rate(0.90, 0.4), Rate(0.08, 0.4)),
    "outlet": (Rate(0.60, 0.5), Rate(0.40, 0.5)),
    "state": (Rate(0.55, 0.5), Rate(0.45, 0.5)),
    "desk": (Rate(0.98, 0.1), Rate(0.98, 0.1)),
    "unknown": (Rate(0.60, 0.7), Rate(0.40, 0.7)),
}
"""Where a chain begins with somebody or something and does not say how that knew. The desk's word says nothing."""

ALIKE = Rate(0.2, 0.6)
"""Of what does not hold, the share where something like it was there: next door, earlier, planned."""
TAKEN = Rate(0.35, 0.5)
"""How far whoever could know takes that for it: from 0, as if it were not there, to 1, as if it were the thing itself.
It misleads all of them together, so that two who saw the same are less than two independent observations."""

GARBLED: dict[How, Rate] = {
    "was-told-at-meeting": Rate(0.08, 0.5), "read": Rate(0.06, 0.5), "was-told": Rate(0.15, 0.5),
    "overheard": Rate(0.25, 0.5), "inferred": Rate(0.30, 0.5), "rumour": Rate(0.45, 0.5),
    "took-part": Rate(0.04, 0.5), "saw": Rate(0.04, 0.5),
}  # fmt: skip
"""How often a hop loses what came in, so that what goes out says nothing of it."""
GARBLED_UNKNOWN = Rate(0.5, 0.8)
"""The same for a link nobody knows."""
GARBLED_HOLDS = Rate(0.4, 0.4)
"""How often what was garbled still says that it holds."""

INVENTED_HOLDS = Rate(0.8, 0.4)
"""How often somebody who invents says that it holds."""
GOING_ABOUT = Rate(0.12, 0.4)
"""How likely a rumour that it holds goes about whether it does or not; true things are rumoured as well."""
CAUGHT = Rate(0.8, 0.4)
"""How often what goes about is what the desk hears at the end of a chain with a rumour, a word overheard or an unknown
link in it."""
ECHO_MOST = 0.98
"""A seed is never taken to be all there is, or a teller who denies what they were told could not be."""

HEARS = Rate(0.12, 0.5)
"""How likely somebody asked would have heard of it and say so."""
UNSPEAKABLE = Rate(0.35, 0.5)
"""How likely nobody would say, however many are asked."""


TOGETHER = 7
KNOWING, MISTAKING, PASSING, INVENTING, RUMOUR, BEFOREHAND, AROUND = range(TOGETHER)
"""What the rates are unsure together in."""


class Draws:
    """Where the rates lie: `normals`, one row for each thing they are unsure together in, one column for each draw."""

    def __init__(self, normals: Values) -> None:
        self.normals = normals
        self.size = normals.shape[1]


@lru_cache(maxsize=4096)
def values(rate: Rate, together: int, draws: Draws) -> Values:
    """A rate at every draw."""
    logit = log(rate.middle / (1 - rate.middle)) + rate.spread * draws.normals[together]
    drawn: Values = 1 / (1 + np.exp(-logit))
    drawn.setflags(write=False)
    return drawn


def _normals(number: int) -> Values:
    """The middle, then standard normal values by Roberts's additive sequence, each with its mirror image.

    The sequence steps by powers of the root of x^8 = x + 1, the golden ratio's kin for seven dimensions: it fills them
    evenly, and nothing is random. With the mirror images the mean of every logit is its middle.
    """
    root = 1.5
    for _ in range(50):
        root = (1 + root) ** (1 / (TOGETHER + 1))
    rows = []
    for dimension in range(1, TOGETHER + 1):
        step = root**-dimension
        half = [NormalDist().inv_cdf((0.5 + n * step) % 1) for n in range(1, number // 2 + 1)]
        rows.append([0.0, *half, *(-value for value in half)])
    return np.array(rows)


MIDDLE = Draws(np.zeros((TOGETHER, 1)))
DRAWN = Draws(_normals(64))
"""The middle, and 64 draws beside it."""
