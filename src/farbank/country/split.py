"""Running text cut into sentences, in alphabets, Korean, Chinese and Japanese."""

from __future__ import annotations

import re
from collections.abc import Collection

_CLOSERS = "”’\"'»)\\]」』›"
_END = re.compile(rf"(?:[.!?！？]+[{_CLOSERS}]*(?=\s|$)|[。！？]+[{_CLOSERS}]*)")
_ENDED = re.compile(rf"[.!?。！？…][{_CLOSERS}]*\s*$")
_LAST_WORD = re.compile(r"[^\s(“\"'‘]+$")
_LONGEST = 80
"""Characters of a word that are looked at: abbreviations are short, and a page may hold anything."""
_NEVER = {
    *(
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "Gen",
        "Col",
        "Maj",
        "Lt",
        "Capt",
        "Gov",
        "Sen",
        "Rep",
        "St",
        "Prov",
        "Vol",
        "pp",
    ),
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "vs", "e.g", "i.e", "cf"),
}
"""Words whose full stop never ends a sentence; `a.m.` and `p.m.` may, before a capital."""
_QUOTATIVE = re.compile(r"(?:이?라고|라며|라면서|라는|라던|하고|고|며|면서|는)(?![가-힣])|(?:이?라고|고)(?:도|는|만)")
"""Korean words that carry a sentence on after the quotation inside it has closed."""


def sentences(text: str, citations: Collection[int] = ()) -> list[tuple[int, int]]:
    """Start and end of every sentence of `text`, without surrounding space.

    `citations` are places where a citation stood; one after a full stop ends its sentence beyond doubt.
    """
    ends = {found.end() for found in _END.finditer(text) if _is_end(text, found.start(), found.end())}
    ends |= {at for at in citations if _ENDED.search(text[:at]) and not _goes_on(text, at)}
    spans: list[tuple[int, int]] = []
    start = 0
    for end in sorted(ends | {len(text)}):
        left = start + len(text[start:end]) - len(text[start:end].lstrip())
        right = start + len(text[start:end].rstrip())
        if left < right:
            spans.append((left, right))
        start = end
    return spans


def _is_end(text: str, start: int, end: int) -> bool:
    after = _following(text, end)
    if after == len(text):
        return True
    if _goes_on(text, end):
        return False
    if end - start > 1 and _QUOTATIVE.match(text, after):
        return False
    word = _LAST_WORD.search(text[max(0, start - _LONGEST) : start])
    return text[start] != "." or word is None or not _is_short(word.group(), text[after : after + 1])


def _is_short(word: str, following: str) -> bool:
    """Whether `word` is an abbreviation or an initial, so that its full stop ends nothing."""
    if word == "No":
        return following.isdigit()
    return word in _NEVER or re.fullmatch(r"[A-Z](?:\.[A-Z])*", word) is not None


def _goes_on(text: str, end: int) -> bool:
    after = _following(text, end)
    following = text[after : after + 1]
    return following.isascii() and following.islower()


def _following(text: str, end: int) -> int:
    """Where something follows that is no white space, the end of the text where nothing does."""
    return next(position for position in range(end, len(text) + 1) if not text[position : position + 1].isspace())
