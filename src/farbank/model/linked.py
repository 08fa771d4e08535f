"""What earlier stories quote of somebody, and how a new quotation reads beside it; desk only."""

from __future__ import annotations

import msgspec

from farbank.model.text import Language, Slug


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """Words of somebody as the story of a `case` prints them, in one language."""

    case: Slug
    language: Language
    text: str


class Plainer(msgspec.Struct, frozen=True, kw_only=True):
    """Words that betray a mouth, and plainer ones to choose from; an empty one means to leave them out."""

    words: str
    instead: tuple[str, ...]


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """How far the quotations of `person` in one version of a story read like what `cases` quoted of them before.

    `low`, `mid` and `high` are the likelihood ratio of one mouth to two, None where nothing was quoted of them before;
    `phrases` carry it, `*` in one standing for any other word. `plainer` are suggestions, never applied.
    """

    file: str
    line: int
    person: Slug
    cases: tuple[Slug, ...] = ()
    low: float | None = None
    mid: float | None = None
    high: float | None = None
    phrases: tuple[str, ...] = ()
    plainer: tuple[Plainer, ...] = ()
