"""What a stretch of text gives away."""

from __future__ import annotations

from typing import Literal

import msgspec

Sort = Literal[
    "person", "organisation", "place", "date", "clock", "quantity", "age", "sex", "kinship", "origin", "occupation",
    "rank", "education", "income", "relationship", "serial", "anecdote", "absence", "other",
]  # fmt: skip
"""What kind of thing is given away.

`origin` is where somebody comes from, `anecdote` something that happened to the teller (F20), `absence` that somebody
stayed away or refused (F20), `serial` a number or mark that tells one copy of a document from others (F22), `other` a
quasi-identifier of no other sort.
"""


class Detection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Characters `start` to `end` (exclusive) of a text give something of `sort` away.

    `sure` is False where the detector would rather show it than miss it. `reading` is what it says in a form that can
    be compared across languages, where the detector knows one: a place id, `05:30`, `30-39`, `mother`.
    """

    start: int
    end: int
    sort: Sort
    sure: bool = True
    reading: str = ""

    def meets(self, other: Detection) -> bool:
        """Whether the other is of the same sort and shares a character with it."""
        return self.sort == other.sort and self.start < other.end and other.start < self.end
