"""What the parts of a Word document beside its body give away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from farbank.protect.media.traces.words import Trace

_PARTS: tuple[tuple[str, Trace], ...] = (
    ("word/comments", "comments"),
    ("word/people", "author"),
    ("word/header", "headers and footers"),
    ("word/footer", "headers and footers"),
    ("word/footnotes", "footnotes"),
    ("word/endnotes", "footnotes"),
    ("word/media/", "pictures in the text"),
    ("word/embeddings/", "attached files"),
    ("word/vba", "scripts or macros"),
    ("customXml/", "custom data"),
    ("docProps/custom", "custom data"),
    ("docProps/thumbnail", "thumbnail"),
    ("word/glossary/", "template"),
)
_FIELDS: dict[bytes, Trace] = {
    b"creator": "author",
    b"lastModifiedBy": "last editor",
    b"created": "time of taking",
    b"modified": "time of changing",
    b"lastPrinted": "time of changing",
    b"title": "title or caption",
    b"subject": "title or caption",
    b"description": "comment",
    b"keywords": "keywords",
    b"revision": "editing history",
    b"Company": "company",
    b"Manager": "author",
    b"Template": "template",
    b"TotalTime": "editing history",
    b"Application": "program",
    b"AppVersion": "program",
}
_FILLED = re.compile(rb"<(?:\w+:)?(\w+)(?:\s[^<>]*)?>[^<]+</")


def of_parts(parts: Mapping[str, bytes]) -> Iterator[Trace]:
    """Yield what the properties, settings and side parts of a document give away."""
    for name, data in parts.items():
        yield from (trace for start, trace in _PARTS if name.startswith(start))
        if name in ("docProps/core.xml", "docProps/app.xml"):
            fields = (found.group(1) for found in _FILLED.finditer(data))
            yield from (_FIELDS[field] for field in fields if field in _FIELDS)
        elif name == "word/settings.xml" and b"rsid" in data:
            yield "editing history"
        elif name.endswith(".rels") and b'TargetMode="External"' in data:
            yield "links"
