"""An opinion that stands in the story as an anonymous quotation and nowhere else (F26, E42).

Anonymity is for information. A judgement belongs in the desk's words, with whose it is; beside that, it may be quoted.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint.context import LintContext

RULE = "opinion-quoted"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every quotation whose claims are all assessments that no other sentence of the body cites."""
    told = {id for sentence in draft.sentences if sentence.role == "body" for id in sentence.claims}
    for block in draft.blocks:
        claims = [claim for sentence in block.sentences for claim in context.cited(sentence)]
        opinions = bool(claims) and all(claim.kind == "assessment" for claim in claims)
        if block.report is not None and opinions and not any(claim.id in told for claim in claims):
            yield (
                block.line,
                f"an unnamed person is quoted with an opinion only ({', '.join(claim.id for claim in claims)}); say in "
                "the desk's words whose judgement it is, or cut it",
            )
