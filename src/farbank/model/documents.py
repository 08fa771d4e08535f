"""Documents from inside: notices, lectures, decrees, of which every copy may be marked."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from farbank.model.text import Slug

Mark = Literal["serial number", "layout", "folds and stains"]
"""What can tell one copy from others."""


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the desk knows of a document: `copies` it has compared, and the audience of `holders` who had it inside.

    `marks` are what can tell its copy from others, `unmarked` those looked for and not found; any other is unknown.
    `report` is the report by which it, or its words, came: who stands behind that may be one of the holders.
    """

    id: Slug
    copies: Annotated[int, msgspec.Meta(ge=1)] = 1
    holders: Slug | None = None
    marks: tuple[Mark, ...] = ()
    unmarked: tuple[Mark, ...] = ()
    report: Slug | None = None

    def __post_init__(self) -> None:
        if both := {*self.marks} & {*self.unmarked}:
            raise ValueError(f"expected each mark to be found or not, got both for {', '.join(sorted(both))}")
