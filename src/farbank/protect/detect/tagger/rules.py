"""What can be found in a language without weights: dates, times, numbers, and words with capitals."""

from __future__ import annotations

import re

from farbank.model.detections import Detection, Sort

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĻŁŃŅŇŐŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁΑ-Ω]"
_WORD = rf"{_CAPITAL}[^\W\d_]{{0,40}}"
_RULES = re.compile(
    rf"""
    (?P<date>\d{{1,4}}\ ?[年년](?:\ ?\d{{1,2}}\ ?[月월](?:\ ?\d{{1,2}}\ ?[日일])?)?
        | \d{{1,2}}\ ?[月월](?:\ ?\d{{1,2}}\ ?[日일])?
        | \d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}
        | (?<!\d)(?:1[89]|20)\d\d(?!\d))
    | (?P<clock>(?<!\d)\d{{1,2}}(?::\d\d(?::\d\d)?|\ ?[時时시](?:\ ?\d{{1,2}}\ ?[分분])?)(?!\d))
    | (?P<quantity>[€$£¥₩]?\d{{1,20}}(?:[.,]\d{{1,20}}){{0,20}}(?:\ ?[%€$£¥₩‰])?)
    | (?P<other>{_WORD}(?:[.’'-]{{0,2}}\ ?{_WORD}){{0,12}})
    """,
    re.VERBOSE,
)
_SORTS: dict[str, Sort] = {"date": "date", "clock": "clock", "quantity": "quantity", "other": "other"}


def by_rule(text: str) -> tuple[Detection, ...]:
    """Every stretch that a rule knows. A run of capitalised words may be any name, or none, so it is never sure."""
    found = []
    for match in _RULES.finditer(text):
        sort = _SORTS[str(match.lastgroup)]
        found.append(Detection(start=match.start(), end=match.end(), sort=sort, sure=sort != "other"))
    return tuple(found)
