"""A claim that is contested or refuted, told as if nobody had said otherwise (F15, F29, E26)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "contested-untold"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every such sentence in a paragraph without a word of disagreement."""
    phrases = context.phrases(draft)
    for sentences in reading.paragraphs(draft):
        if any(reading.hits(sentence.text, phrases, "differ") for sentence in sentences):
            continue
        for sentence in sentences:
            disputed = [each for each in context.found(sentence) if each.standing in ("contested", "refuted")]
            if disputed and sentence.role != "quote":
                ids = ", ".join(f"{finding.claim} ({finding.standing})" for finding in disputed)
                yield sentence.line, f"{ids}: the paragraph does not say that it is disputed; say so, or cut it"
