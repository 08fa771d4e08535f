"""A PDF made anew as pictures of its pages: no text layer, author, attachment, script or earlier version survives."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any

from farbank.protect.media import pictures
from farbank.protect.media.errors import MissingExtra
from farbank.protect.media.traces.words import Trace, once
from farbank.protect.media.traces.xmp import xmp
from farbank.protect.readers import pages
from farbank.protect.readers.pieces import Unreadable

MOST_PAGES = 100
_MOST_PIXELS = 9_000_000
"""Of one page: A3 at 150 dots to an inch has 4.3 million; larger sheets are drawn coarser."""
_SIGNS: tuple[tuple[bytes, Trace], ...] = (
    (b"/EmbeddedFile", "attached files"),
    (b"/AcroForm", "forms"),
    (b"/JavaScript", "scripts or macros"),
    (b"/Launch", "scripts or macros"),
    (b"/Link", "links"),
    (b"/OCProperties", "layers"),
    (b"/Outlines", "bookmarks"),
    (b"/Popup", "notes on the page"),
    (b"/FreeText", "notes on the page"),
    (b"/Subtype/Text", "notes on the page"),
    (b"/Subtype /Text", "notes on the page"),
    (b"/Thumb", "thumbnail"),
    (b"/PieceInfo", "editing history"),
    (b"C2PA_Manifest", "camera credentials (C2PA)"),
    (b"/ID", "document number"),
)
_FIELDS: dict[str, Trace] = {
    "Author": "author",
    "Title": "title or caption",
    "Subject": "title or caption",
    "Keywords": "keywords",
    "Creator": "program",
    "Producer": "program",
    "CreationDate": "time of taking",
    "ModDate": "time of changing",
}


def ready() -> None:
    """Load what draws pages, and what encodes them. Raises MissingExtra."""
    _pdfium()
    codecs.lookup("utf-16-le")  # of its metadata
    pictures.ready("jpeg")


def anew(data: bytes) -> tuple[bytes, tuple[Trace, ...]]:
    """A new PDF of page pictures, and what the old one gave away. Raises Unreadable, or MissingExtra.

    Annotations are not drawn and forms are drawn empty: what somebody wrote on a page in a program is not of the page.
    """
    document = _opened(data)
    try:
        with pictures.unreadable("its pages do not draw"):
            if not 0 < len(document) <= MOST_PAGES:
                raise Unreadable(f"it has no page or more than {MOST_PAGES}")
            traces = once(_traces(data, document))
            return pages.write([_drawn(document[number]) for number in range(len(document))]), traces
    finally:
        document.close()


def traces(data: bytes) -> tuple[Trace, ...]:
    """What a PDF gives away besides its pages. Raises Unreadable, or MissingExtra."""
    document = _opened(data)
    try:
        with pictures.unreadable("its pages do not read"):
            return once(_traces(data, document))
    finally:
        document.close()


def _pdfium() -> Any:
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra("PDF documents") from None
    return pypdfium2


def _opened(data: bytes) -> Any:
    pdfium = _pdfium()
    with pictures.unreadable("it is locked or damaged"):
        return pdfium.PdfDocument(data)


def _drawn(page: Any) -> pages.PageImage:
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise Unreadable("one of its pages has no size")
    scale = min(pages.DOTS / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil().convert("RGB")
    page.close()
    return pages.PageImage(pictures.encoded(picture, png=False), picture.width, picture.height)


def _traces(data: bytes, document: Any) -> Iterator[Trace]:
    for field, value in document.get_metadata_dict().items():
        if value:
            yield _FIELDS.get(field, "custom data")
    if document.count_attachments():
        yield "attached files"
    yield from (trace for sign, trace in _SIGNS if sign in data)
    if data.count(b"startxref") > 1:
        yield "earlier versions"
    if b"<x:xmpmeta" in data or b"/Metadata" in data:
        yield from xmp(data[: 4 << 20])
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        if page.get_textpage().count_chars() > 0:
            yield "selectable text"
        page.close()
