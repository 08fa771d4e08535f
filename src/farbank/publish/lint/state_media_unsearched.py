"""State media are said to have spoken or kept silent, and nobody looked (F16, E57)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading, state_media
from farbank.publish.lint.context import LintContext

RULE = "state-media-unsearched"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence on state media whose claims no search covers, unless it says so itself."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        named = state_media.named(sentence.text, draft, context)
        findings = context.found(sentence)
        if named is None or not findings or reading.hits(sentence.text, phrases, "not-looked"):
            continue
        looked = context.searched(sentence) or any(finding.statements for finding in findings)
        if not looked and sentence.role != "quote":
            yield (
                sentence.line,
                f"{named!r}: nobody has looked for {', '.join(sentence.claims)} in state media; search, or say that "
                "the desk did not look",
            )
