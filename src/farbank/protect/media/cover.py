"""Faces and number plates under a solid box: what is under it is gone, not blurred, and cannot be worked back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from PIL import Image

_FILL = (0, 0, 0)
"""One colour for every box: the mean of what was under it would tell skin or paint."""
Pixels = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A rectangle of a picture turned upright, in pixels from its upper left corner."""

    left: Pixels
    top: Pixels
    width: Pixels
    height: Pixels


def covered(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """Fill the `boxes` of an RGB picture, as far as they lie in it, with one solid colour; `picture` stays as it is."""
    if not boxes:
        return picture
    out = picture.copy()
    for box in boxes:
        out.paste(_FILL, (box.left, box.top, box.left + box.width, box.top + box.height))
    return out
