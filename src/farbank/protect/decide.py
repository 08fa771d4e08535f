"""Whether somebody has taken an exposure upon themselves, by name and with reasons."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable
from datetime import date

from farbank.model.exposure import Decision, Exposure, Wording
from farbank.model.text import Slug


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


def signatures(wordings: Iterable[Wording], decisions: Collection[Decision], on: date) -> dict[Slug, Decision]:
    """Per person whose exposure asks for a signature, the decision that gives it."""
    found = {wording.person: signed(wording.exposure, decisions, on) for wording in wordings}
    return {person: decision for person, decision in found.items() if decision is not None}


def settled(wordings: Iterable[Wording], signatures: Container[Slug]) -> bool:
    """Whether nobody is exposed beyond the threshold without somebody having signed for it."""
    return all(wording.exposure.safe or wording.person in signatures for wording in wordings)


def least(exposure: Exposure) -> float:
    """The fewest people this person hides among by any way of looking at it that the gate knows."""
    ways = (exposure.size.low, exposure.suspects, exposure.coupled, exposure.effective)
    return min(way for way in ways if way is not None)
