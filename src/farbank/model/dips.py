"""A stretch of days of which less is held than usual, and whose doing that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

Counts = Mapping[date, int]
"""Items held in full per day; a day that is left out is a day with none."""

Whose = Literal["outlet", "collection", "unknown"]
"""outlet: it published less. collection: we read less of it. unknown: nothing here can tell the two apart."""


class Dip(msgspec.Struct, frozen=True, kw_only=True):
    """Days, first and last included, of which less is held than `usual`: items a day (of a weekly, an issue).

    `held` is what is held instead. `why` says, ready to print, what `whose` rests on.
    """

    first: date
    last: date
    usual: float
    held: float
    whose: Whose
    why: str
