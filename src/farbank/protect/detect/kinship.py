"""Relatives of the people behind a story: the state's registers list everybody by family."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from farbank.model.detections import Detection
from farbank.protect.detect.frame import done_by
from farbank.protect.detect.prose import Prose, stands, told


def find(prose: Prose) -> Iterator[Detection]:
    """Every relative named as somebody's own; sure where whose it is shows, unsure where a language need not say."""
    for found in told(prose, prose.tongue.kinship, "kinship"):
        owned = stands(prose, prose.tongue.owned, found.start, found.end)
        if owned or prose.tongue.drops_subject:
            yield msgspec.structs.replace(found, sure=found.sure and owned)
    for found in told(prose, prose.tongue.family, "kinship"):
        of = done_by(prose, found.start, found.end)
        if of != "general":
            yield msgspec.structs.replace(found, sure=found.sure and of == "person")
