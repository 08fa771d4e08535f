"""Ages, in years, in decades and in words, as the narrowest age band of the population that holds them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from farbank.country.tells import compiled
from farbank.model.detections import Detection
from farbank.protect.detect.frame import described, done_by
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every age; sure where the sentence shows that it is that of somebody behind the story."""
    for found in (*_years(prose), *told(prose, prose.tongue.band, "age")):
        of = described(prose, found.start, found.end)
        if of == "general":
            continue
        known = of != "unknown" or done_by(prose, found.start, found.end) == "person"
        yield msgspec.structs.replace(found, sure=found.sure and known)


def _years(prose: Prose) -> Iterator[Detection]:
    held = prose.held
    for way in (each for each in prose.tongue.age if each.form in held):
        for found in compiled(prose.tongue, way.form).finditer(prose.text):
            written = found.groupdict().get("n")
            years = prose.tongue.number(written.lower().removesuffix("s")) if written else None
            if years is None and written:
                years = prose.tongue.number(written)
            if written and (years is None or years > 120):
                continue
            band = prose.parts.tells.band(years + way.low, years + way.high) if years is not None else ""
            yield Detection(start=found.start(), end=found.end(), sort="age", sure=way.sure, reading=band)
