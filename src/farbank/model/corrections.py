"""What readers are told has changed in a story: one event each, in an order, with the places where the text differs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model.text import Language, Slug, Text

Kind = Literal["correction", "clarification", "update", "downgrade", "upgrade", "retraction"]
"""Why: wrong, unclear, gone on since, less sure or surer than it was, or taken back as a whole."""

CorrectionId = Annotated[str, msgspec.Meta(pattern=r"^c-[0-9a-f]{16}\Z")]
"""`c-` and 16 hexadecimal digits over what the correction says."""
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why an edition differs from the one before it, as the desk writes it down before anybody proposes it.

    `what` changed is told in every language of the story; `claims` are those it is about, which readers are not shown.
    """

    edition: Slug
    kind: Kind
    what: Text
    claims: tuple[Slug, ...] = ()
    corrects: CorrectionId | None = None
    """An earlier correction that was itself wrong."""


class Correction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One event of the public log; its `id` follows from all it says but `claims`, so that anybody can check it.

    `nth` is the edition's number within its story, 1 for the first; `day` is the day it went out.
    """

    id: CorrectionId
    story: Slug
    edition: Slug
    nth: int
    day: date
    kind: Kind
    what: Text
    claims: tuple[Slug, ...] = ()
    corrects: CorrectionId | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """After `at` pieces of the text before, `gone` pieces are taken out and `put` stand in their place.

    The words taken out are not repeated: they may be why there is a correction.
    """

    at: int
    gone: int
    put: tuple[str, ...]


class Rewriting(msgspec.Struct, frozen=True, kw_only=True):
    """How the text of one language changed, from the SHA-256 of all of it before to that of all of it after."""

    before: Sha256
    after: Sha256
    changes: tuple[Change, ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One edition in the log: what was corrected in it, and how each language's text differs from the one before."""

    edition: Slug
    nth: int
    corrections: tuple[Correction, ...]
    texts: dict[Language, Rewriting]


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """Every edition of one story, the first first."""

    format: Literal[1]
    story: Slug
    entries: tuple[Entry, ...]


Pieces = tuple[str, ...]
"""A text cut into sentences, none of them empty; put together again they are the text, to the letter."""


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as readers have it: its text per language, the claims it cites, and its entry in the log."""

    entry: Entry
    texts: dict[Language, Pieces]
    claims: tuple[Slug, ...]
