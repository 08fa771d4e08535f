"""Which places a text names, remembered while an archive is open: the claims of one story read the same passages."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from farbank.country.gazetteer import Gazetteer
from farbank.model.places import PlaceId

MOST = 20_000
"""Texts whose places are kept, some tens of megabytes."""


class Remembered:
    """The places of the texts read so far, as each gazetteer knows them."""

    def __init__(self) -> None:
        self._named: WeakKeyDictionary[Gazetteer, dict[str, tuple[PlaceId, ...]]] = WeakKeyDictionary()

    def places(self, gazetteer: Gazetteer) -> dict[str, tuple[PlaceId, ...]]:
        """What is remembered of one gazetteer; to be added to."""
        known = self._named.setdefault(gazetteer, {})
        if len(known) > MOST:
            known.clear()
        return known
