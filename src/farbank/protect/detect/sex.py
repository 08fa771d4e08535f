"""Whether somebody is a woman or a man, by noun and by pronoun."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every word that tells the sex of somebody named or speaking."""
    yield from told(prose, prose.tongue.sex, "sex")
