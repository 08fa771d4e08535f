"""That somebody stayed away, refused or made an excuse: the attendance list shows who (F20)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from farbank.model.detections import Detection
from farbank.protect.detect.frame import done_by
from farbank.protect.detect.prose import Prose, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every absence; sure where whoever stayed away is somebody behind the story. `reading` is the list it shows on."""
    for found in told(prose, prose.tongue.absence, "absence"):
        of = done_by(prose, found.start, found.end)
        if of != "general":
            yield msgspec.structs.replace(found, sure=found.sure and of == "person")
