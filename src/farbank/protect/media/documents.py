"""A document from inside: every copy may be marked, so its words are retyped and the paper is rarely shown (F22).

Printed matter is numbered and taken back, and versions differ by office and by machine (E37): a facsimile tells whose
copy it was. What stands in several copies known to the desk tells less.
"""

from __future__ import annotations

from typing import get_args

from farbank.model.documents import Document, Mark
from farbank.protect.media.objection import Objection

ENOUGH = 2
"""Copies known to the desk from which a passage cannot be one copy's own."""


def to_quote(document: Document) -> tuple[Objection, ...]:
    """What speaks against retyping a passage of it."""
    return (*_few_quoted(document), *_holders(document), *_came(document))


def to_show(document: Document) -> tuple[Objection, ...]:
    """What speaks against printing a facsimile of it, or a part of one."""
    return (*_few_shown(document), *_marked(document), *_holders(document), *_came(document))


def _few_quoted(document: Document) -> tuple[Objection, ...]:
    if document.copies >= ENOUGH:
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
    unknown = [mark for mark in get_args(Mark) if mark not in document.unmarked]
    if not unknown:
        return ()
    message = f"nobody has said whether {document.id} bears marks of its copy ({', '.join(unknown)}); compare copies"
    return (Objection(rule="marks-unknown", message=message, blocking=True),)


def _holders(document: Document) -> tuple[Objection, ...]:
    if document.holders is not None:
        return ()
    message = f"nobody has noted who had {document.id}; name the audience of its holders, so that exposure counts them"
    return (Objection(rule="holders-unknown", message=message, blocking=False),)


def _came(document: Document) -> tuple[Objection, ...]:
    if document.report is not None:
        return ()
    message = f"nobody has noted how {document.id} came; name its report, so that exposure counts who is behind it"
    return (Objection(rule="came-unknown", message=message, blocking=False),)
