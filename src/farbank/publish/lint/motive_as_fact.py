"""The state's motive stated as fact: nobody was told it, somebody infers it (F26, E42).

Attributed, or cited as somebody's statement or judgement, it may stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "motive-as-fact"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every word of purpose that nobody is said to have spoken."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        kinds = {claim.kind for claim in context.cited(sentence)}
        owned = sentence.sources or kinds & {"statement", "assessment", "plan"} or sentence.role == "quote"
        if owned or reading.hits(sentence.text, phrases, "attributed"):
            continue
        found = reading.asserted(sentence.text, phrases, "motive")
        if found:
            yield (
                sentence.line,
                f"{found[0].words!r} states a motive as fact; say whose judgement it is, or what was done",
            )
