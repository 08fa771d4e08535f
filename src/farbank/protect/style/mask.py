"""A text without what it is about: function words, endings and marks are left, every other word is a mask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from farbank.protect.style.languages import Kept, kept

MOST_LETTERS = 60_000
"""Of a text, letters that are read: more than any mouth is quoted with, and a bound on the time a page can take."""
MASK = "*"
NUMBER = "#"
COMMON_MARKS = frozenset(",.、。،\"“”‘’'「」『』《》")
ENDS = ".!?。！？…"
_LONGEST_LISTED = 6
_SHORT = 3
"""Letters of a word that is kept in a language without lists: most words so short are function words."""
_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]+)|(?P<kana>[\u3041-\u3096]+ー*)|(?P<katakana>[\u30a1-\u30faー]+)"
    r"|(?P<hangul>[가-힣]+)|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff가-힣々〆]+"
    r"(?:['’-][^\W\d_\u3041-\u30ff\u3400-\u9fff가-힣]+)*)"
    r"|(?P<mark>[^\w\s])"
)


class Piece(NamedTuple):
    """One word, ending or mark; `form` is what is left of it, `shape` its outward kind, start and end its letters."""

    form: str
    shape: str
    start: int
    end: int
    telling: bool
    """Whether it may tell mouths apart: anybody says “the”, not everybody “anyhow”."""

    @property
    def spoken(self) -> bool:
        """A word or number, no mark."""
        return self.shape not in ",.;"


def masked(text: str, language: str) -> list[Piece]:
    """Cut and mask the first `MOST_LETTERS` letters of a text; linear in its length."""
    lists = kept(language)
    found: list[Piece] = []
    for token in _TOKEN.finditer(text[:MOST_LETTERS]):
        kind = str(token.lastgroup)
        if kind == "han" or (kind == "kana" and lists.listed):
            found += _listed(token.group(), token.start(), lists, kind)
        elif kind == "hangul":
            found.append(_hangul(token.group(), token.start(), lists))
        else:
            found.append(_other(token.group(), token.start(), kind, lists))
    return found


def words(pieces: Sequence[Piece]) -> int:
    """How much was said; two Han characters or three kana count as a word."""
    lone = sum(2 if piece.shape == "h" else 3 if piece.shape == "k" else 0 for piece in pieces)
    han = sum(piece.end - piece.start for piece in pieces if piece.shape == "h")
    kana = sum(piece.end - piece.start for piece in pieces if piece.shape == "k")
    return sum(piece.spoken for piece in pieces if piece.shape not in "hk") + (han // 2 + kana // 3 if lone else 0)


def sentences(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces, parted after each mark that ends a sentence."""
    at = 0
    for number, piece in enumerate(pieces):
        ended = piece.form in ENDS
        if ended and (number + 1 == len(pieces) or pieces[number + 1].spoken):
            yield list(pieces[at : number + 1])
            at = number + 1
    if at < len(pieces):
        yield list(pieces[at:])


def _listed(run: str, start: int, lists: Kept, kind: str) -> Iterator[Piece]:
    """A run without spaces: the longest listed words, Han between them masked, kana between them kept."""
    at = since = 0
    while at <= len(run):
        longest = range(min(_LONGEST_LISTED, len(run) - at), 0, -1)
        size = next((size for size in longest if run[at : at + size] in lists.words), 0)
        if (size or at == len(run)) and since < at:
            rest = run[since:at]
            yield Piece(MASK if kind == "han" else rest, kind[0], start + since, start + at, False)
        if size:
            word = run[at : at + size]
            yield Piece(word, kind[0], start + at, start + at + size, lists.words[word])
            since = at + size
        at += size or 1


def _hangul(word: str, start: int, lists: Kept) -> Piece:
    """A listed word, or its longest listed ending behind a mask."""
    end = start + len(word)
    if word in lists.words:
        return Piece(word, "l", start, end, lists.words[word])
    loose = unicodedata.normalize("NFD", word[-_LONGEST_LISTED:])
    for size in range(1, len(loose)):
        if (ending := loose[size:]) in lists.endings:
            return Piece(MASK + _composed(ending), "l", start, end, lists.endings[ending])
    return Piece(MASK, "l", start, end, False)


def _composed(ending: str) -> str:
    """As people write it; a final consonant that begins it stands alone."""
    loose = {"ᆫ": "ㄴ", "ᆯ": "ㄹ"}.get(ending[0], ending[0])
    return unicodedata.normalize("NFC", loose + ending[1:])


def _other(token: str, start: int, kind: str, lists: Kept) -> Piece:
    end = start + len(token)
    if kind == "number":
        return Piece(NUMBER, "0", start, end, False)
    if kind == "mark":
        return Piece(token, token if token in (",", ".") else ";", start, end, token not in COMMON_MARKS)
    shape = "U" if token.isupper() and len(token) > 1 else "C" if token[0].isupper() else "l"
    lower = token.lower().replace("’", "'")
    if lists.listed:
        return Piece(lower if lower in lists.words else MASK, shape, start, end, lists.words.get(lower, False))
    return Piece(lower if len(lower) <= _SHORT else MASK, shape, start, end, False)
