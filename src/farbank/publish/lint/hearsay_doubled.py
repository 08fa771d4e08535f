"""“It is said that reportedly”: hearsay twice over, and still no word on whose (F26, E41)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "hearsay-doubled"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence with two words of hearsay."""
    for sentence in draft.sentences:
        found = reading.hits(sentence.text, context.phrases(draft), "hearsay")
        if len(found) > 1 and sentence.role != "quote":
            words = reading.say([hit.words for hit in found])
            yield sentence.line, f"{words} say the same twice; say once who told it"
