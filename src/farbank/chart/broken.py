"""Sentences broken into lines that fit, for a format that breaks none by itself."""

from __future__ import annotations

import re
import unicodedata

_PIECE = re.compile(
    r"[^\S\u3000]+|[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]|[^\s\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]+"
)
"""Spaces, one kana or ideograph, or a word of any other script: Korean breaks at its spaces, Chinese anywhere."""
_CLOSING = frozenset("、。，．・：；！？」』）》〉】〕ーっゃゅょッャュョ々”’…")
"""What no line begins with."""
_WIDE, _MIDDLE, _CAPITAL, _LATIN = 1.0, 0.9, 0.7, 0.55
"""Widths of letters as parts of their size, rather too much than too little: which face a reader has is not known."""


def width(text: str, size: float) -> float:
    """About how many points `text` takes at `size` points."""
    return sum(map(_letter, text)) * size


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return _WIDE
    if not letter.isascii() and unicodedata.category(letter) in ("So", "Lo"):
        return _MIDDLE
    return _CAPITAL if letter.isupper() or letter in "—@%MWmw" else _LATIN


def broken(text: str, size: float, room: float) -> tuple[str, ...]:
    """`text` in lines of at most `room` points each; a word too long for a line is cut. Joined, they are the text.

    A line keeps the space it is broken at, so that what is copied out of a drawing has it too.
    """
    lines = [""]
    for piece in (part for whole in _PIECE.findall(text) for part in _cut(whole, size, room)):
        stays = piece.isspace() or piece in _CLOSING or not lines[-1]
        if not stays and width(lines[-1] + piece, size) > room:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


def _cut(word: str, size: float, room: float) -> list[str]:
    if len(word) < 2 or width(word, size) <= room:
        return [word]
    half = len(word) // 2
    return [*_cut(word[:half], size, room), *_cut(word[half:], size, room)]
