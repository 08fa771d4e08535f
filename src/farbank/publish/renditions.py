"""The files of a picture beside a page: named by their bytes, so that the same picture is one file everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from farbank.model.sized_copies import SizedCopy

FOLDER = "pictures"


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a picture: its path in the edition, its type, and its size in pixels."""

    path: str
    media_type: Literal["image/webp", "image/jpeg"]
    width: int
    height: int


def renditions(copies: Iterable[SizedCopy]) -> dict[Rendition, bytes]:
    """The cleaned copies of one picture as files, in the order given."""
    return {
        Rendition(path=f"{FOLDER}/{one.file}", media_type=one.media_type, width=one.width, height=one.height): one.data
        for one in copies
    }
