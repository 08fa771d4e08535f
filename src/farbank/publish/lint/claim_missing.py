"""A sentence that cites no claim: nobody could say how it is known (F28, E29).

Headline, summary, headings and quotations are sentences like any other; lines the machine writes cite by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "claim-missing"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence without a citation."""
    for sentence in draft.sentences:
        if not sentence.claims:
            what = "sentence" if sentence.role == "body" else sentence.role
            yield (
                sentence.line,
                f"this {what} cites no claim: {sentence.text[:60]!r}; add [@claim] after it or cut it",
            )
