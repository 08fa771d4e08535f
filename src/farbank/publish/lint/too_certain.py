"""A word stronger than the finding: “confirmed”, “proves”, “the desk has learned” of one origin’s word (F13, F28, E41).

What was said is another matter: that somebody said it may well be confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "too-certain"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every word of certainty over a claim that is not corroborated."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        weak = [
            f"{claim.id} is {context.findings[claim.id].standing}"
            for claim in context.cited(sentence)
            if claim.kind != "statement" and _weak(claim.id, context)
        ]
        found = reading.asserted(sentence.text, phrases, "certain") if weak and sentence.role != "quote" else ()
        if found:
            yield sentence.line, f"{found[0].words!r} is stronger than the finding: {', '.join(weak)}; say who told it"


def _weak(claim: str, context: LintContext) -> bool:
    finding = context.findings.get(claim)
    return finding is not None and finding.standing != "corroborated"
