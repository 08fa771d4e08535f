"""A picture made fit to publish: its pixels, and nothing else."""

from __future__ import annotations

import io
import warnings

import msgspec
from PIL import Image, ImageOps

from farbank.model.errors import FarbankError
from farbank.protect.readers.pictures import MOST_PIXELS, extras
from farbank.protect.readers.pieces import Unreadable

QUALITY = 88


class NotAPicture(FarbankError):
    """A file is not a picture farbank can read; save it as a whole PNG or JPEG of at most 64 megapixels."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is not a picture farbank can read; save it as a whole PNG or JPEG of at most 64 megapixels"
        )


class CleanPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A re-encoded picture: RGB, upright, without metadata; `removed` names what the original carried besides."""

    data: bytes
    media_type: str
    width: int
    height: int
    removed: tuple[str, ...]


def clean(data: bytes, file: str = "the file") -> CleanPicture:
    """Encode the pixels of a PNG or JPEG anew, in the same format. Raises NotAPicture naming `file`.

    Transparency is laid on white; of several frames or pictures the first is kept. Embedded colour profiles are
    dropped unapplied, so wide-gamut pictures come out slightly paler.
    """
    try:
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture(file)
            is_png = picture.format == "PNG"
            upright = ImageOps.exif_transpose(picture)
            removed = extras(data)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, Image.DecompressionBombError, Warning, Unreadable):
        raise NotAPicture(file) from None
    bare = _bare(upright)
    out = io.BytesIO()
    if is_png:
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return CleanPicture(
        data=out.getvalue(),
        media_type="image/png" if is_png else "image/jpeg",
        width=bare.width,
        height=bare.height,
        removed=removed,
    )


def _bare(picture: Image.Image) -> Image.Image:
    """Copy pixels onto a fresh canvas: what Pillow keeps beside them (comment, profile, text) is left behind."""
    canvas = Image.new("RGB", picture.size, "white")
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        canvas.paste(picture.convert("RGBA").convert("RGB"), mask=picture.convert("RGBA").getchannel("A"))
    else:
        canvas.paste(picture.convert("RGB"))
    return canvas
