"""Chinese characters in Korean text read as the Hangul they stand for.

A character has the reading that is commonest in papers, unless it stands in one of the words of `han/words.tsv` or one
of two rules applies: 不 is 부 before ㄷ and ㅈ, and 金 is 김 where a run of characters begins with it and no word says
otherwise (金正恩). Not told apart: 金 standing alone (read 금), family names inside a run that are not in the list,
the rarer readings of some eighty characters outside the list, and numbers (一九四五).
"""

from __future__ import annotations

import re
from functools import cache

from farbank.country.southern import SOUTHERN
from farbank.country.variants import ONE_SHAPE, rows

CHARACTERS = "\u3400-\u4dbf\u4e00-\u9fff"
_HANGUL = "\uac00-\ud7a3"
_KIM = re.compile(f"(?<![{_HANGUL}{CHARACTERS}])金(?=[{CHARACTERS}])")
_SEEN = re.compile(f"[{CHARACTERS}]")
_GLOSS = re.compile(rf"[(\[]([{_HANGUL}{CHARACTERS}]++)[)\]]")


def hangul(text: str) -> str:
    """Read every character of `text` that has a Korean reading, spelled as in the South; text without any stays.

    A reading in brackets after what it reads goes: 조선(朝鮮)인민군 and 朝鮮(조선)인민군 are 조선인민군.
    """
    return _read(_GLOSS.sub(_unglossed, text)) if _SEEN.search(text) else text


def _unglossed(found: re.Match[str]) -> str:
    gloss = found[1]
    word = found.string[max(0, found.start() - len(gloss)) : found.start()]
    one_is_hangul = bool(_SEEN.search(word)) != bool(_SEEN.search(gloss))
    return "" if one_is_hangul and _read(word) == _read(gloss) else found.group()


def _read(text: str) -> str:
    usual, listed, words, before_t_or_j = _tables()
    text = words.sub(lambda found: listed[found.group().translate(ONE_SHAPE)], text)
    return before_t_or_j.sub("부", _KIM.sub("김", text)).translate(usual)


@cache
def _tables() -> tuple[dict[int, str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """The usual readings, the words read otherwise, what finds those in every shape, and what finds 不 read 부."""
    read = dict(rows("readings.tsv"))
    usual = {ord(one): sound.translate(SOUTHERN) for sound, alike in read.items() for one in alike}
    listed = dict(rows("words.tsv"))
    shapes: dict[str, str] = {}
    for other, first in ONE_SHAPE.items():
        shapes[first] = shapes.get(first, first) + chr(other)
    patterns = (
        "".join(f"[{shapes.get(one.translate(ONE_SHAPE), one)}]" for one in word)
        for word in sorted(listed, key=len, reverse=True)
    )
    after = "".join(alike for sound, alike in read.items() if "다" <= sound <= "딯" or "자" <= sound <= "짛")
    return (
        SOUTHERN | usual,
        {word.translate(ONE_SHAPE): sound for word, sound in listed.items()},
        re.compile("|".join(patterns)),
        re.compile(f"不(?=[{after}다-딯자-짛])"),
    )
