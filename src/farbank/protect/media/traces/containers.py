"""Which parts of a picture file hold what: the chunks, segments and boxes of each format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from farbank.protect.media.traces import exif
from farbank.protect.media.traces.words import Trace, once
from farbank.protect.media.traces.xmp import iptc, xmp
from farbank.protect.readers import pictures

C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""What begins a box of camera credentials in films and HEIC."""
_FILM = re.compile(rb"ftyp(?:mp4|isom|qt |avc|3gp|heic)")
_PLAIN: dict[str, Trace] = {
    "colour profile": "colour profile",
    "further pictures": "further pictures",
    "thumbnail": "thumbnail",
    "comment": "comment",
    "time": "time of changing",
    "resolution": "resolution",
    "frames": "frames after the first",
    "camera credentials (C2PA)": "camera credentials (C2PA)",
    "bytes after its end": "bytes after its end",
}
_KEYWORDS: dict[bytes, Trace] = {
    b"author": "author",
    b"artist": "author",
    b"title": "title or caption",
    b"description": "title or caption",
    b"copyright": "copyright notice",
    b"creation time": "time of taking",
    b"date:create": "time of taking",
    b"software": "program",
    b"source": "camera make and model",
    b"comment": "comment",
}
"""By the keyword of a text chunk of a PNG."""
_CHUNKS: dict[bytes, Trace] = {
    b"ICCP": "colour profile",
    b"ANIM": "frames after the first",
    b"ANMF": "frames after the first",
    b"C2PA": "camera credentials (C2PA)",
}
_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


def plain(data: bytes) -> tuple[Trace, ...]:
    """Name what a PNG or JPEG gives away. Raises Unreadable if its parts do not join."""
    return once(trace for name, body in pictures.parts(data) for trace in _of_part(name, body))


def webp(data: bytes) -> tuple[Trace, ...]:
    """Name what a WebP gives away; a chunk that reaches beyond the file ends the list."""
    return once(_webp(data))


def tiff(data: bytes) -> tuple[Trace, ...]:
    """Name what a TIFF gives away."""
    found = list(exif.traces(data))
    if exif.pictures(data) > 1:
        found.append("further pictures")
    return once(found)


def heic(data: bytes, info: Mapping[Any, object]) -> tuple[Trace, ...]:
    """Name what a HEIC gives away; `info` is what its decoder found beside the pixels."""
    return once(_heic(data, info))


def _of_part(name: str, body: bytes) -> Iterator[Trace]:
    if name == "Exif":
        found = list(exif.traces(body))
        yield from found or ["other camera data (Exif)"]
    elif name == "XMP":
        yield from xmp(body)
    elif name == "IPTC":
        yield from iptc(body)
    elif name == "text":
        keyword = body.partition(b"\0")[0].lower()
        yield from xmp(body) if b"xmp" in keyword else [_KEYWORDS.get(keyword, "text")]
    else:
        yield _PLAIN.get(name, "a part of unknown kind")
        if name == "bytes after its end" and _FILM.search(body[:1_000_000]):
            yield "film after the picture"


def _webp(data: bytes) -> Iterator[Trace]:
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if kind == b"EXIF":
            yield from _of_part("Exif", body)
        elif kind == b"XMP ":
            yield from xmp(body)
        elif kind not in _PIXELS:
            yield _CHUNKS.get(kind, "a part of unknown kind")
        at += 8 + length + length % 2
    if len(data) > end:
        yield "bytes after its end"


def _heic(data: bytes, info: Mapping[Any, object]) -> Iterator[Trace]:
    if isinstance(block := info.get("exif"), bytes):
        yield from _of_part("Exif", block)
    if isinstance(packet := info.get("xmp"), bytes):
        yield from xmp(packet)
    if info.get("icc_profile"):
        yield "colour profile"
    if info.get("thumbnails") or b"thmb" in data[:200_000]:
        yield "thumbnail"
    if info.get("depth_images") or info.get("aux"):
        yield "depth map"
    if C2PA_BOX in data:
        yield "camera credentials (C2PA)"
    if info.get("metadata"):
        yield "custom data"
