"""What a WebP holds besides pixels: the desk makes its own, of one single part, and no other is let through."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image

from farbank.protect.readers.pictures import MOST_PIXELS
from farbank.protect.readers.pieces import Flaw, Unreadable

_PIXELS = frozenset({b"VP8 ", b"VP8L"})
_NAMES = {b"EXIF": "Exif", b"XMP ": "XMP", b"ICCP": "colour profile", b"ANIM": "frames", b"ANMF": "frames"}
_NAMES |= {b"VP8X": "a part that announces more", b"C2PA": "camera credentials (C2PA)"}


def read(data: bytes) -> Iterator[Flaw]:
    """Yield a flaw for every part that is no pixel. Raises Unreadable if its pixels do not decode."""
    for extra in dict.fromkeys(_extras(data)):
        yield Flaw("metadata", f"the picture carries {extra}; run it through the desk's picture cleaning")
    try:
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            picture = Image.open(io.BytesIO(data), formats=("WEBP",))
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("a picture of more than 64 megapixels")
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning):
        raise Unreadable("a picture whose pixels do not decode") from None


def _extras(data: bytes) -> Iterator[str]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Unreadable("a picture that is no WebP")
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Unreadable("a picture that breaks off")
    if end < len(data):
        yield "bytes after its end"
    at, pixels = 12, 0
    while at < end:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2  # parts are filled up to even lengths
        if at > end:
            raise Unreadable("a picture that breaks off")
        pixels += kind in _PIXELS
        if kind not in _PIXELS or pixels > 1:
            yield _NAMES.get(kind, "a part of unknown kind")
        elif length % 2 and data[at - 1]:
            yield "a byte between its parts"
