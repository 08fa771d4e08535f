"""What a clever reader may infer of the speaker of a quotation though no sentence says it."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from farbank.model.detections import Detection
from farbank.model.text import Language
from farbank.protect.detect.hints import hints
from farbank.protect.detect.plain import as_written, plain
from farbank.protect.errors import UnreadProse


@lru_cache(maxsize=4_096)
def inferred(text: str, language: Language) -> tuple[Detection, ...]:
    """Every phrase of a quotation that hints at an attribute of whoever speaks; a hint is no fact to count with.

    Unsure, and without a reading. Raises UnreadProse where the cues cannot be looked for.
    """
    laid, origins = plain(text)
    try:
        found = hints(laid, language)
    except Exception as error:  # whatever fails here must close the gate, not open it
        raise UnreadProse(f"the hints failed ({type(error).__name__}); report this") from error
    return tuple(msgspec.structs.replace(as_written(each, origins), sure=False, reading="") for each in found)
