"""What was asked about a claim and not found, and how hard somebody looked."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from farbank.model.dates import When
from farbank.model.places import PlaceId
from farbank.model.text import Slug

Answer = Literal["nothing", "refused", "unreachable"]
"""nothing: they asked and nobody knew. refused: they would not ask or say. unreachable: they were not reached."""


class Inquiry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The desk asked about a claim in a place and did not hear that it holds; what was heard is a chain (F14).

    `asked` is how many people were asked in all, the partner among them; `partner` who was to ask.
    """

    claim: Slug
    place: PlaceId
    when: When
    answer: Answer
    asked: Annotated[int, msgspec.Meta(ge=0)] = 1
    partner: Slug | None = None
