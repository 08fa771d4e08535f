"""Units as people write them, brought to one spelling; converted only where that is exact.

Known: g, kg and t (1 t = 1,000 kg) with their English words, KPW for won, a number before a unit (“1,000 won”,
“thousand won”), and one unit per another (“KPW/kg”). Of other words only case, spaces, width and a plural's s are
evened out. A `ton` may be any of three, so it stays a word; a sack or a measure of rice has no weight.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_KNOWN: dict[str, tuple[str, Fraction]] = {
    "g": ("kg", Fraction(1, 1000)), "gram": ("kg", Fraction(1, 1000)), "gramme": ("kg", Fraction(1, 1000)),
    "kg": ("kg", Fraction(1)), "kilogram": ("kg", Fraction(1)), "kilogramme": ("kg", Fraction(1)),
    "t": ("kg", Fraction(1000)), "tonne": ("kg", Fraction(1000)), "metric ton": ("kg", Fraction(1000)),
    "won": ("kpw", Fraction(1)), "kpw": ("kpw", Fraction(1)),
    "person": ("people", Fraction(1)), "people": ("people", Fraction(1)),
}  # fmt: skip
_TIMES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_LEADING = re.compile(r"(\d[\d,]*|hundred|thousand|million)\s+(.+)")


def normal(unit: str) -> tuple[str, Fraction]:
    """The unit's one spelling, and how many of it one of `unit` is.

    >>> normal("1,000 won/t")
    ('kpw/kg', Fraction(1, 1))
    """
    over, slash, under = re.sub(r"\s+per\s+", "/", _even(unit)).partition("/")
    name, factor = _one(over)
    if not slash:
        return name, factor
    below, divisor = _one(under)
    return f"{name}/{below}", factor / divisor


def _even(unit: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unit).casefold().split())


def _one(word: str) -> tuple[str, Fraction]:
    word = word.strip()
    if leading := _LEADING.fullmatch(word):
        times, rest = leading.groups()
        name, factor = _one(rest)
        number = _TIMES[times] if times in _TIMES else int(times.replace(",", ""))
        return (name, factor * number) if number else (word, Fraction(1))
    single = word[:-1] if len(word) > 3 and word.isascii() and word.endswith("s") and word[-2] not in "su" else word
    return _KNOWN.get(word) or _KNOWN.get(single) or (single, Fraction(1))
