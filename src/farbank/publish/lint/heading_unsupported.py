"""A headline, summary or heading that cites a claim of which the body has nothing (F28)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "heading-unsupported"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every claim cited above the body that no sentence of it cites."""
    told = {claim for sentence in reading.body(draft) for claim in sentence.claims}
    for sentence in draft.sentences:
        alone = [claim for claim in sentence.claims if claim not in told]
        if told and alone and sentence.role in ("headline", "summary", "heading"):
            yield (
                sentence.line,
                f"the {sentence.role} tells of {', '.join(alone)}, the body does not; tell it or cut it",
            )
