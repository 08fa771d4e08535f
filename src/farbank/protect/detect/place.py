"""Places, in any spelling of the gazetteer, and told by what they are near."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from farbank.country.gazetteer import Gazetteer
from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every place named, read as its id; what only sounds like one, or stands without its capital, is unsure.

    One told by a landmark or a distance has no reading.
    """
    yield from _named(prose.text, prose.parts.gazetteer)
    yield from told(prose, prose.tongue.whereabouts, "place")


@lru_cache(maxsize=64)  # every language asks for the same sentence
def _named(text: str, gazetteer: Gazetteer) -> tuple[Detection, ...]:
    named = gazetteer.mentions(text)
    known = {(mention.start, mention.end) for mention in named}
    heard = gazetteer.mentions(text, wary=True)
    return tuple(
        Detection(
            start=mention.start,
            end=mention.end,
            sort="place",
            sure=(mention.start, mention.end) in known and len(mention.places) == 1,
            reading=mention.place,
        )
        for mention in (*named, *(each for each in heard if (each.start, each.end) not in known))
    )
