"""Times of day: what happened at an hour, and who was awake, on the road or at the window then (F18)."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from farbank.country.tells import Hour, compiled
from farbank.model.detections import Detection
from farbank.protect.detect.prose import Prose


def find(prose: Prose) -> Iterator[Detection]:
    """Every time of day, read as `05:30` where it has a number; parts of the day are unsure."""
    held = prose.held
    for hour in (each for each in prose.tongue.clock if each.form in held):
        for found in compiled(prose.tongue, hour.form).finditer(prose.text):
            reading = _reading(prose, hour, found)
            if reading is not None:
                yield Detection(start=found.start(), end=found.end(), sort="clock", sure=hour.sure, reading=reading)


def _reading(prose: Prose, hour: Hour, found: Match[str]) -> str | None:
    """The time, empty where there is only a part of the day, None where the number is no hour."""
    parts = {"h": None, "m": None, "part": None, "half": None, "less": None} | found.groupdict()
    said = hour.hour if parts["h"] is None else prose.tongue.number(parts["h"])
    if said is None:
        return "" if parts["h"] is None else None
    minutes = (prose.tongue.number(parts["m"]) or 0) if parts["m"] else hour.minute
    minutes += 30 if parts["half"] else 0
    minutes -= (prose.tongue.number(parts["less"]) or 0) if parts["less"] else 0
    if said > 24 or minutes > 59:
        return None
    if said < 12 and parts["part"] and compiled(prose.tongue, prose.tongue.later).match(parts["part"]):
        said += 12
    whole = (said * 60 + minutes) % (24 * 60)
    return f"{whole // 60:02}:{whole % 60:02}"
