"""Korean particles, chosen by the sound they follow."""

from __future__ import annotations

import re

_PARTICLES = (
    "은|는|이|가|을|를|과|와|랑|이랑|도|만|의|에|에서|에게|로|으로|까지|부터|보다|처럼|이나|나|이다|라고|이라고|이며|에만"
    "|에도|에는|에서는|에서도|에서만|에서의|에서부터|까지는|까지도|부터는|로부터|으로부터|로의|으로의|로는|으로는|과의|와의|만의|만은"
)
PARTICLES = frozenset(_PARTICLES.split("|"))
"""Particles, and pairs of them, that follow a noun."""

AFTER_NAME = re.compile(
    r"(?:지역|일대|주민|사람|시내|시민|출신|방면|부근|근처|역|항|읍|광산|탄광|씨|동무|동지|선생)?(?:들|내|쪽)?"
    rf"(?:{_PARTICLES})?(?![가-힣])"
)
"""What may stand between a name and the end of the word: a word for what or who is there, then a particle."""

_RIEUL = 8
_DIGIT_FINALS = {"0": 21, "1": _RIEUL, "3": 16, "6": 1, "7": _RIEUL, "8": _RIEUL}
"""Final consonants of the Sino-Korean digits: 영 일 이 삼 사 오 육 칠 팔 구."""
_LETTER_FINALS = {"l": _RIEUL, "m": 16, "n": 4, "r": _RIEUL}
"""Letters whose Korean names end in a consonant: 엘 엠 엔 알; the others (비, 에이, 케이 …) end in a vowel."""
_WORD_FINALS = {**dict.fromkeys("bkptcd", 1), **_LETTER_FINALS}
"""Consonants that end a foreign word read aloud (`-ng` is covered by its g being silent: see `_final`)."""

_PAIRS = {"은(는)": ("은", "는"), "이(가)": ("이", "가"), "을(를)": ("을", "를"), "와(과)": ("과", "와")}
_PAIRS |= {"과(와)": ("과", "와"), "(이)": ("이", "")}
MARK = re.compile(r"은\(는\)|이\(가\)|을\(를\)|와\(과\)|과\(와\)|\(으\)로|\(이\)(?=[가-힣])")
"""A particle written both ways, to be chosen once the word before it is there."""


def attach(text: str) -> str:
    """Resolve “은(는)”, “이(가)”, “을(를)”, “와(과)”, “(으)로” and “(이)” by the word before each.

    Closing quotation marks and brackets are looked through; a word that ends in no Hangul, Latin letter or digit
    counts as ending in a vowel.
    """
    out: list[str] = []
    last = 0
    for found in MARK.finditer(text):
        out.append(text[last : found.start()])
        out.append(_chosen(found.group(), _final("".join(out))))
        last = found.end()
    return "".join([*out, text[last:]])


def _chosen(mark: str, final: int) -> str:
    if mark == "(으)로":
        return "로" if final in (0, _RIEUL) else "으로"
    with_final, without = _PAIRS[mark]
    return with_final if final else without


def _final(text: str) -> int:
    """The index of the last syllable's final consonant, 0 for none."""
    word = re.sub(r"(?:\([^()]*\)|[\W_])+$", "", text)
    if not word:
        return 0
    last = word[-1]
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28
    if last.isdigit():
        return _DIGIT_FINALS.get(last, 0)
    lone = len(word) < 2 or not (word[-2].isascii() and word[-2].isalpha())
    if lone:
        return _LETTER_FINALS.get(last.lower(), 0)
    return 21 if word[-2:].lower() == "ng" else _WORD_FINALS.get(last.lower(), 0)
