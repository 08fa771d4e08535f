"""A date other than the one an earlier story of the desk gave: one lockdown, January in one story, February in the next
(F27, E29).
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.story import Draft, ToldBefore
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext
from farbank.publish.record import spoken_of

RULE = "told-otherwise-before"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every date beside a claim, or an event of the record, that was dated otherwise before."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        cited = {claim.id: claim for claim in context.cited(sentence)}
        dated = reading.dates(sentence.text, phrases, draft.close)
        for told in context.before:
            claim = cited.get(told.of)
            own = [each.when for each in dated if claim is not None and claim.when.overlaps(each.when)]
            if own and not any(when.overlaps(told.when) for when in own):
                yield sentence.line, _message(told, own[0], phrases)
            for event in context.record:
                if event.id == told.of and spoken_of(event, sentence.text) and dated:
                    whens = [each.when for each in dated]
                    if not any(when.overlaps(told.when) for when in whens):
                        yield sentence.line, _message(told, whens[0], phrases)


def _message(told: ToldBefore, now: When, phrases: Phrases) -> str:
    return (
        f"{told.of} is dated {phrases.date(now)} here; story {told.story} said {phrases.date(told.when)}: one of them "
        "needs correcting"
    )
