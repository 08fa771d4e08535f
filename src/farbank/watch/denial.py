"""Whether a text denies what it names: “no casualties”, “큰물피해를 입지 않았다”.

Rules of thumb, kept narrow: a denial missed is read as a mention, while one imagined puts words in the state's mouth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from farbank.country.tokens import one_spelling, tokens
from farbank.watch.needles import CJK

REACH = 2
"""Words that may stand between a negator and what it denies (“no human or material losses” denies the losses)."""
CJK_REACH = 8
"""Characters between the two in Korean, Chinese and Japanese, where the negator may follow."""

# “spared no effort for the victims” denies the effort, not the victims.
_LINKS = frozenset(tokens("for to in of on at by with from over but only less more than", "en"))
_CLAUSE_END = re.compile(r"(?<=[;:!?。;:!?、,,])|(?<=[.])\s")


def denied(text: str, language: str, forms: Sequence[str], negators: Sequence[str]) -> bool:
    """Whether `text` names one of `forms` and denies it every time."""
    spelled = one_spelling(text.lower(), language)
    if not any(_spelled(negator, language) in spelled for negator in negators):
        return False
    verdicts = [
        verdict
        for clause in _CLAUSE_END.split(unicodedata.normalize("NFC", text))
        for verdict in (*_words(clause, language, forms, negators), *_runs(clause, language, forms, negators))
    ]
    return bool(verdicts) and all(verdicts)


def _words(clause: str, language: str, forms: Iterable[str], negators: Iterable[str]) -> Iterable[bool]:
    words = tokens(clause, language)
    ends = [end for _, end in _spans(words, negators, language)]
    for start, _ in _spans(words, forms, language):
        yield any(0 <= start - end <= REACH and _LINKS.isdisjoint(words[end:start]) for end in ends)


def _runs(clause: str, language: str, forms: Iterable[str], negators: Iterable[str]) -> Iterable[bool]:
    spelled = one_spelling(clause, language)
    negated = list(_matches(spelled, negators, language))
    for start, end in _matches(spelled, forms, language):
        yield any(0 <= first - end <= CJK_REACH or 0 <= start - last <= REACH for first, last in negated)


def _spans(words: Sequence[str], forms: Iterable[str], language: str) -> Iterable[tuple[int, int]]:
    for form in forms:
        if not CJK.search(form):
            phrase = _cut(form, language)
            for start in range(len(words) - len(phrase) + 1):
                if words[start] == phrase[0] and words[start : start + len(phrase)] == phrase:
                    yield start, start + len(phrase)


def _matches(clause: str, forms: Iterable[str], language: str) -> Iterable[tuple[int, int]]:
    for form in forms:
        if CJK.search(form):
            yield from (match.span() for match in re.finditer(re.escape(_spelled(form, language)), clause))


@lru_cache(2000)
def _spelled(form: str, language: str) -> str:
    return one_spelling(form, language)


@lru_cache(2000)
def _cut(form: str, language: str) -> list[str]:
    return tokens(form, language) or [""]
