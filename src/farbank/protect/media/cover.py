"""Faces and number plates under a solid box: what is under it is gone, not blurred, and cannot be worked back."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from farbank.model.pictures import Box
from farbank.protect.readers.pieces import Unreadable

_FILL = (0, 0, 0)
"""One colour for every box: the mean of what was under it would tell skin or paint."""


def covered(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """Fill the `boxes` of an RGB picture, as far as they lie in it, with one solid colour; `picture` stays as it is.

    Raises Unreadable for a box that lies outside it: whoever drew it meant something else.
    """
    if not boxes:
        return picture
    out = picture.copy()
    for box in boxes:
        if box.left >= picture.width or box.top >= picture.height:
            raise Unreadable(f"a box to cover lies outside it, for it has {picture.width} by {picture.height} pixels")
        out.paste(_FILL, (box.left, box.top, box.left + box.width, box.top + box.height))
    return out


def hidden(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether every pixel of `box` lies under at least one of `boxes`."""
    across = _cuts(box.left, box.width, [(each.left, each.width) for each in boxes])
    down = _cuts(box.top, box.height, [(each.top, each.height) for each in boxes])
    return all(any(_holds(each, left, top) for each in boxes) for left in across for top in down)


def _cuts(start: int, length: int, others: Sequence[tuple[int, int]]) -> list[int]:
    """Where strips begin inside which nothing changes: at the start, and at every edge of the others in between."""
    edges = {edge for other, reach in others for edge in (other, other + reach)}
    return [start, *(edge for edge in edges if start < edge < start + length)]


def _holds(box: Box, left: int, top: int) -> bool:
    return box.left <= left < box.left + box.width and box.top <= top < box.top + box.height
