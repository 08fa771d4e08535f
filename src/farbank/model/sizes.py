"""Sizes of groups of people: never a point, always an interval."""

from __future__ import annotations

from typing import Literal

import msgspec

Basis = Literal["page", "recalled", "modelled"]
"""Where a figure comes from: read on a page, recalled from a publication, or modelled."""


class Size(msgspec.Struct, frozen=True):
    """A number of people as (low, mid, high), low <= mid <= high, none negative."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.mid <= self.high:
            raise ValueError(f"expected 0 <= low <= mid <= high, got {self.low}, {self.mid}, {self.high}")


def lowest(*sizes: Size) -> Size:
    """The least of several at each end."""
    return Size(min(s.low for s in sizes), min(s.mid for s in sizes), min(s.high for s in sizes))
