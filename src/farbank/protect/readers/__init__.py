"""Every way a published file can carry a word: one reader per format, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from farbank.protect.readers import film, markup, pages, pictures, plain, webp
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
_BYTES: dict[str, Callable[[bytes], Iterator[Found]]] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "image/png", "image/jpeg"), pictures.read),
    **dict.fromkeys(("webp", "image/webp"), webp.read),
    **dict.fromkeys(("pdf", "application/pdf"), pages.read),
    **dict.fromkeys(("mp4", "video/mp4"), film.read),
}


def suffix(name: str) -> str:
    """Give the suffix of a file name, in lower case, without its dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def read(kind: str, data: bytes) -> Iterator[Found]:
    """Yield what a file of that `kind` (suffix or media type) holds.

    Raises Unreadable for kinds it does not know and for damaged files. GIF and sound are not known: the desk makes
    none, so none belongs in an edition. Of WebP, PDF and MP4 only what the desk's own cleaning makes is read.
    """
    if kind in _BYTES:
        yield from _BYTES[kind](data)
    elif kind in _TEXTS:
        yield from _TEXTS[kind](plain.decode(data))
    else:
        raise Unreadable("a format the gate does not know")
