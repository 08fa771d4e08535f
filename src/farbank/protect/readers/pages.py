"""A PDF that is pictures of pages and nothing else: one way to write it, and a reader that takes nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from farbank.protect.readers import pictures
from farbank.protect.readers.pieces import Flaw, Unreadable

DOTS = 150
"""Pixels to an inch of paper."""

_IMAGE = re.compile(
    rb"<</Type/XObject/Subtype/Image/Width (\d{1,5})/Height (\d{1,5})"
    rb"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length (\d{1,9})>>\nstream\n"
)


class PageImage(NamedTuple):
    """A page as an RGB JPEG, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def write(images: Sequence[PageImage]) -> bytes:
    """Bind pages into a PDF without date, author, program or number; the same pages give the same bytes."""
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(images)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(images), kids),
        *(part for number, image in enumerate(images) for part in _page(image, 3 + 3 * number)),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def read(data: bytes) -> Iterator[Flaw]:
    """Yield the flaws of every page. Raises Unreadable unless `write` would write the very same bytes."""
    images: list[PageImage] = []
    at = 0
    while found := _IMAGE.search(data, at):
        width, height, length = map(int, found.groups())
        at = found.end() + length
        images.append(PageImage(data[found.end() : at], width, height))
    if not images or write(images) != data:
        raise Unreadable("a PDF that is more than pictures of pages")
    for image in images:
        yield from pictures.read(image.jpeg)


def _page(image: PageImage, number: int) -> Iterator[bytes]:
    across, down = round(image.width * 72 / DOTS), round(image.height * 72 / DOTS)
    yield (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
        % (across, down, number + 1, number + 2)
    )
    drawn = b"%d 0 0 %d 0 0 cm /I Do" % (across, down)
    yield b"<</Length %d>>\nstream\n%b\nendstream" % (len(drawn), drawn)
    yield (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        b"/Length %d>>\nstream\n%b\nendstream" % (image.width, image.height, len(image.jpeg), image.jpeg)
    )
