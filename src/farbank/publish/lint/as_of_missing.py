"""That a thing could not be confirmed, with no day to it: true once, and for ever in print (F13, E29).

The day may stand anywhere in the paragraph, in a caption's or a headline's own line else.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "as-of-missing"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence on what is unconfirmed in a paragraph that does not name the close."""
    phrases = context.phrases(draft)
    for sentences in reading.paragraphs(draft):
        dated = (each for sentence in sentences for each in reading.dates(sentence.text, phrases, draft.close))
        if any(each.when.earliest == each.when.latest == draft.close for each in dated):
            continue
        for sentence in sentences:
            found = reading.hits(sentence.text, phrases, "unconfirmed")
            if found and sentence.role != "quote":
                yield (
                    sentence.line,
                    f"{found[0].words!r} holds as of a day; write as of {phrases.date(draft.close)} beside it",
                )
