"""A version surer than its master: “confirmed” for “told”, no hedge, a stronger word of likelihood (F28, E45)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.phrases import Phrases
from farbank.publish.versions.passage import Pair, found, says

RULE = "version-surer"
BLOCKING = True
_BANDS = range(1, 8)
"""The seven bands of ICD 203, from almost no chance to almost certain."""


def find(pair: Pair) -> Iterator[str]:
    """A message for each way in which the version is surer."""
    said, told = pair.master.text, pair.version.text
    sure = _sure(told, pair.rendered)
    if sure and not _sure(said, pair.spoken):
        yield f"{sure!r} is surer than the master, which confirms nothing here; write what the master says"
    if pair.quotation:
        return
    if says(said, pair.spoken, "told") and not says(told, pair.rendered, "told"):
        yield "states as fact what the master gives as somebody's word or judgement; say whose it is"
    before, after = _likely(said, pair.spoken), _likely(told, pair.rendered)
    if before and not after:
        yield "leaves out how likely the master holds it to be; write it as the master does"
    elif before and max(after) > max(before):
        yield "holds it to be likelier than the master does; use the word of the same band"


def _sure(text: str, phrases: Phrases) -> str:
    """The first word of confirmation that is not denied."""
    denied = [match.span() for match in found(text, phrases, "unsure")]
    for match in found(text, phrases, "sure"):
        if not any(first < match.end() and match.start() < last for first, last in denied):
            return match.group()
    return ""


def _likely(text: str, phrases: Phrases) -> set[int]:
    return {band for band in _BANDS if says(text, phrases, f"likelihood-{band}")}
