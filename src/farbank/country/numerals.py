"""Numbers written in digits or words, in any language whose words add up and multiply from left to right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"


def pattern(words: Mapping[str, int], times: Mapping[str, int]) -> str:
    """A regular expression for one number: digits, or words in a row."""
    known = _alternatives((*words, *times))
    if not known:
        return _DIGITS
    joint = r"(?:[ -]|\sand\s)?" if any(word.isascii() for word in words) else r"\s?"
    first = re.escape("".join(sorted({word[0] for word in (*words, *times)})))  # tried before forty words are
    return rf"(?=[\d{first}])(?:{_DIGITS}|(?:{known})(?:{joint}(?:{known}))*)"


def value(written: str, words: Mapping[str, int], times: Mapping[str, int]) -> int | None:
    """What `written` is worth, None if it is no number: `23`, `twenty-three`, `스물셋`, `二十三`."""
    if written.replace(",", "").isdigit():
        return int(written.replace(",", ""))
    total = here = 0
    found = re.findall(_alternatives((*words, *times)), written.lower()) if words else []
    for word in found:
        if word in times:
            total, here = total + max(here, 1) * times[word], 0
        else:
            here += words[word]
    return total + here if found else None


@lru_cache(maxsize=64)
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
