"""What kind of value a text is: a number, a time of day, or one or several names or words."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?\s*(?:([ap])\.?\s?m?\b|([ap])(?=[A-Z]|m))?", re.I)


class Number(NamedTuple):
    """A number, and the unit it looks rounded to: 0.1 of 30.3, 100 of 1,200; two digits are never taken for round."""

    number: float
    unit: float


class Clock(NamedTuple):
    """A time of day in minutes after midnight; whatever date stands beside it is not compared."""

    minutes: int


class Names(NamedTuple):
    """One or several names or words, without case, accents or order."""

    names: frozenset[str]


Value = Number | Clock | Names


def read(text: str) -> Value | None:
    """Read a value; None where there is nothing to read. Several names stand between semicolons."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if (clock := _CLOCK.search(plain)) is not None and (minutes := _minutes(clock)) is not None:
        return Clock(minutes)
    if any(sign.isdigit() for sign in plain) and _NUMBER.fullmatch(plain):
        number = float(plain.replace(",", ""))
        return Number(number + 0.0, _unit(number))
    names = frozenset(name for part in plain.split(";") if (name := _folded(part)))
    return Names(names) if names else None


def _minutes(clock: re.Match[str]) -> int | None:
    hour, minute = int(clock[1]), int(clock[2])
    half = (clock[3] or clock[4] or "").lower()
    if minute > 59 or hour > (12 if half else 24):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour % 24 * 60 + minute


def _unit(number: float) -> float:
    digits, _, power = f"{abs(number):.12e}".partition("e")
    kept = max(2, len(digits.replace(".", "").rstrip("0")))
    return math.pow(10.0, int(power) - kept + 1)


def _folded(part: str) -> str:
    apart = unicodedata.normalize("NFKD", part.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(unicodedata.normalize("NFC", bare).split())
