"""Personal names in the prose, whoever they are of: the gate knows only those of the people behind the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from farbank.model.detections import Detection
from farbank.model.story import HANDLE
from farbank.protect.detect import tagger
from farbank.protect.detect.prose import Prose
from farbank.protect.names import is_korean_name

_HANGUL = re.compile(r"[가-힣]")


def find(prose: Prose) -> Iterator[Detection]:
    """Every stretch the trained tagger is sure is a name; unsure here, since most names in print are public ones.

    A Korean one counts only if a word of it is made like a name: taught on southern news, the tagger takes northern
    words for names.
    """
    text = HANDLE.sub(lambda handle: " " * len(handle.group()), prose.text)
    for found in tagger.detect(text, prose.language):
        written = text[found.start : found.end]
        made = any(map(is_korean_name, written.split())) if _HANGUL.search(written) else True
        if found.sort == "person" and found.sure and made:
            yield msgspec.structs.replace(found, sure=False)
