"""What a pack adds to the lint of stories: rules of its own as plain data, and which places lie by which waters."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.places import PlaceId
from farbank.model.text import Language, Slug, Text


class Slip(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of the pack: patterns nobody should write in a language, and what to say of them.

    One named like a rule of farbank's adds to it. `evidence` says why the rule is there. The first group of a pattern,
    where it has one, is what was written wrongly.
    """

    rule: Slug
    evidence: str
    patterns: dict[Language, tuple[str, ...]]
    message: Text
    blocking: bool = False


class Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A border, river or coast as prose names it (patterns), and all the places that lie by it."""

    name: Text
    words: dict[Language, tuple[str, ...]]
    places: tuple[PlaceId, ...]


class Slips(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `lint.toml` of a pack holds."""

    rules: tuple[Slip, ...] = ()
    beside: tuple[Beside, ...] = ()


def load(file: Path) -> Slips:
    """Read a pack's `lint.toml`; without one there is nothing to add. Raises DecodeError naming file and pattern."""
    if not file.exists():
        return Slips()
    slips = codec.from_toml(file.read_bytes(), Slips, str(file))
    worded = [*(rule.patterns for rule in slips.rules), *(each.words for each in slips.beside)]
    for pattern in (pattern for words in worded for patterns in words.values() for pattern in patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            raise DecodeError(str(file), pattern, f"expected a pattern: {error}") from None
    return slips
