"""Text cut into index tokens, once, so that every engine means the same by a query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import Stemmer

from farbank.country.fold import fold
from farbank.country.hanja import hangul
from farbank.country.southern import SOUTHERN
from farbank.country.variants import ONE_SHAPE

_STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "ru": "russian", "pt": "portuguese"}
_APOSTROPHES = "'’ʼ"
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff々"
_TOKEN = re.compile(rf"([{_CJK}]+)|(\d+(?:[.,]\d+)*)|([^\W\d_{_CJK}](?:[^\W\d_{_CJK}]|[{_APOSTROPHES}](?=[^\W\d_]))*)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Marks that show nothing and part words where a page may break them."""
_ASCII_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*")
_ONE_SPELLING = SOUTHERN | ONE_SHAPE


def tokens(text: str, language: str) -> list[str]:
    """Cut `text` into index tokens: stemmed words, bigrams of Hangul, Han and Kana runs, numbers as written.

    `language` picks the stemmer; one without a stemmer keeps words whole. A run of one character is its own token.
    What is spelled in several ways is one: see `one_spelling`.
    """
    primary = language.partition("-")[0]
    stem = _stemmer(primary)
    if text.isascii():
        return [stem(token) for token in _ASCII_TOKEN.findall(text.lower())]
    found: list[str] = []
    for run, number, word in _TOKEN.findall(_plain(text, primary)):
        if run:
            run = run.translate(_ONE_SPELLING)
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            found.append(stem(number or word.lower()))
    return found


def one_spelling(text: str, language: str) -> str:
    """`text` as it is compared, before it is cut: composed, without marks that show nothing, in one spelling.

    Hangul is spelled as in the South, so that 로동신문 and 노동신문, 녀성 and 여성, 되였다 and 되었다 are one. Chinese
    characters are read as Hangul in Korean (朝鮮, 조선); elsewhere traditional, simplified and Japanese shapes are one.
    """
    return _plain(text, language.partition("-")[0]).translate(_ONE_SPELLING)


def _plain(text: str, primary: str) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return hangul(text) if primary == "ko" else text


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
