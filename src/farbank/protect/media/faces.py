"""Where faces and number plates seem to be: suggestions for an editor who looks, no promise that there are no more.

The detector is OpenCV's Viola–Jones cascades, which ship in its wheel: fast and offline, good at upright faces seen
from the front, blind to most turned, small, dark or covered ones; the plates it knows are the long European kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from PIL import Image

from farbank.model.pictures import Box, Suggestion
from farbank.protect.media.errors import MissingExtra

_LONGEST = 1600
"""Pixels of the longer side looked at: smaller faces than 1/65 of it are not found."""
_SMALLEST = 24
_SURE = 8
"""Overlapping hits from which a suggestion is called sure: a setting, not a measurement."""
_WIDER = 0.15
"""How much is added on every side, as part of the box: hair and ears tell a person too."""
_CASCADES: tuple[tuple[str, Literal["face", "number plate"]], ...] = (
    ("haarcascade_frontalface_default.xml", "face"),
    ("haarcascade_profileface.xml", "face"),
    ("haarcascade_russian_plate_number.xml", "number plate"),
)


def ready() -> None:
    """Load the detector and all it looks for. Raises MissingExtra without the extra `media`."""
    _opencv()
    for name, _ in _CASCADES:
        _cascade(name)


def suggestions(picture: Image.Image) -> tuple[Suggestion, ...]:
    """Suggest boxes for an upright RGB picture, the larger first. Raises MissingExtra without the extra `media`."""
    cv2, np = _opencv()
    scale = max(1.0, max(picture.size) / _LONGEST)
    small = picture.resize((round(picture.width / scale) or 1, round(picture.height / scale) or 1))
    grey = cv2.equalizeHist(np.asarray(small.convert("L")))
    found = [each for name, what in _CASCADES for each in _found(name, what, grey, scale, picture.size)]
    return tuple(sorted(_apart(found), key=_area, reverse=True))


def _opencv() -> tuple[Any, Any]:
    try:
        import cv2
        import numpy as np
    except ImportError:
        raise MissingExtra("suggestions of boxes") from None
    cv2.setNumThreads(1)
    return cv2, np


@cache
def _cascade(name: str) -> Any:
    cv2, _ = _opencv()
    return cv2.CascadeClassifier(cv2.data.haarcascades + name)


def _found(
    name: str, what: Literal["face", "number plate"], grey: Any, scale: float, size: tuple[int, int]
) -> Iterator[Suggestion]:
    boxes, hits = _cascade(name).detectMultiScale2(
        grey, scaleFactor=1.1, minNeighbors=3, minSize=(_SMALLEST, _SMALLEST)
    )
    for (left, top, width, height), hit in zip(boxes, hits, strict=True):
        box = _widened([float(edge) * scale for edge in (left, top, width, height)], size)
        yield Suggestion(box=box, what=what, sure=int(hit) >= _SURE)


def _widened(edges: list[float], size: tuple[int, int]) -> Box:
    left, top, width, height = edges
    start = max(0, int(left - _WIDER * width)), max(0, int(top - _WIDER * height))
    end = min(size[0], int(left + (1 + _WIDER) * width) + 1), min(size[1], int(top + (1 + _WIDER) * height) + 1)
    return Box(left=start[0], top=start[1], width=end[0] - start[0], height=end[1] - start[1])


def _apart(found: list[Suggestion]) -> Iterator[Suggestion]:
    """Yield each spot once, as the surest and largest of the boxes that lie mostly on one another."""
    kept: list[Suggestion] = []
    for each in sorted(found, key=lambda one: (one.sure, _area(one)), reverse=True):
        if not any(each.what == other.what and _common(each.box, other.box) > _area(each) / 2 for other in kept):
            kept.append(each)
            yield each


def _area(suggestion: Suggestion) -> int:
    return suggestion.box.width * suggestion.box.height


def _common(one: Box, other: Box) -> int:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(0, across) * max(0, down)
