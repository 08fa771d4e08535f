"""The days a case, and the claims beside a sentence, know of: a date that meets none of them is a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.story import Draft, Sentence
from farbank.publish.lint import reading, state_media
from farbank.publish.lint.context import LintContext
from farbank.publish.record import spoken_of

Span = tuple[date, date]
OPEN = timedelta(days=366)
"""How far before the close what has no beginning is taken to reach: a year's round of prices and harvests."""


def meets(when: When, spans: Iterable[Span]) -> bool:
    """Whether some day of `when` lies in one of `spans`."""
    first, last = when.earliest, when.latest
    return any((last is None or start <= last) and (first is None or first <= end) for start, end in spans)


def of_case(draft: Draft, context: LintContext) -> tuple[Span, ...]:
    """Everything the case dates, and the month of the close; nothing where no claim is known."""
    if not context.claims:
        return ()
    whens = [when for claim in context.claims.values() for when in _of(claim, draft, context)]
    whens += [statement.published for statement in context.statements.values()]
    whens += [when for statement in context.statements.values() if (when := statement.due)]
    whens += [event.when for event in context.record] + [told.when for told in context.before]
    pictures = [picture.when for picture in context.pictures.values()]
    searched = [(search.window.first, search.window.last) for search in context.searches]
    return (*_spans([*whens, *pictures, *context.contacts], draft.close), *searched, _closing(draft.close))


def of_claims(sentence: Sentence, draft: Draft, context: LintContext) -> tuple[Span, ...]:
    """What the claims a sentence cites date, and the desk's contacts; nothing where no cited claim is known.

    Where it speaks of state media, the days of searches and passages are among them.
    """
    claims = context.cited(sentence)
    if not claims:
        return ()
    whens = [when for claim in claims for when in _of(claim, draft, context)]
    whens += [event.when for event in context.record if spoken_of(event, sentence.text)]
    found: list[Span] = []
    if state_media.named(sentence.text, draft, context) or any(each.kind == "statement" for each in claims):
        searches = context.searched(sentence)
        found = [(search.window.first, search.window.last) for search in searches]
        passages = {id for search in searches for id in search.statements}
        whens += [context.statements[id].published for id in passages if id in context.statements]
    return (*_spans([*whens, *context.contacts], draft.close), *found, _closing(draft.close))


def _of(claim: Claim, draft: Draft, context: LintContext) -> Iterator[When]:
    yield from (when for when in (claim.when, claim.known, claim.due) if when is not None)
    whole = context.claims.get(claim.part_of or "")
    if whole is not None:
        yield whole.when
    text = claim.text.get(draft.language, "")
    yield from (each.when for each in reading.dates(text, context.phrases(draft), draft.close))


def _spans(whens: Iterable[When], close: date) -> Iterator[Span]:
    for when in whens:
        first, last = when.padded
        yield (first or min(close, last or close) - OPEN), (last or max(close, first or close))


def _closing(close: date) -> Span:
    """The close's own day: the month it lies in is dated by contacts and claims, or by nothing."""
    return close, close
