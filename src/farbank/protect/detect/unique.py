"""What one person alone is, has or does: whoever knows the village knows who that is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from farbank.model.detections import Detection
from farbank.protect.detect.frame import done_by
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every turn of phrase that singles one person out; sure where that is somebody behind the story."""
    for found in told(prose, prose.tongue.unique, "other"):
        of = done_by(prose, found.start, found.end)
        if of != "general":
            yield msgspec.structs.replace(found, sure=found.sure and of == "person")
