"""“The whole country” of what was told from one province: scope wider than anybody spoke for (F15, E12, E51).

An order, a plan or a speech may itself speak of the whole country: then the claim's own text says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.model.claims import Claim
from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "wider-than-confirmed"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every word for the whole country over claims reported from parts of it."""
    wide = _wide(draft, context)
    for sentence in draft.sentences:
        found = wide.search(sentence.text) if sentence.role != "quote" else None
        if found is None or reading.denied(sentence.text, context.phrases(draft), *found.span()):
            continue
        narrow = [claim for claim in context.cited(sentence) if claim.id in context.findings]
        if narrow and not any(_spans(claim, draft, context, wide) for claim in narrow):
            known = {place for claim in narrow for place in context.findings[claim.id].reported_in}
            names = [context.pack.gazetteer.name(place, draft.language) for place in sorted(known)]
            yield (
                sentence.line,
                f"{found.group()!r} is wider than what is known: {', '.join(claim.id for claim in narrow)} is reported "
                f"from {', '.join(names) or 'nowhere'} only; name the place",
            )


def _spans(claim: Claim, draft: Draft, context: LintContext, wide: re.Pattern[str]) -> bool:
    """Whether the claim was told of the whole country, or is itself about words that are."""
    told = context.findings[claim.id].reported_in
    worded = claim.kind in ("statement", "order", "plan", "promise") and wide.search(claim.text.get(draft.language, ""))
    return context.pack.id in told or bool(worded)


def _wide(draft: Draft, context: LintContext) -> re.Pattern[str]:
    country = context.pack.gazetteer.name(context.pack.id, draft.language)
    patterns = context.phrases(draft).several("slips.wide")
    return reading.joined(tuple(pattern.replace("{country}", re.escape(country)) for pattern in patterns))
