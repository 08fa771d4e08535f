"""A town set in a province it does not lie in (F27, E29)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "geography"
BLOCKING = True
NEAR = 20
"""Characters between two names for one to say where the other lies."""
_PARTED = re.compile(r"[.;:!?。；！？]|\b(?:and|or|but|to|from|than|not)\b|[와과및、や和与]")


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every place named as part of another that does not hold it."""
    gazetteer = context.pack.gazetteer
    for sentence in context.printed(draft):
        for one, other in pairwise(reading.places(sentence.text, gazetteer)):
            levels = gazetteer.place(one.place).level, gazetteer.place(other.place).level
            gap = sentence.text[one.end : other.start]
            if 0 in levels or levels[0] == levels[1] or len(gap) > NEAR or _PARTED.search(gap):
                continue
            inner, outer = (one, other) if levels[0] > levels[1] else (other, one)
            inside = any(gazetteer.is_within(i, o) for i in inner.places for o in outer.places)
            if len(outer.places) == 1 and not inside:
                around = gazetteer.at_level(inner.place, gazetteer.place(outer.place).level)
                yield (
                    sentence.line,
                    f"{inner.spelling!r} does not lie in {outer.spelling!r} but in "
                    f"{gazetteer.name(around.id, draft.language)!r}",
                )
