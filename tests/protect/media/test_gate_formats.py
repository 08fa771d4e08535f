"""The gate reads the PDF and the film that the desk makes, and nothing that was put into them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from farbank.protect.media.anew import anew
from farbank.protect.readers import pages, read
from farbank.protect.readers.pieces import Unreadable
from tests.protect.media import corpus

BENT: dict[str, Callable[[bytes], bytes]] = {
    "a byte more": lambda data: data + b"\n",
    "a note": lambda data: data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%Dolmaru\n"),
    "an author": lambda data: data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info<</Author(x)>>"),
    "an object": lambda data: data.replace(b"xref\n0", b"9 0 obj\n(Dolmaru)\nendobj\nxref\n0"),
}


@pytest.mark.parametrize("name", BENT)
def test_a_pdf_with_anything_more_is_unreadable(name: str) -> None:
    data = pages.write([pages.PageImage(corpus.saved(corpus.scene(), "JPEG"), 160, 120)])
    assert list(read("pdf", data)) == []
    bent = BENT[name](data)
    assert bent != data
    with pytest.raises(Unreadable):
        list(read("pdf", bent))


def test_a_page_with_metadata_in_its_picture_is_flawed() -> None:
    data = pages.write([pages.PageImage(corpus.made("jpeg"), 160, 120)])
    assert any("GPS" in flaw.hint or "Exif" in flaw.hint for flaw in read("pdf", data))  # type: ignore[union-attr]


def flaws(data: bytes) -> list[str]:
    try:
        return [flaw.hint for flaw in read("mp4", data)]  # type: ignore[union-attr]
    except Unreadable as error:
        return [str(error)]


def box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + kind + body


def test_a_film_with_anything_more_is_stopped() -> None:
    clean = anew(corpus.made("mp4")).data
    assert flaws(clean) == []
    at = clean.index(b"mdat") - 4
    size = int.from_bytes(clean[at : at + 4])
    stamped = clean.index(b"mvhd") + 8
    bent = {
        "tags": clean.replace(b"ilst", b"ilsu"),
        "uuid box": clean + box(b"uuid", b"Dolmaru"),
        "free box": clean + box(b"free", b"Dolmaru"),
        "time": clean[:stamped] + b"\xe0\0\0\0" + clean[stamped + 4 :],
        "name": clean.replace(b"VideoHandler", b"Dolmaru 1234"),
        "bytes in the pictures": clean[:at]
        + box(b"mdat", clean[at + 8 : at + size] + b"\0\0\0\2\6x")
        + clean[at + size :],
        "second track": clean + box(b"moov", b""),
        "cut": clean[:-3],
    }
    assert {name: bool(flaws(data)) for name, data in bent.items()} == dict.fromkeys(bent, True)


def test_a_note_of_an_encoder_among_the_pictures_is_stopped() -> None:
    clean = anew(corpus.made("mp4")).data
    first = clean.index(b"mdat") + 4
    noted = clean[: first + 4] + b"\x06" + clean[first + 5 :]
    assert any("between its pictures" in flaw for flaw in flaws(noted))


def test_films_and_papers_as_they_come_are_not_let_out() -> None:
    assert flaws(corpus.made("mp4"))
    with pytest.raises(Unreadable):
        list(read("pdf", corpus.made("pdf")))
    for kind in ("heic", "webp", "tiff", "docx", "mov", "wav", "zip"):
        with pytest.raises(Unreadable):
            list(read(kind, b"anything"))
