"""Whether somebody has taken an exposure upon themselves, by name and with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from farbank.model.exposure import Decision, Exposure


def signed(exposure: Exposure, decisions: Iterable[Decision], on: date) -> Decision | None:
    """The decision that signs for this person, None if there is none or none is asked for.

    It holds until the day it is to be looked at again, and only down to the number it names: whoever signed for 400
    people has not signed for 300. What is refused nobody can sign for.
    """
    if exposure.verdict != "needs-signature":
        return None
    low = least(exposure)
    return next(
        (each for each in decisions if exposure.person in each.signs and low >= each.low and on <= each.review), None
    )


def least(exposure: Exposure) -> float:
    """The fewest people this person hides among by any way of looking at it that the gate knows."""
    ways = (exposure.size.low, exposure.suspects, exposure.coupled, exposure.effective)
    return min(way for way in ways if way is not None)
