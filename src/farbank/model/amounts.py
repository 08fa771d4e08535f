"""How many and how much, as somebody told it."""

from __future__ import annotations

from math import isfinite
from typing import Literal

import msgspec

from farbank.model.text import Slug

Extent = Literal["total", "part", "at-least", "at-most", "unknown"]


class Amount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`low` to `high` of `unit` in what a claim speaks of, as one chain tells it; rival amounts are kept side by side.

    `what` names what is counted, the same in every chain that counts the same (`dead`, `animals`, `rice`); `of` is the
    wider thing it is a part of (`drowned` of `dead`). `extent` says whether the teller means all there were.
    """

    chain: Slug
    what: Slug
    low: float
    high: float
    unit: str
    extent: Extent = "total"
    of: Slug | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.low) and isfinite(self.high) and 0 <= self.low <= self.high):
            raise ValueError(f"expected 0 <= low <= high, got {self.low} and {self.high}")
        if not self.unit.strip():
            raise ValueError("expected a unit, such as people, animals or KPW/kg")
