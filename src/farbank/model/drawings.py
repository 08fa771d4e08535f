"""A drawing and its twin in words."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.text import Language

Shows = Literal["map", "timeline", "path", "promises", "themes", "attention"]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """All that a drawing says, as rows under heads, for whoever does not see it or wants to copy it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What holds of the whole, under the table."""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError(f"every row of {self.caption!r} needs {len(self.heads)} cells, one under each head")


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """One drawing in one language: SVG without script, style or reference, and the table that says the same."""

    shows: Shows
    language: Language
    svg: bytes
    table: Table
