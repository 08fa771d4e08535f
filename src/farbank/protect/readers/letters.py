"""Text reduced to the letters a forbidden spelling is looked for in, with the edges of words kept beside them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from farbank.country.fold import fold
from farbank.country.particles import AFTER_NAME
from farbank.protect.readers.alphabets import in_latin

SOFT = "\ue000"
"""What a reader puts where a tag stood inside a word: an edge, but no gap."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SCRIPTS = re.compile(r"(?<=[a-z])(?=[^a-z |])|(?<=[^a-z |])(?=[a-z])")
_MARKS = re.compile(r"[ |]{2,}")
_PIECE = re.compile(r"([^ |]+)([ |]?)")
_SAME = str.maketrans("ıɡɑłøđħŧɪɴʀʟʏ", "igalodhtinrly") | {code: code + 0x60 for code in range(0x3041, 0x3097)}
"""Letters of Latin that no folding makes plain, and hiragana, written as katakana."""
_FILLERS = dict.fromkeys("\u115f\u1160\u3164\uffa0", "")
"""Hangul fillers: letters to Unicode, nothing to the eye."""

_NONE, _EDGE, GAP = 0, 1, 2


class Letters(NamedTuple):
    """The folded letters and digits of a text; `edges[i]` tells what stood before letter i: nothing, an edge, a gap.

    A gap is white space or the border of a block. An edge is punctuation, a tag inside a word, a change of script or
    of case, or the join of letters and digits.
    """

    text: str
    edges: bytes

    def stands_apart(self, start: int, length: int) -> bool:
        """Say whether the window reads as a word of its own, as far as its script and length need that.

        Latin: from seven letters on it trips anywhere inside a word, from six at the beginning of one (Yongan is not
        in Pyongan), a shorter one only as a whole word, and one put together from several words only if it takes
        them whole (“lesson song” is not Onsong). Scripts without spaces between word and particle trip anywhere,
        over a gap only from the beginning of a word, and two syllables inside a Korean word only before a particle
        (Wiwon is not in 인민위원회).
        """
        end = start + length
        between = max(self.edges[start + 1 : end], default=_NONE)
        begins, ends = self.edges[start] > _NONE, self.edges[end] > _NONE
        if unspaced(self.text[start]):
            if between == GAP:
                return begins and (length > 2 or ends)
            return begins or length > 2 or self.closes(end)
        if length < 6 or between == GAP:
            return begins and ends
        return begins or (between == _NONE and length > 6)

    def closes(self, end: int) -> bool:
        """Say whether only particles follow up to the next edge, or the script has none."""
        rest = self.text[end : next(at for at in range(end, len(self.edges)) if self.edges[at])]
        return not "가" <= self.text[end - 1] <= "힣" or AFTER_NAME.match(rest) is not None


def unspaced(letter: str) -> bool:
    """Say whether `letter` belongs to Hangul, Han or kana, where two letters can be a name."""
    return letter >= "\u1100" and not "\u1200" <= letter < "\u2e80"


def readings(text: str) -> tuple[Letters, ...]:
    """Give the letters of `text`, as they stand and in every way they may be read.

    Single jamo are also put together to syllables, and Greek and Cyrillic letters taken for Latin ones.
    """
    return tuple(map(_split, (*_own(text), *map(_marked, in_latin(text)))))


def position(text: str, index: int) -> int:
    """Find where in `text` its letter number `index` stands (to within a syllable); slow, for reports only."""
    passed = 0
    for at, character in enumerate(text):
        passed += len(fold(character))
        if passed > index:
            return at
    return len(text)


def _own(text: str) -> tuple[str, ...]:
    """The marked letters in their own alphabet, and with single jamo put together if there are any."""
    marked = _marked(text)
    composed = _syllables(marked) if _JAMO.search(marked) else marked
    return (marked,) if composed == marked else (marked, composed)


def _marked(text: str) -> str:
    """Fold every letter, and turn what stands between into a bar (edge) or a blank (gap)."""
    folded = unicodedata.normalize("NFC", _CAMEL.sub("|", text).translate(_TABLE))
    return _SCRIPTS.sub("|", _MARKS.sub(_widest, folded))


def _widest(marks: re.Match[str]) -> str:
    return " " if " " in marks.group() else "|"


class _Table(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        letter = _FILLERS.get(character, fold(character)) or _between(character)
        self[code] = letter = letter.translate(_SAME)
        return letter


def _between(character: str) -> str:
    if character.isspace():
        return " "
    # Zero-width, soft-hyphen, bidirectional and control characters and stray marks do not part a word at all.
    return "" if unicodedata.category(character) in ("Cf", "Cc", "Mn", "Me") or character in _FILLERS else "|"


_TABLE = _Table()


def _split(marked: str) -> Letters:
    letters: list[str] = []
    edges = bytearray()
    before = GAP
    for word, mark in _PIECE.findall(marked.lstrip(" |")):
        letters.append(word)
        edges.append(before)
        edges.extend(bytes(len(word) - 1))
        before = GAP if mark == " " else _EDGE
    edges.append(GAP)
    return Letters("".join(letters), bytes(edges))


_JAMO = re.compile("[\u1100-\u11ff]")
_BETWEEN_JAMO = re.compile("(?<=[\u1100-\u11ff])[ |](?=[\u1100-\u11ff])")
_VOWELS = "\u1161-\u1175"
_OPEN = re.compile(f"(?<=[{_VOWELS}])([\u1100-\u1112])([\u1100-\u1112]?)(?![{_VOWELS}])")
_INITIALS = "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ"
_FINAL = dict(zip(_INITIALS, "ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", strict=True))
_DOUBLE = {"ᄀᄉ": "ᆪ", "ᄂᄌ": "ᆬ", "ᄂᄒ": "ᆭ", "ᄅᄀ": "ᆰ", "ᄅᄆ": "ᆱ", "ᄅᄇ": "ᆲ", "ᄅᄉ": "ᆳ", "ᄅᄐ": "ᆴ", "ᄅᄑ": "ᆵ"}
_DOUBLE |= {"ᄅᄒ": "ᆶ", "ᄇᄉ": "ᆹ"}


def _syllables(marked: str) -> str:
    """Put single jamo together as a reader does: a consonant no vowel follows closes the syllable before it."""
    together = unicodedata.normalize("NFD", _BETWEEN_JAMO.sub("", marked))
    return unicodedata.normalize("NFC", _OPEN.sub(_close, together))


def _close(consonants: re.Match[str]) -> str:
    first, second = consonants.groups()
    return _DOUBLE.get(first + second) or _FINAL.get(first, first) + second


@lru_cache(maxsize=4096)
def letters_only(spelling: str) -> str:
    """Reduce one spelling to its letters, in the same way as the texts it is looked for in."""
    return _split(_own(spelling)[-1]).text
