"""A picture of a story made fit to publish, in every size a page needs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from farbank.model.pictures import Box
from farbank.model.sightings import Fingerprint
from farbank.model.sized_copies import SizedCopy
from farbank.protect.media import pictures
from farbank.protect.media.anew import Copy
from farbank.protect.media.cover import covered
from farbank.protect.media.errors import NotMedia
from farbank.protect.media.fingerprint import fingerprint
from farbank.protect.media.kinds import Kind, kind_of
from farbank.protect.media.sizes import sized
from farbank.protect.readers.pieces import Unreadable


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """The copy in full, and the same pixels in the sizes of a page."""

    copy: Copy
    sizes: tuple[SizedCopy, ...]


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """The SHA-256 of an original and its fingerprint, None where it is too plain to have one."""

    original: str
    fingerprint: Fingerprint | None


def render(data: bytes, file: str = "the file", cover: Sequence[Box] = ()) -> Rendered:
    """Fill `cover` and encode what is left in every size. Raises NotMedia naming `file`, or MissingExtra."""
    try:
        kind = _picture(data)
        picture, removed = pictures.decoded(data, kind)
        picture = covered(picture, cover)
    except Unreadable as error:
        raise NotMedia(file, str(error)) from None
    copy = Copy(
        data=pictures.encoded(picture, png=kind == "png"),
        media_type="image/png" if kind == "png" else "image/jpeg",
        original=_hash(data),
        removed=removed,
    )
    return Rendered(copy=copy, sizes=sized(picture))


def printed(data: bytes, file: str = "the file") -> Printed:
    """The fingerprint of a picture as it came, nothing covered. Raises NotMedia naming `file`, or MissingExtra."""
    try:
        picture, _ = pictures.decoded(data, _picture(data))
    except Unreadable as error:
        raise NotMedia(file, str(error)) from None
    return Printed(original=_hash(data), fingerprint=fingerprint(picture))


def _picture(data: bytes) -> Kind:
    kind = kind_of(data)
    if not pictures.is_picture(kind):
        raise Unreadable("it is no picture")
    return kind


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
