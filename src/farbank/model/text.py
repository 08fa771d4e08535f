"""Words in several languages."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z"
"""The part of BCP 47 (RFC 5646) the desk uses: language, optional script, optional region."""

Language = Annotated[str, msgspec.Meta(pattern=LANGUAGE)]
"""A BCP 47 tag, e.g. `en`, `ko`, `ko-KP`, `zh-Hans`."""

Text = dict[Language, str]
"""One meaning, worded per language."""

SLUG = r"^[a-z0-9][a-z0-9-]{0,63}\Z"
Slug = Annotated[str, msgspec.Meta(pattern=SLUG, max_length=64)]
"""An id inside a case: lower-case letters, digits, hyphens."""


def is_language(tag: str) -> bool:
    """Say whether `tag` is a language tag the desk accepts."""
    return re.match(LANGUAGE, tag) is not None


def is_slug(name: str) -> bool:
    """Say whether `name` can be an id inside a case."""
    return re.match(SLUG, name) is not None
