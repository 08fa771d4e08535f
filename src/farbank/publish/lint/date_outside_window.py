"""A date that nothing in the case knows of: a March among June prices (F27, E29)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading, spans
from farbank.publish.lint.context import LintContext

RULE = "date-outside-window"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every date outside all that claims, searches, statements, contacts and the record span."""
    phrases = context.phrases(draft)
    known = spans.of_case(draft, context)
    for sentence in draft.sentences if known else ():
        for dated in reading.dates(sentence.text, phrases, draft.close):
            if not spans.meets(dated.when, known) and sentence.role != "quote":
                yield (
                    sentence.line,
                    f"{sentence.text[dated.start : dated.end]!r} is outside everything the case knows of; check the "
                    "month and the year",
                )
