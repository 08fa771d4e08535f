"""Whether a text denies what it names: “no casualties”, “큰물피해를 입지 않았다”.

Rules of thumb, kept narrow: a denial missed is read as a mention, while one imagined puts words in the state's mouth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from farbank.country.tokens import tokens
from farbank.watch.needles import CJK

REACH = 2
"""Words that may stand between a negator and what it denies (“no human or material losses” denies the losses)."""
CJK_REACH = 6
"""Characters between the two in Korean, Chinese and Japanese, where the negator may follow."""

# “spared no effort for the victims” denies the effort, not the victims.
_LINKS = frozenset(tokens("for to in of on at by with from over but only less more than", "en"))
_CLAUSE_END = re.compile(r"(?<=[;:!?。;:!?、,,])|(?<=[.])\s")


def denied(text: str, language: str, forms: Sequence[str], negators: Sequence[str]) -> bool:
    """Whether `text` names one of `forms` and denies it every time."""
    verdicts = [
        verdict
        for clause in _CLAUSE_END.split(unicodedata.normalize("NFC", text))
        for verdict in (*_words(clause, language, forms, negators), *_runs(clause, forms, negators))
    ]
    return bool(verdicts) and all(verdicts)


def _words(clause: str, language: str, forms: Iterable[str], negators: Iterable[str]) -> Iterable[bool]:
    words = tokens(clause, language)
    latin = [tokens(negator, language) for negator in negators if not CJK.search(negator)]
    ends = [end for negator in latin for _, end in _spans(words, negator)]
    for form in forms:
        if not CJK.search(form):
            for start, _ in _spans(words, tokens(form, language)):
                yield any(0 <= start - end <= REACH and _LINKS.isdisjoint(words[end:start]) for end in ends)


def _runs(clause: str, forms: Iterable[str], negators: Iterable[str]) -> Iterable[bool]:
    negated = list(_matches(clause, negators))
    for start, end in _matches(clause, forms):
        yield any(0 <= first - end <= CJK_REACH or 0 <= start - last <= REACH for first, last in negated)


def _matches(clause: str, forms: Iterable[str]) -> Iterable[tuple[int, int]]:
    for form in forms:
        if CJK.search(form):
            yield from (match.span() for match in re.finditer(re.escape(form), clause))


def _spans(words: Sequence[str], phrase: Sequence[str]) -> Iterable[tuple[int, int]]:
    size = len(phrase)
    return [(i, i + size) for i in range(len(words) - size + 1) if size and list(words[i : i + size]) == list(phrase)]
