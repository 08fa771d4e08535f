"""The ways a Korean name gets written in Latin letters, systems and habits together, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import TypeVar

_T = TypeVar("_T")

MOST = 192
"""Variants kept per name; three syllables with two choices each stay well below it."""

_INITIALS = (
    ("g", "k"), ("kk",), ("n",), ("d", "t"), ("tt",), ("r",), ("m",), ("b", "p"), ("pp",), ("s",), ("ss",), ("",),
    ("j", "ch"), ("jj",), ("ch",), ("k", "kh"), ("t", "th"), ("p", "ph"), ("h",),
)  # fmt: skip
_VOWELS = (
    ("a",), ("ae",), ("ya",), ("yae",), ("o", "eo"), ("e",), ("yo", "yeo", "yu"), ("ye",), ("o",), ("wa",), ("wae",),
    ("oe", "oi"), ("yo",), ("u",), ("wo",), ("we",), ("wi",), ("yu",), ("u", "eu"), ("ui", "eui"), ("i",),
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l",
    "m", "p", "p", "s", "s", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_N, _R, _M, _SILENT, _I = 2, 5, 6, 11, 20
_GLIDES = frozenset((2, 3, 6, 7, 12, 17, _I))
"""Vowels before which a word-initial ㄹ or ㄴ falls silent in the South."""
_MEETINGS: dict[tuple[str, int], tuple[str, ...]] = {
    ("k", _N): ("kn", "ngn"), ("k", _R): ("kr", "ngn"), ("k", _M): ("km", "ngm"), ("k", _SILENT): ("k", "g"),
    ("n", _R): ("nr", "ll", "nn"), ("l", _N): ("ln", "ll"), ("l", _R): ("ll", "lr"), ("l", _SILENT): ("r",),
    ("m", _R): ("mr", "mn"), ("ng", _R): ("ngr", "ngn"), ("p", _N): ("pn", "mn"), ("p", _R): ("pr", "mn"),
    ("p", _M): ("pm", "mm"), ("p", _SILENT): ("p", "b"), ("t", _SILENT): ("d",), ("s", _N): ("nn",), ("s", _M): ("nm",),
}  # fmt: skip
"""Final consonant and next initial that change each other."""


def romanised(hangul: str) -> tuple[str, ...]:
    """Latin spellings of a Hangul name, capitalised, at most MOST; empty unless every character is a syllable.

    Covers the northern, McCune-Reischauer (without marks) and Revised systems and common newspaper habits
    (Hamgyung, Hoiryeong, Bocheon) in any mixture.
    """
    if not hangul or any(not "가" <= syllable <= "힣" for syllable in hangul):
        return ()
    codes = [ord(syllable) - 0xAC00 for syllable in hangul]
    parts = [(code // 588, code % 588 // 28, code % 28) for code in codes]
    choices: list[tuple[str, ...]] = [_opening(*parts[0][:2])]
    for here, following in zip(parts, [*parts[1:], None], strict=True):
        choices.append(_VOWELS[here[1]])
        choices.append(_between(_FINALS[here[2]], following[0] if following else None))
    made = islice(product(*choices), MOST)  # a long name has millions: none but the first are ever made
    return tuple(dict.fromkeys("".join(choice).capitalize() for choice in made))


def _opening(initial: int, vowel: int) -> tuple[str, ...]:
    if initial in (_N, _R) and vowel in _GLIDES:
        return (*_INITIALS[initial], "")
    return ("r", "n") if initial == _R else _INITIALS[initial]


def _between(final: str, initial: int | None) -> tuple[str, ...]:
    if initial is None:
        return ("k", "g") if final == "k" else ("p", "b") if final == "p" else (final,)
    met = _MEETINGS.get((final, initial))
    if met:
        return met
    finals = (final, {"k": "g", "p": "b"}[final]) if final in ("k", "p") else (final,)
    return tuple(end + start for end in finals for start in _INITIALS[initial])


_LONGEST = 24
"""Letters of the longest Latin name read as Hangul: more would take too many ways to cut."""
_AS_FINAL = {"": 0, "k": 1, "g": 1, "n": 4, "l": 8, "m": 16, "p": 17, "b": 17, "t": 19, "s": 19, "ng": 21}


def _inverse(table: tuple[tuple[str, ...], ...], **more: int) -> dict[str, tuple[int, ...]]:
    known: dict[str, tuple[int, ...]] = {letters: (index,) for letters, index in more.items()}
    for letters in dict.fromkeys(letters for row in table for letters in row):
        known[letters] = tuple(index for index, row in enumerate(table) if letters in row)
    return known


_AS_INITIAL = _inverse(_INITIALS, l=_R, sh=9)
_AS_VOWEL = _inverse(_VOWELS, oo=13)


def hangulised(latin: str) -> tuple[str, ...]:
    """Hangul that a Korean name in small Latin letters may stand for, at most MOST; empty if it can be none.

    The converse of `romanised`, but sounds that two syllables change in each other are not undone.
    """
    return tuple(islice(_syllables(latin), MOST)) if len(latin) <= _LONGEST else ()


def _syllables(latin: str) -> Iterator[str]:
    if not latin:
        yield ""
        return
    for initials, with_vowel in _cuts(latin, _AS_INITIAL):
        for vowels, with_final in list(_cuts(with_vowel, _AS_VOWEL))[-1:]:  # `ae` is one vowel wherever it stands
            for final, rest in _cuts(with_final, _AS_FINAL):
                for others in _syllables(rest):
                    for initial, vowel in product(initials, vowels):
                        yield chr(0xAC00 + (initial * 21 + vowel) * 28 + final) + others


def _cuts(latin: str, table: Mapping[str, _T]) -> Iterator[tuple[_T, str]]:
    """What the first letters may stand for, and the letters after them."""
    for size in range(min(3, len(latin)) + 1):
        if latin[:size] in table:
            yield table[latin[:size]], latin[size:]
