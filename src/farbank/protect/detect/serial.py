"""Numbers and marks that tell one copy of a document from the others (F22)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every serial, copy and document number; marks on paper that any paper may bear are unsure."""
    yield from told(prose, prose.tongue.serial, "serial")
