"""A chain is as strong as its weakest mouth: whoever finds one person looks among those that person speaks with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from farbank.country.phrases import Phrases
from farbank.model.chains import Chain, of_kind
from farbank.model.exposure import Exposure, Wording
from farbank.model.sizes import Size
from farbank.model.text import Slug
from farbank.protect.decide import least
from farbank.protect.judge import worsened
from farbank.protect.tally import Tally

Link = tuple[Slug, Slug]
"""Who told, and whom."""


class Coupled(msgspec.Struct, frozen=True):
    """How many are left at the low end, and by way of whom."""

    low: float
    weakest: Slug


def coupled(low: Mapping[Slug, float], links: Iterable[Link], contacts: float) -> dict[Slug, Coupled]:
    """For everybody whom finding a neighbour in a chain would leave more exposed than they are by themselves.

    `low` is k_low per person, `contacts` how many people somebody speaks with, at the low end: k_B ≤ contacts × k_A,
    both ways, along every chain (protect.md, section 3).
    """
    pairs = tuple(links)
    best = dict(low)
    via: dict[Slug, Slug] = {}
    for _ in best:
        changed = False
        for a, b in pairs:
            for near, far in ((a, b), (b, a)):
                if near in best and far in best and best[near] * contacts < best[far]:
                    best[far], via[far], changed = best[near] * contacts, via.get(near, near), True
        if not changed:
            break
    return {person: Coupled(best[person], weakest) for person, weakest in via.items()}


def along(
    links: Iterable[Link],
    wordings: Sequence[Wording],
    phrases: Phrases,
    before: Mapping[Slug, float],
    beside: Iterable[Link],
    contacts: float,
) -> tuple[Wording, ...]:
    """The wordings judged once more, each against the neighbour in its chain who is easiest to find.

    `before` gives k_low of people of earlier editions whom this one leaves out, `beside` who stood beside whom there.
    """
    low = {wording.person: least(wording.exposure) for wording in wordings}
    found = coupled({**before, **low}, [*links, *beside], contacts)
    return tuple(
        replace(
            wording,
            exposure=_judged(wording.exposure, found[wording.person], phrases),
            finer=tuple(_judged(each, found[wording.person], phrases) for each in wording.finer),
        )
        if wording.person in found
        else wording
        for wording in wordings
    )


def links(chains: Iterable[Chain]) -> tuple[Link, ...]:
    """Who told whom."""
    found: dict[Link, None] = {}
    for chain in chains:
        for hop in chain.hops:
            told, who = of_kind("person", hop.source), of_kind("person", hop.who)
            if told is not None and who is not None:
                found[told, who] = None
    return tuple(found)


def _judged(exposure: Exposure, by: Coupled, phrases: Phrases) -> Exposure:
    """The exposure if the neighbour were found."""
    size = exposure.size
    left = Tally(Size(by.low, max(by.low, size.mid), max(by.low, size.high)), float("inf"), exposure.modelled)
    return worsened(replace(exposure, coupled=by.low, weakest=by.weakest), left, "coupled", phrases)
