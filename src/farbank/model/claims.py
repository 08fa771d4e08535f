"""One fact each, and what bears on it."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.amounts import Amount
from farbank.model.dates import When
from farbank.model.places import PlaceId
from farbank.model.text import Slug, Text

Kind = Literal[
    "order", "event", "condition", "price", "quantity", "plan", "promise",
    "statement", "assessment", "background", "negative",
]  # fmt: skip


Movement = Literal["leader", "security", "troops"]
"""Whose movement a claim would show; such a claim stays under embargo (F17)."""


class Query(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a mention of a claim would have to contain.

    Each item is a concept or term of the pack's lexicon, `word:` and a word, or several of these with `|` between them,
    any of which will do.

    A passage must touch every `event` concept to be about it at all, and every `detail` concept to say all of it.
    """

    event: tuple[str, ...]
    detail: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One fact: kind, who, what, place, date, audience.

    A `detail` of an order is `part_of` it. A `statement` names its `speaker` and is about its having been said.
    `due` and `outcome` belong to promises and plans. `known` is when it reached the place it was told from.
    `audience` is who could have known it, `everybody` included: wherever a person stands in a chain, it is said.
    """

    id: Slug
    kind: Kind
    text: Text
    """The fact as a full sentence without a full stop, per language."""
    place: PlaceId
    when: When
    chains: tuple[Slug, ...] = ()
    who: str | None = None
    """The institution that acts or issues, as a node of the pack's institutions."""
    speaker: str | None = None
    part_of: Slug | None = None
    known: When | None = None
    audience: Slug | None = None
    query: Query | None = None
    due: When | None = None
    outcome: Literal["open", "met", "unmet", "unknown"] | None = None
    movement: Movement | None = None
    amounts: tuple[Amount, ...] = ()
    """How many or how much, as each of the chains tells it."""

    def __post_init__(self) -> None:
        if self.kind == "statement" and self.speaker is None:
            raise ValueError("a claim of kind statement names its speaker")
        if self.outcome is not None and self.kind not in ("promise", "plan", "order"):
            raise ValueError("outcome belongs to a promise, a plan or an order")


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A report, document, picture or statement that bears on a claim."""

    claim: Slug
    kind: Literal["report", "document", "picture", "statement"]
    ref: Slug
    bearing: Literal["supports", "contradicts", "consistent"]
