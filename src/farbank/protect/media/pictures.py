"""A picture made fit to publish: its pixels, and nothing else."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import msgspec
from PIL import Image, ImageOps

from farbank.model.errors import FarbankError
from farbank.model.pictures import Box
from farbank.protect.media.cover import covered
from farbank.protect.media.errors import MissingExtra, NotAPicture
from farbank.protect.media.kinds import Kind, kind_of
from farbank.protect.media.traces import containers, exif
from farbank.protect.media.traces.words import Trace
from farbank.protect.readers.pictures import MOST_PIXELS
from farbank.protect.readers.pieces import Unreadable

QUALITY = 88
_LOADERS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "tiff": "TIFF", "heic": "HEIF"}
"""Per kind, the one decoder that may touch it. A JPEG of several pictures is read as its first."""

_ANGLE = 0x0112
"""The tag that says how a picture is to be turned."""

Type = Literal["image/png", "image/jpeg"]


class CleanPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A re-encoded picture: RGB, upright, without metadata; `removed` names what the original carried besides."""

    data: bytes
    media_type: Type
    width: int
    height: int
    removed: tuple[Trace, ...]


def clean(data: bytes, file: str = "the file", cover: Sequence[Box] = ()) -> CleanPicture:
    """Encode the pixels of a picture anew: PNG as PNG, everything else as JPEG, with `cover` filled in beforehand.

    Reads PNG, JPEG, WebP and TIFF, with the extra `media` HEIC too. Raises NotAPicture naming `file`, or MissingExtra.
    Transparency is laid on white; of several frames or pictures the first is kept. Embedded colour profiles are
    dropped unapplied, so wide-gamut pictures come out slightly paler.
    """
    try:
        kind = kind_of(data)
        if kind not in _LOADERS:
            raise NotAPicture(file)
        return remade(data, kind, cover)
    except Unreadable:
        raise NotAPicture(file) from None


def remade(data: bytes, kind: Kind, cover: Sequence[Box] = ()) -> CleanPicture:
    """What `clean` makes of a picture whose kind is known. Raises Unreadable, or MissingExtra."""
    picture, removed = decoded(data, kind)
    picture = covered(picture, cover)
    return CleanPicture(
        data=encoded(picture, png=kind == "png"),
        media_type="image/png" if kind == "png" else "image/jpeg",
        width=picture.width,
        height=picture.height,
        removed=removed,
    )


def ready(kind: Kind) -> None:
    """Load the decoder of a kind of picture, and both encoders. Raises MissingExtra."""
    Image.preinit()
    from PIL import MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401  a JPEG may turn out to be an MPO

    if kind == "heic":
        _know_heic()


def is_picture(kind: Kind) -> bool:
    """Say whether a kind of file is a picture."""
    return kind in _LOADERS


def decoded(data: bytes, kind: Kind) -> tuple[Image.Image, tuple[Trace, ...]]:
    """The first picture of a file as upright RGB pixels, and what the file gives away besides.

    Raises Unreadable for what does not decode, and for more than 64 megapixels.
    """
    if kind == "heic":
        _know_heic()
    if kind == "tiff" and exif.is_raw(data):
        raise Unreadable("it is a camera's raw picture, to be developed first")
    with unreadable("its pixels do not decode"):
        picture = Image.open(io.BytesIO(data), formats=(_LOADERS[kind],))
        if picture.width * picture.height > MOST_PIXELS:
            raise Unreadable("it has more than 64 megapixels")
        traces = _traces(data, kind, picture)
        upright = picture if picture.getexif().get(_ANGLE, 1) == 1 else ImageOps.exif_transpose(picture)
        return _bare(upright), traces


def encoded(picture: Image.Image, *, png: bool) -> bytes:
    """Encode bare pixels; the same pixels give the same bytes."""
    out = io.BytesIO()
    if png:
        picture.save(out, "PNG", compress_level=3)
    else:
        picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


@contextmanager
def unreadable(reason: str) -> Iterator[None]:
    """Turn whatever a decoder of hostile bytes fails with into Unreadable, and a suspected bomb too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except FarbankError:
        raise
    except Exception:  # decoders fail in every way there is, and none of them may pass for success
        raise Unreadable(reason) from None


def _traces(data: bytes, kind: Kind, picture: Image.Image) -> tuple[Trace, ...]:
    if kind == "heic":
        return containers.heic(data, picture.info)
    if kind == "tiff":
        return containers.tiff(data)
    return containers.webp(data) if kind == "webp" else containers.plain(data)


def _know_heic() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        raise MissingExtra("HEIC pictures") from None
    register_heif_opener()


def _bare(picture: Image.Image) -> Image.Image:
    """Copy pixels onto a fresh canvas: what Pillow keeps beside them (comment, profile, text) is left behind."""
    canvas = Image.new("RGB", picture.size, "white")
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        canvas.paste(picture.convert("RGBA").convert("RGB"), mask=picture.convert("RGBA").getchannel("A"))
    else:
        canvas.paste(picture if picture.mode == "RGB" else picture.convert("RGB"))
    return canvas
