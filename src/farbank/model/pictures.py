"""Spots of a picture: covered, left in sight, or perhaps worth covering; and who looked."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Edge = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Length = Annotated[int, msgspec.Meta(ge=1, le=100_000)]

Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""The hash of a file's bytes, in hexadecimal."""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A rectangle of a picture turned upright, in pixels from its upper left corner."""

    left: Edge
    top: Edge
    width: Length
    height: Length

    @property
    def written(self) -> str:
        """The box as it stands in a record."""
        return f"{{ left = {self.left}, top = {self.top}, width = {self.width}, height = {self.height} }}"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A box in which a face or a plate seems to be and that stays uncovered, and why."""

    box: Box
    reason: Annotated[str, msgspec.Meta(min_length=1)]


class LookedOver(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the desk, called by their post, looked: there is no face or plate, or all are covered or left so.

    `original` is the SHA-256 of the file they looked at; it says nothing of any other.
    """

    by: Annotated[str, msgspec.Meta(min_length=1)]
    original: Sha256


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A box that may be worth covering, what is thought to be there, and whether many looks agreed on it."""

    box: Box
    what: Literal["face", "number plate"]
    sure: bool
