"""A cleaned picture in the sizes a page needs: WebP, and JPEG for readers whose browser is older."""

from __future__ import annotations

import io
from typing import Literal

from PIL import Image

from farbank.model.sized_copies import SMALLEST, WIDTHS, SizedCopy

_TALLEST = 2
"""Times its width that a copy is high at most: what is longer is made narrower."""
_QUALITY = 80
_LOWER = (80, 70, 60, 50, 40)
_NARROWER = 0.8
_METHOD = 2
"""Of WebP, from 0 to 6: half the time of the usual 4, and files a twentieth larger."""
_Format = Literal["WEBP", "JPEG"]
_FORMATS: tuple[_Format, ...] = ("WEBP", "JPEG")
_TYPES: dict[_Format, Literal["image/webp", "image/jpeg"]] = {"WEBP": "image/webp", "JPEG": "image/jpeg"}


def sized(picture: Image.Image) -> tuple[SizedCopy, ...]:
    """Copies of bare RGB pixels, the smallest first, each size as WebP and as JPEG; the same pixels, the same bytes.

    Never larger than the picture. The smallest size has at most 40,000 bytes in either format, if need be by a lower
    quality and fewer pixels. The number of pixels of a large original, which narrows the model of a camera, is lost.
    """
    scaled, larger = picture, list[SizedCopy]()
    for width in reversed(WIDTHS[1:]):
        if picture.width >= width:
            scaled = _scaled(scaled, width)  # from the size above, which is far quicker and looks the same
            larger[:0] = [_copy(scaled, kind, _QUALITY) for kind in _FORMATS]
    return (*_light(scaled), *larger)


def _light(picture: Image.Image) -> tuple[SizedCopy, ...]:
    """The smallest size; with every step narrower it has fewer pixels, and one pixel is light enough."""
    width = WIDTHS[0]
    while True:
        scaled = _scaled(picture, width)
        for quality in _LOWER:
            copies = tuple(_copy(scaled, kind, quality) for kind in _FORMATS)
            if all(len(copy.data) <= SMALLEST for copy in copies):
                return copies
        width = int(scaled.width * _NARROWER)


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    scale = min(1.0, width / picture.width, _TALLEST * width / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _copy(picture: Image.Image, kind: _Format, quality: int) -> SizedCopy:
    out = io.BytesIO()
    picture.save(out, kind, quality=quality, method=_METHOD)
    return SizedCopy(width=picture.width, height=picture.height, media_type=_TYPES[kind], data=out.getvalue())
