"""What Hangul says of a syllable: the stem and the particle of its word, the words beside it, and its sounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from farbank.country.particles import PARTICLES
from farbank.protect.detect.tagger.tokens import EDGE, Token

_MORE = """
    께 께서 한테 하고 며 이며 인 이고 이자 라 이라 란 이란 라는 이라는 라며 이라며 에게서 에게는
    였다 이었다 입니다 지만 이지만"""
_ENDINGS = frozenset(plural + one for plural in ("", "들") for one in {*PARTICLES, *_MORE.split()})
"""What a word may end in behind its stem."""
_LONGEST_ENDING = max(map(len, _ENDINGS))
_AFTER_CONSONANT = frozenset("은이을과")
_AFTER_VOWEL = frozenset("는가를와랑며나란라")
_RIEUL = 8
_FINALS, _VOWELS = 28, 21
_LONGEST = 40


class _Word(NamedTuple):
    """A run of syllables, or one other token, without a space in it."""

    stem: str
    particle: str


_NO_WORD = _Word(EDGE, "")


def of_syllables(line: Sequence[Token]) -> list[list[str]]:
    """Features of each token; only syllables have any."""
    found: list[list[str]] = [[] for _ in line]
    if not any(is_syllable(token.text) for token in line):
        return found
    runs = _runs(line)
    texts = ["".join(token.text for token in line[start:end]).lower() for start, end in runs]
    words = [_NO_WORD, *(_parted(text) for text in texts), _NO_WORD]
    for place, (start, end) in enumerate(runs):
        if is_syllable(line[start].text):
            beside = _beside(words[place], words[place + 2])
            for at in range(end - start):
                found[start + at] = _place(words[place + 1], at) + beside + _sounds(texts[place], at)
    return found


def is_syllable(text: str) -> bool:
    """Whether a token is one composed syllable."""
    return len(text) == 1 and "\uac00" <= text <= "\ud7a3"


def _runs(line: Sequence[Token]) -> list[tuple[int, int]]:
    found, start = [], 0
    for index in range(1, len(line) + 1):
        joins = (
            index < len(line)
            and not line[index].spaced
            and is_syllable(line[index].text)
            and is_syllable(line[index - 1].text)
        )
        if not joins:
            found.append((start, index))
            start = index
    return found


def _parted(text: str) -> _Word:
    """Stem and particle; of several particles that the sound before allows, the longest."""
    for cut in range(max(1, len(text) - _LONGEST_ENDING), len(text)):
        if text[cut:] in _ENDINGS and _follows(text[cut], _final(text[cut - 1])):
            return _Word(text[:cut][:_LONGEST], text[cut:])
    return _Word(text[:_LONGEST], "")


def _follows(particle: str, final: int) -> bool:
    """Whether a particle that begins so may follow a syllable with this final consonant, 0 for none."""
    if particle in _AFTER_CONSONANT:
        return final != 0
    if particle in _AFTER_VOWEL:
        return final == 0
    if particle in {"로", "으"}:
        return (particle == "로") == (final in {0, _RIEUL})
    return True


def _final(syllable: str) -> int:
    return (ord(syllable) - 0xAC00) % _FINALS if is_syllable(syllable) else 0


def _place(word: _Word, at: int) -> list[str]:
    """Where in its word a syllable stands, and what of the stem is before and behind it."""
    stem, particle = word
    left = len(stem) - at
    if left <= 0:
        return [f"kq={particle}|{-left}", f"kr={stem[-2:]}", f"kl={len(stem)}"]
    found = [
        f"k={stem}",
        f"kp={particle}",
        f"kl={len(stem)}/{at}",
        f"k>={stem[at : at + 5]}",
        f"kx={particle}|{min(len(stem), 5)}|{at}",
        f"k0={stem[0]}|{len(stem)}|{at}",
    ]
    found += (f"k{size}={stem[-size:]}|{left}" for size in (1, 2, 3))
    return [*found, f"k<={stem[: at + 1]}|{left}"] if at < 4 else found


def _beside(before: _Word, behind: _Word) -> list[str]:
    return [
        f"kv={before.stem}",
        f"kv2={before.stem[-2:]}",
        f"kvp={before.particle}",
        f"kn={behind.stem}",
        f"kn1={behind.stem[0]}",
        f"kn2={behind.stem[-2:]}",
    ]


def _sounds(text: str, at: int) -> list[str]:
    """First consonant, vowel and final consonant, and how they meet those of the neighbours in the word."""
    first, vowel, final = _letters(text[at])
    found = [f"jo={first}", f"jv={vowel}", f"jc={final}", f"jr={vowel}/{final}"]
    for offset in (-1, 1):
        if 0 <= at + offset < len(text):
            near, _, ends = _letters(text[at + offset])
            found += (f"jc{offset}={ends}", f"jo{offset}={near}|{first}", f"jx{offset}={ends}|{final}")
        else:
            found.append(f"j{offset}")
    return found


def _letters(syllable: str) -> tuple[int, int, int]:
    number = ord(syllable) - 0xAC00
    return number // (_FINALS * _VOWELS), number // _FINALS % _VOWELS, number % _FINALS
