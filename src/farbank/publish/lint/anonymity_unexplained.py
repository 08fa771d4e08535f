"""Unnamed sources, and not a word on the page how or why (F26, E42, E43).

Standing disclosures of the case are printed with every edition: they are the place to say it.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "anonymity-unexplained"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """One message for a story that speaks of people behind handles when no standing disclosure explains them."""
    first = next((sentence for sentence in draft.sentences if sentence.sources), None)
    if first is not None and not context.explained:
        yield (
            first.line,
            "the story rests on unnamed people and the page says nowhere how the desk is reached or why they are "
            "unnamed; add a standing disclosure ([[disclosures]])",
        )
