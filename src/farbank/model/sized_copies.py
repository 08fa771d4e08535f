"""A published picture in one size and one format, named by its content."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

import msgspec

WIDTHS = (480, 960, 1440)
"""Pixels: a telephone, a column of a desk screen or a telephone with a dense one, and that column on a dense screen."""

SMALLEST = 40_000
"""Bytes of the smallest size, at most: a third of the 120 kB that a story page may weigh with its map."""

Side = Annotated[int, msgspec.Meta(ge=1, le=2 * WIDTHS[-1])]
_SUFFIXES = {"image/webp": "webp", "image/jpeg": "jpg"}


class SizedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """The pixels of a cleaned picture, `width` by `height`, without any metadata."""

    width: Side
    height: Side
    media_type: Literal["image/webp", "image/jpeg"]
    data: bytes

    @property
    def file(self) -> str:
        """A file name that says nothing of the original: half the SHA-256 of these bytes, and the suffix."""
        return f"{hashlib.sha256(self.data).hexdigest()[:32]}.{_SUFFIXES[self.media_type]}"
