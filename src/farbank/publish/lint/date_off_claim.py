"""A date that is none of the claim's: not when it was, when it was known, when it falls due, nor when the desk heard it
(F13, F27, E29).
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading, spans
from farbank.publish.lint.context import LintContext

RULE = "date-off-claim"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every date in the case's time that the claims beside it do not know."""
    phrases, everything = context.phrases(draft), spans.of_case(draft, context)
    for sentence in draft.sentences:
        known = spans.of_claims(sentence, draft, context)
        if not known or sentence.role == "quote":
            continue
        for dated in reading.dates(sentence.text, phrases, draft.close):
            if spans.meets(dated.when, everything) and not spans.meets(dated.when, known):
                whens = ", ".join(f"{claim.id} {phrases.date(claim.when)}" for claim in context.cited(sentence))
                yield (
                    sentence.line,
                    f"{sentence.text[dated.start : dated.end]!r} is no date of what is cited ({whens}); correct it or "
                    "cite what it belongs to",
                )
