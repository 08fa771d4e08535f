"""The files of a picture beside a page: named by their bytes, so that the same picture is one file everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from io import BytesIO

import msgspec
from PIL import Image

from farbank.publish.errors import UnprintablePicture

_KINDS = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "WEBP": ("image/webp", "webp")}


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a picture: its path in the edition, its type, and its size in pixels."""

    path: str
    media_type: str
    width: int
    height: int


def renditions(copies: Iterable[bytes], name: str) -> dict[Rendition, bytes]:
    """The cleaned copies of one picture as files, narrow ones first.

    Raises UnprintablePicture unless each is PNG, JPEG or WebP.
    """
    made = {_rendition(data, name): data for data in copies}
    return dict(sorted(made.items(), key=lambda item: item[0].width))


def _rendition(data: bytes, name: str) -> Rendition:
    try:
        with Image.open(BytesIO(data), formats=tuple(_KINDS)) as opened:
            (width, height), (kind, ending) = opened.size, _KINDS[str(opened.format)]
    except (OSError, KeyError, Image.DecompressionBombError):
        raise UnprintablePicture(
            f"picture {name!r} is neither PNG, JPEG nor WebP; run it through the media cleaner first"
        ) from None
    digest = hashlib.sha256(data).hexdigest()[:20]
    return Rendition(path=f"pictures/{digest}.{ending}", media_type=kind, width=width, height=height)
