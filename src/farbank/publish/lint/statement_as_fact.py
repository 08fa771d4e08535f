"""What somebody said, told as if it were so: that it was said is all that is established (F28, E57).

Headings label what stands under them and are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "statement-as-fact"
BLOCKING = True
ROLES = ("headline", "summary", "body")


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence that cites statements alone in a paragraph that names no speaker."""
    phrases = context.phrases(draft)
    for sentences in reading.paragraphs(draft):
        if any(each.sources or reading.hits(each.text, phrases, "attributed") for each in sentences):
            continue
        for sentence in sentences:
            claims = context.cited(sentence)
            if claims and all(claim.kind == "statement" for claim in claims) and sentence.role in ROLES:
                ids = ", ".join(f"{claim.id} ({claim.speaker})" for claim in claims)
                yield sentence.line, f"{ids} is a statement, told here as fact; write who said it"
