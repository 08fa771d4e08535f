"""Where a passage speaks of, seen from the place of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from farbank.country.gazetteer import Gazetteer
from farbank.model.places import PlaceId

Relation = Literal["same", "part", "broader", "elsewhere", "unplaced"]
"""same: the claim's place itself. part: a place in it. broader: a place it lies in. elsewhere: only other places."""

BESIDE = 16
"""Characters between two names for the wider one to only say where the narrower lies (“…gun of … Province”)."""


def relation(places: Sequence[PlaceId], target: PlaceId, gazetteer: Gazetteer) -> Relation:
    """The closest way in which any of `places` bears on `target`."""
    if not places:
        return "unplaced"
    if target in places:
        return "same"
    if any(gazetteer.is_within(place, target) for place in places):
        return "part"
    return "broader" if any(gazetteer.is_within(target, place) for place in places) else "elsewhere"


def named(text: str, gazetteer: Gazetteer) -> tuple[PlaceId, ...]:
    """The places `text` speaks of, each once, without those that only say where another one lies."""
    mentions = gazetteer.mentions(text)

    def qualifies(wide: int) -> bool:
        outer = mentions[wide]
        if gazetteer.place(outer.place).level == 0:
            return any(gazetteer.place(inner.place).level for inner in mentions)
        beside = [mentions[i] for i in (wide - 1, wide + 1) if 0 <= i < len(mentions)]
        return any(
            inner.place != outer.place
            and gazetteer.is_within(inner.place, outer.place)
            and max(inner.start, outer.start) - min(inner.end, outer.end) <= BESIDE
            for inner in beside
        )

    return tuple(dict.fromkeys(mention.place for i, mention in enumerate(mentions) if not qualifies(i)))
