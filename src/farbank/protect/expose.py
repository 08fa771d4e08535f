"""How many people could be the one the story speaks of, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    heard: dict[str, Knowers] = {}

    def verdict(key: Verdict, reason: str, size: Size, modelled: bool = False, **slots: object) -> Exposure:
        carried = phrases.say("exposure.modelled") if modelled else ""
        return Exposure(
            person=person,
            facts=_merged(population, every),
            size=size,
            threshold=threshold,
            verdict=key,
            narrowest=_narrowest(population, every, satellites, heard) if population and size.mid else "",
            reason=phrases.say(f"exposure.{reason}", carried=carried, **slots),
            modelled=modelled,
            population=population.hash if population else "",
        )

    nobody = Size(0, 0, 0)
    if population is None:
        return verdict("refused", "no-population", nobody)
    if unknown := _unknown(
        population, (*every, *(some for audience in audiences for some in (audience.group, audience.sure)))
    ):
        return verdict("refused", "unknown-fact", nobody, fact=unknown)
    if unheard := set(satellites) - {satellite.id for satellite in population.data.satellites}:
        return verdict("refused", "unknown-satellite", nobody, satellite=sorted(unheard)[0])
    heard |= {audience.id: knowing.knowers(population, audience, seed) for audience in audiences}
    found = tally(population, every, satellites, tuple(heard.values()), seed)
    key, reason = judge(found, threshold)
    numbers = {"floor": FLOOR, "threshold": threshold, "least": MARGIN * threshold}
    people = {"low": found.size.low, "mid": found.size.mid, "high": found.size.high}
    slots = {name: phrases.number(rounded(number)) for name, number in (numbers | people).items()}
    return verdict(key, reason, found.size, found.modelled, **slots)


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


def _unknown(population: Population, facts: Iterable[Facts]) -> str:
    """The first fact the population knows nothing of, as `axis=node`; empty if it knows them all."""
    for axis, node in (pair for some in facts for pair in some.items()):
        try:
            population.mask(axis, node)
        except UnknownFact:
            return f"{axis}={node}"
    return ""


def _merged(population: Population | None, facts: Sequence[Facts]) -> Facts:
    """The facts as one; where they cannot be one, the last said stands, and the verdict is refused anyway."""
    try:
        return population.meet(*facts) if population else {k: v for some in facts for k, v in some.items()}
    except (UnknownFact, NobodyFits):
        return {axis: node for some in facts for axis, node in some.items()}
