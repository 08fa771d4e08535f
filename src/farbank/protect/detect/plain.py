"""Text as the detectors read it, and the way back to the text as it was written."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from farbank.model.detections import Detection

Origins = tuple[int, ...]
"""For every character of a plain text where it came from, and one more for the end."""

_CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*")
"""A character with the marks or jamo that belong to it."""
_UNSEEN = frozenset("\u034f\u115f\u1160") | {chr(code) for code in range(0xFE00, 0xFE10)}
"""What shows as nothing although it counts as a letter or a mark: joiner, fillers of Hangul, variation selectors."""
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00a0": " ", "\u3000": " "})


def plain(text: str) -> tuple[str, Origins]:
    """`text` composed, in common digits and straight apostrophes, with nothing invisible in it.

    The second value gives for every character of the first where it came from, and one more for the end.
    """
    if text.isascii():
        return text, tuple(range(len(text) + 1))
    laid: list[str] = []
    origins: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        written = cluster.group()
        kept = (
            unicodedata.category(written[0])[0] == "P"
        )  # the full stops and commas of Chinese are told apart by shape
        piece = (written if kept else unicodedata.normalize("NFKC", written)).translate(_STRAIGHT)
        piece = "".join(
            character for character in piece if character not in _UNSEEN and unicodedata.category(character) != "Cf"
        )
        laid.append(piece)
        origins += [cluster.start()] * len(piece)
    return "".join(laid), (*origins, len(text))


def as_written(found: Detection, origins: Origins) -> Detection:
    """What was found in a plain text, where it stands in the text as it was written."""
    start = origins[found.start]
    return msgspec.structs.replace(found, start=start, end=max(origins[found.end], start + 1))
