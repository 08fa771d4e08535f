"""How many are in a unit, a team or a room: so few that the number names it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from farbank.country.tells import compiled
from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose, counting, may_fit

FEW = 300
"""A count of at most so many people or households names a unit; larger ones are left to exposure."""


def find(prose: Prose) -> Iterator[Detection]:
    """Every count of a small unit; `reading` is the number."""
    for tell in counting(prose, prose.tongue.quantity):
        for form in may_fit(prose, tell):
            for found in compiled(prose.tongue, form).finditer(prose.text):
                count = prose.tongue.number(found["n"])
                if count is not None and 1 < count <= FEW:
                    one = Detection(start=found.start(), end=found.end(), sort="quantity", reading=str(count))
                    yield msgspec.structs.replace(one, sure=tell.sure)
