"""Likelihood and confidence in one sentence: how likely a thing is, and how well known, in one (F26, E45)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "likelihood-with-confidence"
BLOCKING = False
ROWS = ("likelihood", "likelihood-other-row")


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence that has a word of each."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        likely = [hit for row in ROWS for hit in reading.hits(sentence.text, phrases, row)]
        sure = reading.hits(sentence.text, phrases, "confidence")
        if likely and sure and sentence.role != "quote":
            yield sentence.line, f"{likely[0].words!r} and {sure[0].words!r} in one sentence; make two of it"
