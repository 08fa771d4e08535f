"""How word arrived, and what exactly was said."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.dates import When
from farbank.model.text import Language, Slug


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call, text, note or relay; `told` is what the desk told the partner, an ancestor of what comes back (F9)."""

    id: Slug
    partner: Slug
    when: When
    channel: Literal["call", "text", "note", "relay", "mail"]
    minutes: float | None = None
    questions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was said, in its language, as taken down; a correction is a new report with `corrects`."""

    id: Slug
    contact: Slug
    language: Language
    text: str
    corrects: Slug | None = None
