"""Places, in any spelling of the gazetteer, and told by what they are near."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every place named, read as its id; what only sounds like one, or stands without its capital, is unsure.

    One told by a landmark or a distance has no reading.
    """
    named = prose.parts.gazetteer.mentions(prose.text)
    known = {(mention.start, mention.end) for mention in named}
    heard = prose.parts.gazetteer.mentions(prose.text, wary=True)
    for mention in (*named, *(each for each in heard if (each.start, each.end) not in known)):
        sure = (mention.start, mention.end) in known and len(mention.places) == 1
        yield Detection(start=mention.start, end=mention.end, sort="place", sure=sure, reading=mention.place)
    yield from told(prose, prose.tongue.whereabouts, "place")
