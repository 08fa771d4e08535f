"""A place the claim says nothing of: nobody spoke from there or of it (F15, F28).

A sentence on what could not be confirmed may name any place.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.places import PlaceId
from farbank.model.story import Draft, Sentence
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "place-not-reported"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every place that neither contains, nor lies in, a place the cited claims know."""
    gazetteer, phrases = context.pack.gazetteer, context.phrases(draft)
    for sentence in draft.sentences:
        unknown = reading.hits(sentence.text, phrases, "unconfirmed")
        if sentence.role == "quote" or not sentence.claims or unknown:
            continue
        named = reading.places(sentence.text, gazetteer)
        known = _known(sentence, draft, context) if named else set()
        for mention in named if known else ():
            pairs = ((place, at) for place in mention.places for at in known)
            near = any(gazetteer.is_within(a, b) or gazetteer.is_within(b, a) for a, b in pairs)
            if gazetteer.place(mention.place).level > 0 and not near:
                yield (
                    sentence.line,
                    f"{mention.spelling!r} is no place that {', '.join(sentence.claims)} is known of; cite the claim "
                    "that is, or take it out",
                )


def _known(sentence: Sentence, draft: Draft, context: LintContext) -> set[PlaceId]:
    """The places below the country of which the cited claims and findings speak, and those their texts name."""
    known = {claim.place for claim in context.cited(sentence)}
    texts = [claim.text.get(draft.language, "") for claim in context.cited(sentence)]
    for finding in context.found(sentence) if known else ():
        known |= {*finding.told_in, *finding.nothing_in, *finding.contradicted_in, *finding.confirmed_in}
        passages = (context.statements[id] for id in finding.statements if id in context.statements)
        texts += [passage.text.get(draft.language, "") for passage in passages]
    mentions = (mention for text in texts for mention in reading.places(text, context.pack.gazetteer))
    known |= {place for mention in mentions for place in mention.places}
    return known - {context.pack.id}
