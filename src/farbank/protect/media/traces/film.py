"""What the tracks and tags of a film give away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from farbank.protect.media.traces.containers import C2PA_BOX
from farbank.protect.media.traces.words import Trace
from farbank.protect.media.traces.xmp import xmp

_TAGS: tuple[tuple[str, Trace], ...] = (
    ("location", "GPS position"),
    ("xyz", "GPS position"),
    ("serial", "camera serial number"),
    ("make", "camera make and model"),
    ("model", "camera make and model"),
    ("creation_time", "time of taking"),
    ("creationdate", "time of taking"),
    ("date", "time of taking"),
    ("artist", "author"),
    ("author", "author"),
    ("composer", "author"),
    ("owner", "owner of the camera"),
    ("title", "title or caption"),
    ("description", "title or caption"),
    ("synopsis", "title or caption"),
    ("keywords", "keywords"),
    ("copyright", "copyright notice"),
    ("comment", "comment"),
    ("encoder", "program"),
    ("encoded_by", "program"),
    ("software", "program"),
    ("handler_name", "program"),
    ("android", "camera make and model"),
    ("content.identifier", "document number"),
)
_NO_TRACE = frozenset({"major_brand", "minor_version", "compatible_brands", "language", "vendor_id"})
_DEFAULT_NAMES = frozenset({"VideoHandler", "SoundHandler"})
"""What every film has that names its tracks after what they are."""
_RAW: tuple[tuple[bytes, Trace], ...] = (
    (b"\xa9xyz", "GPS position"),
    (b"loci", "GPS position"),
    (b"\xa9mak", "camera make and model"),
    (b"\xa9mod", "camera make and model"),
    (b"\xa9day", "time of taking"),
    (C2PA_BOX, "camera credentials (C2PA)"),
)


def of_tracks(source: Any) -> Iterator[Trace]:
    """Yield what lies beside the first film track of an opened film."""
    kinds: dict[str, Trace] = {"audio": "sound", "subtitle": "subtitles", "video": "further pictures"}
    for track in source.streams:
        if track.index != source.streams.video[0].index:
            yield kinds.get(track.type, "further tracks")


def of_tags(source: Any, data: bytes) -> Iterator[Trace]:
    """Yield what the tags of an opened film and of its tracks name, and what is only in its bytes."""
    for tags in (source.metadata, *(track.metadata for track in source.streams)):
        for name, value in tags.items():
            if name.lower() not in _NO_TRACE and value not in _DEFAULT_NAMES:
                yield next((trace for sign, trace in _TAGS if sign in name.lower()), "custom data")
    yield from (trace for sign, trace in _RAW if sign in data)
    if (start := data.find(b"<x:xmpmeta")) >= 0:
        yield from xmp(data[start : start + (1 << 20)])
