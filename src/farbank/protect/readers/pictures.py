"""What a PNG or JPEG holds besides pixels."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from itertools import chain

from PIL import Image

from farbank.protect.readers.pieces import Flaw, Unreadable

MOST_PIXELS = 64_000_000
"""Larger pictures are taken for decompression bombs."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_PNG_NAMES = {b"eXIf": "Exif", b"iCCP": "colour profile", b"tIME": "time", b"pHYs": "resolution"}
_PNG_NAMES |= {b"caBX": "camera credentials (C2PA)"}
_PNG_NAMES |= dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), "text") | dict.fromkeys((b"acTL", b"fcTL", b"fdAT"), "frames")
_JPEG_PIXELS = frozenset({0xDB, 0xC4, 0xDD, 0xDA, *range(0xC0, 0xD0)}) - {0xC8, 0xCC}
_JPEG_NAMES = (
    (0xE1, b"Exif\0", "Exif"),
    (0xE1, b"http://ns.adobe.com/x", "XMP"),
    (0xE2, b"ICC_PROFILE", "colour profile"),
    (0xE2, b"MPF\0", "further pictures"),
    (0xED, b"Photoshop", "IPTC"),
    (0xEB, b"JP", "camera credentials (C2PA)"),
    (0xE0, b"JF", "thumbnail"),
    (0xFE, b"", "comment"),
)


def read(data: bytes) -> Iterator[Flaw]:
    """Yield a flaw for everything in a PNG or JPEG that is no pixel. Raises Unreadable if its pixels do not decode."""
    for extra in extras(data):
        yield Flaw("metadata", f"the picture carries {extra}; run it through the desk's picture cleaning")
    try:
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("a picture of more than 64 megapixels")
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning):
        raise Unreadable("a picture whose pixels do not decode") from None


def extras(data: bytes) -> tuple[str, ...]:
    """Name everything a PNG or JPEG carries besides pixels, each once. Raises Unreadable for anything else."""
    return tuple(dict.fromkeys(name for name, _ in parts(data)))


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of everything a PNG or JPEG carries besides pixels. Raises Unreadable for anything else."""
    if data.startswith(_PNG):
        found = _png(data)
    elif data.startswith(b"\xff\xd8"):
        found = _jpeg(data)
    else:
        raise Unreadable("a picture that is neither PNG nor JPEG")
    try:
        yield from found
    except IndexError:
        raise Unreadable("a picture that breaks off") from None


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        at += 12 + length
        if at > len(data):
            raise Unreadable("a picture that breaks off")
        if kind not in _PNG_PIXELS:
            yield _PNG_NAMES.get(kind, "a part of unknown kind"), data[at - 4 - length : at - 4]
    if at < len(data):
        yield "bytes after its end", data[at:]


def _jpeg(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise Unreadable("a picture whose parts do not join")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        length = int.from_bytes(data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + length]
        if marker not in _JPEG_PIXELS and not _plain_header(marker, body):
            yield _jpeg_name(marker, body), body
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(data, at)
    if at + 2 < len(data):
        yield "bytes after its end", data[at + 2 :]


def _plain_header(marker: int, body: bytes) -> bool:
    """Say whether a part is the bare JFIF header (no thumbnail) or Adobe's note on the colour transform."""
    jfif = marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) == 14 and body[12:] == b"\0\0"
    return jfif or (marker == 0xEE and body.startswith(b"Adobe") and len(body) == 12)


def _jpeg_name(marker: int, body: bytes) -> str:
    names = (name for code, start, name in _JPEG_NAMES if marker == code and body.startswith(start))
    return next(chain(names, ["a part of unknown kind"]))


def _after_scan(data: bytes, at: int) -> int:
    """Find the next marker after compressed pixels: FF followed by neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Unreadable("a picture that breaks off")
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
