"""Dates, as exact as they are written, and days told by their occasion."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country import prose_dates
from farbank.country.tells import compiled
from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose, told

COARSE = 7
"""Days from which on a stretch of time is vague enough: a week (F18)."""


def find(prose: Prose) -> Iterator[Detection]:
    """Every date finer than a week, read in EDTF; where word reached the desk, days told otherwise, unsure."""
    phrases = prose.parts.phrases.get(prose.language)
    for dated in prose_dates.read(prose.text, phrases, prose.parts.close) if phrases else ():
        first, last = dated.when.earliest, dated.when.latest
        if first and last and (last - first).days + 1 < COARSE:
            yield Detection(start=dated.start, end=dated.end, sort="date", reading=str(dated.when))
    if any(compiled(prose.tongue, form).search(prose.text) for form in prose.tongue.contact):
        yield from told(prose, prose.tongue.day, "date")
