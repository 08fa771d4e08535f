"""Text of other alphabets in Latin letters: as they look, for a trick or a slip of the keyboard, and as they sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u0587]")

_LOOKS = str.maketrans(
    "авгԁеһіјкмнорсѕтуԝхѵ" "АВЕНІЈКМОРСЅТУХ" "αβγεηικνορτυχωϲϳ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" "օսհց",
    "abrdehijkmhopcstywxv" "ABEHIJKMOPCSTYX" "abyenikvoptuxwcj" "ABEZHIKMNOPTYX" "ouhg",
)  # fmt: skip
_SOUNDS = str.maketrans(
    "абвгдежзийклмнопрстуфхцчшщыэ" "αβγδεζηθικλμνξοπρσςτυφχω",
    "abvgdejziiklmnoprstufhccssye" "abgdezitiklmnxoprsstufho",
    "ъь",
) | str.maketrans({"ё": "yo", "ю": "yu", "я": "ya"})  # fmt: skip


def alike(text: str) -> str:
    """`text` with letters of other alphabets as the Latin ones they look like; as long as before."""
    return text.translate(_LOOKS) if _OTHER.search(text) else text


def in_latin(text: str) -> Iterator[str]:
    """Yield `text` with letters of other alphabets as the Latin ones they look like, and as those they sound like.

    Nothing if it has none. Positions are about those in `text`.
    """
    if _OTHER.search(text):
        yield text.translate(_LOOKS)
        yield text.lower().translate(_SOUNDS)
