"""Every way a published file can carry a word: one reader per format, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from farbank.protect.readers import markup, pictures, plain
from farbank.protect.readers.pieces import Found, Unreadable

_TEXTS: dict[str, Callable[[str], Iterator[Found]]] = {
    **dict.fromkeys(("html", "htm", "text/html"), markup.html),
    **dict.fromkeys(("svg", "xml", "atom", "rss", "xhtml"), markup.xml),
    **dict.fromkeys(("image/svg+xml", "application/xml", "text/xml", "application/atom+xml"), markup.xml),
    **dict.fromkeys(("json", "geojson", "jsonld", "application/json", "application/ld+json"), plain.json),
    **dict.fromkeys(("md", "txt", "csv", "sig", "text/plain", "text/markdown", "text/csv"), plain.text),
    **dict.fromkeys(("css", "text/css"), plain.style),
    **dict.fromkeys(("js", "text/javascript"), plain.script),
}
"""By the suffix of a file's name, and by the media type of a file embedded in another."""
_PICTURES = frozenset({"png", "jpg", "jpeg", "image/png", "image/jpeg"})


def suffix(name: str) -> str:
    """Give the suffix of a file name, in lower case, without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def read(kind: str, data: bytes) -> Iterator[Found]:
    """Yield what a file of that `kind` (suffix or media type) holds.

    Raises Unreadable for kinds it does not know and for damaged files. GIF, WebP and PDF are not known: the desk
    makes none, so none belongs in an edition.
    """
    if kind in _PICTURES:
        yield from pictures.read(data)
    elif kind in _TEXTS:
        yield from _TEXTS[kind](plain.decode(data))
    else:
        raise Unreadable("a format the gate does not know")
