"""Spellings reduced to what stays the same when people write the same name differently."""

from __future__ import annotations

import re
import unicodedata

from farbank.country.variants import ONE_SHAPE

# Only the marks of Latin, Greek and Cyrillic: in Japanese or Hindi a mark is part of the letter.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_NOT_LETTERS = re.compile(r"[^\w\u3099\u309a]|_")


def fold(text: str) -> str:
    """Reduce `text` to letters and digits without case or accents, so that spellings can be compared.

    Marks, hyphens, apostrophes, spaces and all other punctuation go; Hangul comes out composed (NFC); traditional,
    simplified and Japanese shapes of a character are one. Folding twice is folding once.
    """
    if text.isascii():
        return _NOT_LETTERS.sub("", text).lower()
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _NOT_LETTERS.sub("", _MARKS.sub("", flat))).translate(ONE_SHAPE)


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("yeo|yu", "yo"),
        ("eo", "o"),
        ("eu|oo", "u"),
        ("oi|we", "oe"),
        ("ae|ai", "e"),
        ("tch|ch|j", "c"),
        ("sh", "s"),
        ("kh|g", "k"),
        ("th|d", "t"),
        ("ph|b", "p"),
        ("[lr]", "n"),
        ("^n(?=[yi])", ""),
        (r"(.)\1+", r"\1"),
    )
)


def skeleton(folded: str) -> str:
    """Reduce a folded romanisation of Korean to its sound, so that systems and slips agree.

    Ryanggang and Yanggang, Hamgyong, Hamkyung and Hamgyeong, Hoeryong and Hoiryeong, Pochon and Bocheon come out
    equal. Coarse on purpose: use it only where the exact spelling found nothing.
    """
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded


_BLURS = (*_SOUNDS[:-3], (re.compile("[lr]"), "r"), (re.compile("^[nr](?=[yi])"), ""), (re.compile("u"), "o"))


def blur(folded: str) -> str:
    """Reduce a folded romanisation to a sound in which one slip of the pen stays one slip: ŏ, o and u are the same.

    Chongjin, Chungjin and Cheongjin, Hoeryong and Hoiryoung come out equal; doubled consonants stay, and r is not n.
    """
    for pattern, sound in _BLURS:
        folded = pattern.sub(sound, folded)
    return folded.replace("oo", "o")
