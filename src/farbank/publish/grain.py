"""Whether a text names a place more finely than an edition may."""

from __future__ import annotations

from farbank.country.gazetteer import Gazetteer
from farbank.country.mentions import Mention
from farbank.model.places import PlaceId

PUBLISHED = 1
"""The finest level of place an edition names: the province, until an exposure that counts places allows more (F24)."""


def finer(text: str, gazetteer: Gazetteer, level: int = PUBLISHED) -> tuple[Mention, ...]:
    """The places named in `text`, or as good as named, all of whose readings are finer than `level`."""
    return tuple(
        mention
        for mention in gazetteer.mentions(text, wary=True)
        if all(gazetteer.place(place).level > level for place in mention.places)
    )


def printable(gazetteer: Gazetteer) -> frozenset[PlaceId]:
    """The places an edition may name."""
    return frozenset(place.id for place in gazetteer if place.level <= PUBLISHED)


def coarse(places: tuple[PlaceId, ...], gazetteer: Gazetteer, level: int = PUBLISHED) -> tuple[PlaceId, ...]:
    """The places themselves or what they lie in, no finer than `level`, each once, in order."""
    return tuple(dict.fromkeys(gazetteer.at_level(place, level).id for place in places))
