"""“An eyewitness”, “saw”, “first-hand” of what nobody in the chain saw (F8, F28)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "seen-at-second-hand"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every word of seeing over claims that came by telling alone."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        found = reading.asserted(sentence.text, phrases, "eyewitness") if sentence.role != "quote" else ()
        findings = context.found(sentence)
        if found and findings and not any(finding.seen for finding in findings):
            ids = ", ".join(finding.claim for finding in findings)
            yield sentence.line, f"{found[0].words!r}: nobody in the chain of {ids} saw it; write who told whom"
