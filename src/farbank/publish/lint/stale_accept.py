"""Words accepted in the front matter that the story no longer has: they would hold again, unseen, if they came back."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "stale-accept"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """A message for every acceptance of words that stand in no sentence."""
    texts = [sentence.text for sentence in draft.sentences]
    for accepted in draft.accept:
        if not any(accepted.words in text for text in texts):
            yield 1, f"accepts {accepted.words!r}, which the story no longer says; take the acceptance out"
