"""How many people could be the one the story speaks of, and whether that is enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from farbank.country.phrases import Phrases
from farbank.model.exposure import Exposure, Verdict
from farbank.model.people import Audience, Facts
from farbank.model.sizes import Size
from farbank.model.text import Slug
from farbank.protect import knowing
from farbank.protect.errors import NobodyFits, UnknownFact
from farbank.protect.population import Population
from farbank.protect.tally import Knowers, Tally, tally, where

FLOOR = 100
"""Below so many people nobody may release it, signature or not (product.md)."""

MARGIN = 3
"""The plain count must be so many times the threshold while every table counted is one-way (protect.md, section 3)."""

PLACES = 2.0
"""Where the people left live in effectively fewer places than this, what is said counts as naming the place."""


def expose(
    person: Slug,
    facts: Facts | Sequence[Facts],
    population: Population | None,
    *,
    satellites: Sequence[str] = (),
    audiences: Sequence[Audience] = (),
    threshold: int,
    phrases: Phrases,
    seed: int = 0,
) -> Exposure:
    """Count who fits all the facts and could have known what was said, and judge it; every doubt fails closed.

    Several `facts` hold at once. `phrases` words the reason. Nothing is raised for an unknown fact or satellite, or
    where nobody fits: the verdict is then `refused` and the reason says which.
    """
    every = (facts,) if isinstance(facts, dict) else tuple(facts)
    known = Exposure(
        person=person,
        facts=_merged(population, every),
        size=Size(0, 0, 0),
        threshold=threshold,
        verdict="refused",
        narrowest="",
        reason="",
        modelled=False,
        population=population.hash if population else "",
    )
    if population is None:
        return replace(known, reason=phrases.say("exposure.no-population"))
    if missing := _missing(population, every, satellites, audiences):
        key, id = missing
        return replace(known, reason=phrases.say(f"exposure.unknown-{key}", **{key: id}))
    heard = {audience.id: knowing.knowers(population, audience, seed) for audience in audiences}
    found = tally(population, every, satellites, tuple(heard.values()), seed)
    verdict, reason = judge(found, threshold)
    return replace(
        known,
        size=found.size,
        verdict=verdict,
        narrowest=_narrowest(population, every, satellites, heard) if found.size.mid else "",
        reason=worded(reason, found, threshold, phrases),
        modelled=found.modelled,
    )


def worded(reason: str, found: Tally, threshold: int, phrases: Phrases) -> str:
    """The sentence for one of `judge`'s reasons; numbers are cut to what is known of them."""
    numbers = {"low": found.size.low, "mid": found.size.mid, "high": found.size.high}
    numbers |= {"floor": FLOOR, "threshold": threshold, "least": MARGIN * threshold}
    slots = {name: phrases.number(rounded(number)) for name, number in numbers.items()}
    carried = phrases.say("exposure.modelled") if found.modelled else ""
    return phrases.say(f"exposure.{reason}", carried=carried, **slots)


def rounded(people: float) -> float:
    """Two figures are more than is known, and whole people are what is counted."""
    if people < 100:
        return float(int(people))
    step = 10 ** (len(str(int(people))) - 2)
    return float(int(people) // step * step)


def judge(found: Tally, threshold: int) -> tuple[Verdict, str]:
    """The verdict and the phrase that gives its reason."""
    low, mid = found.size.low, found.size.mid
    if mid <= 0:
        return "refused", "nobody"
    if low < min(FLOOR, threshold):
        return "refused", "too-few"
    if low < threshold:
        return "needs-signature", "few"
    if mid < MARGIN * threshold:
        return "needs-signature", "margin"
    if found.places < PLACES:
        return "needs-signature", "one-place"
    return "safe", "safe"


def _narrowest(
    population: Population, facts: Sequence[Facts], satellites: Sequence[str], heard: Mapping[str, Knowers]
) -> str:
    """What would let most people back in if it were left out: an axis, `satellite:<id>` or `audience:<id>`."""
    said = dict.fromkeys(axis for some in facts for axis, node in some.items() if not population.mask(axis, node).all())
    left: dict[str, float] = {}
    for axis in said:
        fewer = [{key: node for key, node in some.items() if key != axis} for some in facts]
        left[axis] = where(population, fewer, satellites, heard.values()).sum()
    for satellite in satellites:
        others = [id for id in satellites if id != satellite]
        left[f"satellite:{satellite}"] = where(population, facts, others, heard.values()).sum()
    for audience in heard:
        rest = [known for id, known in heard.items() if id != audience]
        left[f"audience:{audience}"] = where(population, facts, satellites, rest).sum()
    return max(left, key=left.__getitem__, default="")


def _missing(
    population: Population, facts: Sequence[Facts], satellites: Sequence[str], audiences: Sequence[Audience]
) -> tuple[str, str] | None:
    """What cannot be counted: (`fact`, `axis=node`) or (`satellite`, its id); None if everything can."""
    groups = [group for audience in audiences for group in (audience.group, audience.sure)]
    for axis, node in (pair for some in (*facts, *groups) for pair in some.items()):
        if node not in population.masks.get(axis, {}):
            return "fact", f"{axis}={node}"
    unheard = sorted(set(satellites) - {satellite.id for satellite in population.data.satellites})
    return ("satellite", unheard[0]) if unheard else None


def _merged(population: Population | None, facts: Sequence[Facts]) -> Facts:
    """The facts as one; where they cannot be one, the last said stands, and the verdict is refused anyway."""
    try:
        return population.meet(*facts) if population else {k: v for some in facts for k, v in some.items()}
    except (UnknownFact, NobodyFits):
        return {axis: node for some in facts for axis, node in some.items()}
