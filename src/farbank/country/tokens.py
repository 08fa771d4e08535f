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
_ASCII_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*")


def tokens(text: str, language: str) -> list[str]:
    """Cut `text` into index tokens: stemmed words, bigrams of Hangul, Han and Kana runs, numbers as written.

    `language` picks the stemmer; one without a stemmer keeps words whole. A run of one character is its own token.
    """
    stem = _stemmer(language.partition("-")[0])
    if text.isascii():
        return [stem(token) for token in _ASCII_TOKEN.findall(text.lower())]
    found: list[str] = []
    for run, number, word in _TOKEN.findall(unicodedata.normalize("NFKC", text)):
        if run:
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
