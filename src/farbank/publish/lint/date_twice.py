"""One event with two days: two sentences cite the same claim and date it differently (F12, F27, E29).

A condition or a price may have many days; an event or an order has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.story import Draft
from farbank.model.text import Slug
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "date-twice"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every sentence whose day differs from the one given before."""
    phrases = context.phrases(draft)
    first: dict[Slug, When] = {}
    for sentence in draft.sentences:
        days = [dated.when for dated in reading.dates(sentence.text, phrases, draft.close) if dated.when.is_day]
        if len(days) != 1 or days[0].earliest == draft.close:
            continue
        for claim in context.cited(sentence):
            if claim.kind not in ("event", "order") or not _own(days[0], claim):
                continue
            if first.setdefault(claim.id, days[0]) != days[0]:
                yield (
                    sentence.line,
                    f"{claim.id} is dated {phrases.date(days[0])} here and {phrases.date(first[claim.id])} above; only "
                    "one can be right, or they are two claims",
                )


def _own(day: When, claim: Claim) -> bool:
    """Whether the day may be that of the event, and not when it was known or falls due."""
    others = [when for when in (claim.known, claim.due) if when is not None]
    return not claim.when.is_day and claim.when.overlaps(day) and not any(when.overlaps(day) for when in others)
