"""Unnamed sources that nobody of the desk has signed for (F26, F36, E42)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "approval-missing"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """One message for a story that speaks of people behind handles without a harm-and-benefit record."""
    first = next((sentence for sentence in draft.sentences if sentence.sources), None)
    if first is not None and not context.approved:
        yield (
            first.line,
            "nobody has approved the use of unnamed sources; add a harm-and-benefit record ([[decisions]])",
        )
