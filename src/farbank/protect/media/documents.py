"""A document from inside: every copy may be marked, so its words are retyped and the paper is rarely shown (F22).

Printed matter is numbered and taken back, and versions differ by office and by machine (E37): a facsimile tells whose
copy it was. What stands in several copies known to the desk tells less.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from farbank.model.text import Slug
from farbank.protect.media.objection import Objection

ENOUGH = 2
"""Copies known to the desk from which a passage cannot be one copy's own."""

Mark = Literal["serial number", "layout", "folds and stains"]


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the desk knows of a document: `copies` it has seen, `holders` who had it inside, lower and upper bound.

    `marks` are what can tell its copy from others, `unmarked` those looked for and not found; any other is unknown.
    """

    id: Slug
    copies: Annotated[int, msgspec.Meta(ge=1)] = 1
    holders: tuple[Annotated[int, msgspec.Meta(ge=1)], Annotated[int, msgspec.Meta(ge=1)]] | None = None
    marks: frozenset[Mark] = frozenset()
    unmarked: frozenset[Mark] = frozenset()


def to_quote(document: Document, *, copies: int | None = None) -> tuple[Objection, ...]:
    """What speaks against retyping a passage; `copies` are those the passage was read in, all of them unless given."""
    read_in = document.copies if copies is None else min(copies, document.copies)
    return (*_few_quoted(document, read_in), *_holders(document))


def to_show(document: Document) -> tuple[Objection, ...]:
    """What speaks against printing a facsimile of it, or a part of one."""
    return (*_few_shown(document), *_marked(document), *_holders(document))


def _few_quoted(document: Document, read_in: int) -> tuple[Objection, ...]:
    if read_in >= ENOUGH:
        return ()
    message = (
        f"the passage is known from one copy of {document.id}, and its wording may be that copy's mark; quote what "
        "stands in two copies, or give the sense in your own words"
    )
    return (Objection(rule="one-copy", message=message, blocking=False),)


def _few_shown(document: Document) -> tuple[Objection, ...]:
    if document.copies >= ENOUGH:
        return ()
    message = f"{document.id} is known from one copy, and a facsimile tells whose it was; retype what it says"
    return (Objection(rule="facsimile", message=message, blocking=True),)


def _marked(document: Document) -> tuple[Objection, ...]:
    if document.marks:
        message = (
            f"{document.id} bears marks of its own copy ({', '.join(sorted(document.marks))}); retype what it says"
        )
        return (Objection(rule="marked-copy", message=message, blocking=True),)
    every: tuple[Mark, ...] = ("serial number", "layout", "folds and stains")
    unknown = [mark for mark in every if mark not in document.unmarked]
    if not unknown:
        return ()
    message = f"nobody has said whether {document.id} bears marks of its copy ({', '.join(unknown)}); compare copies"
    return (Objection(rule="marks-unknown", message=message, blocking=True),)


def _holders(document: Document) -> tuple[Objection, ...]:
    if document.holders is not None:
        return ()
    message = f"nobody has noted how many people had {document.id}; give the bounds, so that exposure counts them"
    return (Objection(rule="holders-unknown", message=message, blocking=False),)
