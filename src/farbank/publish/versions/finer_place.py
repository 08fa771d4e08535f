"""A place the master does not name, or not as finely: what was left out comes back in another tongue (F28, E17)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.publish.versions.passage import Pair

RULE = "version-finer-place"
BLOCKING = True


def find(pair: Pair) -> Iterator[str]:
    """A message for every place of the version that neither is nor holds one the master names there."""
    gazetteer = pair.pack.gazetteer
    named = {place for mention in gazetteer.mentions(pair.master.text) for place in mention.places}
    for mention in gazetteer.mentions(pair.version.text):
        fits = (gazetteer.is_within(one, place) for place in mention.places for one in named)
        if not any(fits) and not any(gazetteer.place(place).level == 0 for place in mention.places):
            finer = any(gazetteer.is_within(place, one) for place in mention.places for one in named)
            how = "is finer than the place the master names" if finer else "is no place the master names here"
            yield f"{mention.spelling!r} {how}; write what the master says"
