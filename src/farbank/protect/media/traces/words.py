"""The only words in which a removed trace is told, so that no value of one can ever be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Trace = Literal[
    # who, where, when
    "GPS position",
    "place name",
    "author",
    "last editor",
    "owner of the camera",
    "company",
    "time of taking",
    "time of changing",
    # with what
    "camera make and model",
    "camera serial number",
    "lens",
    "camera settings",
    "maker's notes",
    "program",
    "camera credentials (C2PA)",
    # what it was, and what became of it
    "title or caption",
    "keywords",
    "copyright notice",
    "comment",
    "document number",
    "editing history",
    "earlier versions",
    "template",
    # further copies of what is shown
    "thumbnail",
    "further pictures",
    "frames after the first",
    "depth map",
    "film after the picture",
    # in papers
    "selectable text",
    "attached files",
    "forms",
    "links",
    "scripts or macros",
    "bookmarks",
    "layers",
    "notes on the page",
    "tracked changes",
    "comments",
    "hidden text",
    "headers and footers",
    "footnotes",
    "pictures in the text",
    "alternative text",
    "invisible characters",
    "custom data",
    # in films
    "sound",
    "subtitles",
    "further tracks",
    "display angle",
    # the rest
    "colour profile",
    "resolution",
    "other camera data (Exif)",
    "other editing data (XMP)",
    "other press data (IPTC)",
    "text",
    "bytes after its end",
    "a part of unknown kind",
]


def once(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Give each trace once, in the order found."""
    return tuple(dict.fromkeys(traces))
