"""Korean as the North spells it, spelled as the South does."""

from __future__ import annotations

import re

_OPEN = "".join(chr(0xAC00 + 28 * syllable + final) for syllable in range(19 * 21) for final in (0, 4))
_RYUL = re.compile(f"(?<=[{_OPEN}])[률렬]")


def _southern() -> dict[int, str]:
    """The syllables that the South spells otherwise at the beginning of a Sino-Korean word (두음법칙), and 였.

    Mapped wherever they stand, for words are written together: what that makes equal (리, 이) is told apart by its
    neighbours.
    """
    rieul, nieun, silent = 5, 2, 11
    finals = {"": 0, "ㄱ": 1, "ㄴ": 4, "ㄹ": 8, "ㅁ": 16, "ㅂ": 17, "ㅇ": 21}
    glides, plain, rare = (2, 6, 7, 12, 17, 20), (0, 1, 8, 11, 13), ("ㄱ", "ㅁ", "ㅇ")
    found = {"였": "었"}
    for final, code in finals.items():
        for vowel in glides:
            found[_syllable(rieul, vowel, code)] = _syllable(silent, vowel, code)
            if vowel != 20 or final:  # 니 is an ending a thousand times more often than it is a word
                found[_syllable(nieun, vowel, code)] = _syllable(silent, vowel, code)
        for vowel in (*plain, *((18,) if final in rare else ())):  # 르 and 를 are endings, 륵 름 릉 are words
            found[_syllable(rieul, vowel, code)] = _syllable(nieun, vowel, code)
    return {ord(north): south for north, south in found.items()}


def _syllable(initial: int, vowel: int, final: int) -> str:
    return chr(0xAC00 + (initial * 21 + vowel) * 28 + final)


SOUTHERN = _southern()
"""Northern syllables and how the South spells them."""


def as_in_the_south(name: str) -> str:
    """A name as the South spells it: its first syllable (량강, 양강), and 률, 렬 after a vowel or ㄴ (은률, 은율)."""
    begun = name[:1].translate(SOUTHERN) + name[1:]
    return _RYUL.sub(lambda found: found.group().translate(SOUTHERN), begun)
