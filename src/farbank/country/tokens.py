"""Text cut into index tokens, once, so that every engine means the same by a query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import Stemmer

from farbank.country.fold import fold

_STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "ru": "russian", "pt": "portuguese"}
_APOSTROPHES = "'’ʼ"
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff々"
_TOKEN = re.compile(rf"([{_CJK}]+)|(\d+(?:[.,]\d+)*)|([^\W\d_{_CJK}](?:[^\W\d_{_CJK}]|[{_APOSTROPHES}](?=[^\W\d_]))*)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Marks that show nothing and part words where a page may break them."""
_ASCII_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*")


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


def tokens(text: str, language: str) -> list[str]:
    """Cut `text` into index tokens: stemmed words, bigrams of Hangul, Han and Kana runs, numbers as written.

    `language` picks the stemmer; one without a stemmer keeps words whole. A run of one character is its own token.
    Hangul is spelled as in the South, so that 로동신문 and 노동신문, 녀성 and 여성, 되였다 and 되었다 are one.
    """
    stem = _stemmer(language.partition("-")[0])
    if text.isascii():
        return [stem(token) for token in _ASCII_TOKEN.findall(text.lower())]
    found: list[str] = []
    for run, number, word in _TOKEN.findall(_UNSEEN.sub("", unicodedata.normalize("NFKC", text))):
        if run:
            run = run.translate(SOUTHERN)
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            found.append(stem(number or word.lower()))
    return found


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    algorithm = _STEMMERS.get(language)
    stemmer = Stemmer.Stemmer(algorithm) if algorithm else None

    @cache  # the words of a language are few beside those of an archive
    def stem(word: str) -> str:
        if word[0].isdigit():
            return word.replace(",", "")
        folded = fold(word)
        return stemmer.stemWord(folded) if stemmer else folded

    return stem
