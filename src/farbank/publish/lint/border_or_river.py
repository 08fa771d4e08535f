"""A province on a border or river it does not touch: a translator moved Hyesan to the South Korean border (F27, E29).

Which places lie by what is data of the pack (`[[beside]]` of its `lint.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.country.gazetteer import Gazetteer
from farbank.country.mentions import Mention
from farbank.country.slips import Beside
from farbank.model.places import PlaceId
from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "border-or-river"
BLOCKING = False
NEAR = 30
"""Characters between a place and a border for the sentence to set one by the other."""


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every place beside a border or river that is elsewhere."""
    gazetteer = context.pack.gazetteer
    for sentence in context.printed(draft):
        named = [each for each in reading.places(sentence.text, gazetteer) if gazetteer.place(each.place).level > 0]
        for beside in context.pack.slips.beside if named else ():
            for match in reading.joined(beside.words.get(draft.language, ())).finditer(sentence.text):
                near = [each for each in named if _gap(each, match) <= NEAR]
                touching = any(_touches(place, beside, gazetteer) for each in near for place in each.places)
                if near and not touching:
                    yield (
                        sentence.line,
                        f"{near[0].spelling!r} does not lie by {beside.name.get(draft.language, beside.name['en'])}; "
                        "check which is meant",
                    )


def _gap(mention: Mention, match: re.Match[str]) -> int:
    return max(mention.start - match.end(), match.start() - mention.end)


def _touches(place: PlaceId, beside: Beside, gazetteer: Gazetteer) -> bool:
    return any(gazetteer.is_within(place, each) or gazetteer.is_within(each, place) for each in beside.places)
