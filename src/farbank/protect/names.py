"""Other ways a personal name is likely to be written: north or south, in Latin letters, in either order."""

from __future__ import annotations

import re
from itertools import product

from farbank.country.fold import fold
from farbank.country.romanise import hangulised, romanised

_HANGUL_NAME = re.compile(r"([가-힣]) ?([가-힣]{1,3})")
_SURNAMES = tuple(
    frozenset(group.split())
    for group in (
        "김 kim gim", "리 이 ri yi lee li rhee", "박 pak park bak", "최 choe choi", "정 jong jung jeong chong chung",
        "조 jo cho", "강 kang gang", "장 jang chang", "림 임 rim im lim yim", "오 o oh", "신 sin shin",
        "서 so seo suh", "권 kwon gwon", "안 an ahn", "류 유 ryu yu yoo", "전 jon jun jeon chon", "고 ko go koh",
        "문 mun moon", "손 son sohn", "백 paek baek paik", "허 ho heo hur", "심 sim shim", "로 노 ro no roh noh",
        "주 ju joo chu", "량 양 ryang yang", "라 나 ra na",
    )
)  # fmt: skip
"""Surnames whose usual spellings follow no system, or differ between north and south."""


def is_korean_name(written: str) -> bool:
    """Whether two to four Hangul syllables begin with a surname."""
    return _HANGUL_NAME.fullmatch(written) is not None and len(_same(written[0])) > 1


def variants(name: str) -> set[str]:
    """Give other likely spellings of a name of two to four Hangul syllables, or of two or three Latin words.

    Empty for anything else. Too many rather than too few: a variant nobody uses costs one hash.
    """
    hangul = _HANGUL_NAME.fullmatch(name)
    if hangul:
        surname, given = hangul.groups()
        family = _same(surname)
        korean = {word for word in family if not word.isascii()}
        latin = (family - korean).union(*map(romanised, korean))
        return {word + given for word in korean} | _pairs(latin, {*romanised(given)})
    words = name.lower().replace("-", " ").split()
    if 2 <= len(words) <= 3 and all(word.isascii() and word.isalpha() for word in words):
        first, last = words[0], words[-1]
        return _pairs(_latin(first), {" ".join(words[1:])}) | _pairs(_latin(last), {" ".join(words[:-1])})
    return set()


def in_hangul(name: str) -> set[str]:
    """Give the Hangul a name in Latin letters may stand for, a usual surname read as such; empty for other scripts."""
    words = [fold(word) for word in name.replace("-", " ").split()]
    found = _read(words)
    if 2 <= len(words) <= 3:
        for surname, given in ((words[0], words[1:]), (words[-1], words[:-1])):
            family = [word for word in _same(surname) if not word.isascii()]
            found |= {word + read for word, read in product(family, _read(given))}
    return found


def _read(words: list[str]) -> set[str]:
    return set(map("".join, product(*map(hangulised, words))))


def _pairs(surnames: set[str], given: set[str]) -> set[str]:
    return {spelling for a, b in product(surnames, given) for spelling in (f"{a} {b}", f"{b} {a}")}


def _same(surname: str) -> set[str]:
    return {surname}.union(*(group for group in _SURNAMES if surname in group))


def _latin(surname: str) -> set[str]:
    return {word for word in _same(surname) if word.isascii()}
