"""The ways a Korean name gets written in Latin letters, systems and habits together."""

from __future__ import annotations

from itertools import islice, product

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
