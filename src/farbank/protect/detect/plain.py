"""Text as the detectors read it, and the way back to the text as it was written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from farbank.model.detections import Detection

Origins = tuple[int, ...]
"""For every character of a plain text where it came from, and one more for the end."""

_MARKS = "[\u0300-\u036f\u1160-\u11ff\u3099\u309a]"
_CLUSTER = re.compile(f"(?P<plain>(?:[\0-\x7f가-힣一-鿿ぁ-ゖァ-ヺ、。](?!{_MARKS}))+)|(?s:.){_MARKS}*")
"""Characters that are plain as they stand, or one with the marks or jamo that belong to it."""
_UNSEEN = frozenset("\u034f\u115f\u1160") | {chr(code) for code in range(0xFE00, 0xFE10)}
"""What shows as nothing although it counts as a letter or a mark: joiner, fillers of Hangul, variation selectors."""
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00a0": " ", "\u3000": " "})


@lru_cache(maxsize=64)  # every language asks for the same sentence
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
        if cluster["plain"] is not None:
            laid.append(written)
            origins += range(cluster.start(), cluster.end())
            continue
        # the full stops and commas of Chinese are told apart by shape
        kept = unicodedata.category(written[0])[0] == "P"
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
