"""An as-of date that is not the story's close, or a “today” that is another day for every reader (F13, E29).

A source's own “today” inside a quotation is what was said and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.country import prose_dates
from farbank.country.prose_dates import Dated
from farbank.model.story import Draft, Sentence
from farbank.publish.lint.context import LintContext

RULE = "stale-as-of"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every date of standing other than the close."""
    phrases = context.phrases(draft)
    close = phrases.date(draft.close)
    before, after = phrases.several("lint.as-of-before"), phrases.several("lint.as-of-after")
    now = re.compile("|".join(_whole(word) for word in phrases.several("lint.now")) or "(?!)", re.IGNORECASE)
    for sentence in draft.sentences:
        dates = prose_dates.read(sentence.text, phrases, draft.close)
        for dated in dates:
            written = sentence.text[dated.start : dated.end]
            if _as_of(sentence, dated, before, after) and not dated.when.earliest == dated.when.latest == draft.close:
                yield sentence.line, f"as of {written!r} is not the story's close; write {close}"
        closing = any(dated.when.earliest == dated.when.latest == draft.close for dated in dates)
        word = now.search(sentence.text)
        if word and not closing and sentence.role != "quote" and not _belongs(word, dates, after):
            yield sentence.line, f"{word.group()!r} means another day for every reader; write {close} or cut it"


def _whole(pattern: str) -> str:
    return rf"\b(?:{pattern})\b" if pattern.isascii() else rf"(?<![가-힣])(?:{pattern})"


def _as_of(sentence: Sentence, dated: Dated, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    left = sentence.text[: dated.start].rstrip().casefold()
    right = sentence.text[dated.end :].lstrip()
    return left.endswith(before) or right.startswith(after)


def _belongs(word: re.Match[str], dates: tuple[Dated, ...], after: tuple[str, ...]) -> bool:
    """Whether the word only closes a date of standing (“7월 19일 현재”), which has been looked at as such."""
    return word.group() in after and any(0 <= word.start() - dated.end <= 1 for dated in dates)
