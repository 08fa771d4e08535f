"""How many people could be the one the story speaks of, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from farbank.country.phrases import Phrases
from farbank.model.exposure import Exposure, Verdict
from farbank.model.people import Facts
from farbank.model.sizes import Size
from farbank.protect import suspicion
from farbank.protect.errors import NobodyFits, UnknownFact
from farbank.protect.judge import FLOOR, WORSE, judge, worded
from farbank.protect.odds import odds
from farbank.protect.population import Population
from farbank.protect.question import Question
from farbank.protect.sight import Sight, where
from farbank.protect.tally import Tally, tally


@dataclass(frozen=True)
class Judged:
    """The count under everything ever said, the verdict, and the key of the sentence that gives its reason."""

    found: Tally
    suspects: float
    verdict: Verdict
    reason: str

    @property
    def safe(self) -> bool:
        """Whether it needs nobody's signature."""
        return self.verdict == "safe"


def judged(question: Question, facts: Facts) -> Judged:
    """Count who fits what is given away anyway and `facts`, and judge it. Raises UnknownFact, KeyError."""
    sight, reader = question.saying(facts), question.reader
    found = _never_more(question, facts, tally(question.population, sight, reader.seed))
    verdict, reason = judge(found, reader.threshold)
    if verdict != "safe" and sight.at_most is not None and sight.at_most.low < reader.threshold:
        reason = "listed"
    first = suspicion.suspects(question.population, sight, reader.suspicions, found.size)
    picked: Verdict = "safe" if first >= reader.threshold else "needs-signature"
    if first < min(FLOOR, reader.threshold):
        picked = "refused"
    if WORSE[picked] > WORSE[verdict]:
        verdict, reason = picked, "suspects"
    return Judged(found, first, verdict, reason)


def _never_more(question: Question, facts: Facts, found: Tally) -> Tally:
    """The count with a low end no higher than it was before any earlier release.

    With further figures redrawn the low end of a sample can come out a little higher, though nobody more fits.
    """
    lows = (tally(each.population, each.saying(facts), each.reader.seed).size.low for each in question.earlier)
    return replace(found, size=Size(min((found.size.low, *lows)), found.size.mid, found.size.high))


def expose(question: Question, facts: Facts, phrases: Phrases) -> Exposure:
    """Judge what is given away anyway together with `facts`, and say why; every doubt fails closed.

    Nothing is raised for an unknown fact or satellite, for something said more finely than before, or where nobody
    fits: the verdict is then `refused` and the reason says which.
    """
    if doubt := _doubt(question, facts):
        key, about = doubt
        return refused(question, facts, phrases.say(f"exposure.{key}", **about))
    population, sight = question.population, question.saying(facts)
    here = judged(question, facts)
    alone = replace(question.alone, facts=(*question.alone.facts, facts))
    return Exposure(
        person=question.person,
        facts=_merged(population, (*question.facts, facts)),
        size=here.found.size,
        threshold=question.reader.threshold,
        verdict=here.verdict,
        narrowest=_narrowest(question, sight) if here.found.size.mid else "",
        reason=_worded(here, sight, question.reader.threshold, phrases),
        modelled=here.found.modelled,
        population=population.hash,
        unlinked=tally(population, alone, question.reader.seed).size if question.past.releases else None,
        link=question.past.link if question.past.releases else None,
        suspects=here.suspects,
        spread=suspicion.effective_size(population, sight),
        odds=odds(population, sight, here.found.size.low),
        bystanders=suspicion.fitting(population, sight, question.reader.bystanders),
    )


def _worded(here: Judged, sight: Sight, threshold: int, phrases: Phrases) -> str:
    found = here.found
    if here.reason == "suspects":
        found = replace(found, size=Size(here.suspects, here.suspects, here.suspects))
    if here.reason == "listed" and sight.at_most is not None:
        found = replace(found, size=sight.at_most)
    return worded(here.reason, found, threshold, phrases)


def refused(question: Question, facts: Facts, reason: str) -> Exposure:
    """Nobody counted, and the reason."""
    return Exposure(
        person=question.person,
        facts=facts,
        size=Size(0, 0, 0),
        threshold=question.reader.threshold,
        verdict="refused",
        narrowest="",
        reason=reason,
        modelled=False,
        population=question.population.hash,
    )


def finer_than_before(question: Question, facts: Facts) -> str | None:
    """The first axis on which `facts` describe somebody more finely than any earlier release did, if there is one."""
    for axis, node in facts.items():
        before = (question.past.described or {}).get(axis, ())
        if before and not any(node in question.population.axes[axis].upwards(printed) for printed in before):
            return axis
    return None


def _doubt(question: Question, facts: Facts) -> tuple[str, dict[str, str]] | None:
    """What cannot be counted or may not be said: the key of the sentence, and its slots."""
    for axis, node in _said(question, facts):
        if node not in question.population.masks.get(axis, {}):
            return "unknown-fact", {"fact": f"{axis}={node}"}
    for satellite in (*question.satellites, *question.past.satellites):
        if satellite not in question.population.satellites:
            return "unknown-satellite", {"satellite": satellite}
    return ("finer-than-before", {}) if finer_than_before(question, facts) else None


def _said(question: Question, facts: Facts) -> Iterator[tuple[str, str]]:
    audiences = [one.audience for one in question.heard]
    groups = [group for audience in audiences for group in (audience.group, audience.sure)]
    groups += [each.group for each in question.reader.suspicions] + [each.group for each in question.reader.bystanders]
    for some in (*question.past.facts, *question.facts, facts, *groups):
        yield from some.items()


def _narrowest(question: Question, sight: Sight) -> str:
    """What would let most people back in if it were left out: an axis, `satellite:<id>`, `audience:<id>` or `past`."""
    population = question.population
    left = {what: float(where(population, fewer).sum()) for what, fewer in _fewer(question, sight)}
    return max(left, key=left.__getitem__, default="")


def _fewer(question: Question, sight: Sight) -> Iterator[tuple[str, Sight]]:
    """The sight without one of the things said, each in turn."""
    masks = question.population.masks
    said = dict.fromkeys(axis for some in sight.facts for axis, node in some.items() if not masks[axis][node].all())
    for axis in said:
        yield axis, sight.without(axis)
    for satellite in sight.satellites:
        others = tuple(id for id in sight.satellites if id != satellite)
        yield f"satellite:{satellite}", replace(sight, satellites=others)
    for one in question.heard:
        rest = replace(question, heard=tuple(other for other in question.heard if other != one)).sight.knowers
        yield f"audience:{one.audience.id}", replace(sight, knowers=rest, at_most=None)
    if sight.shares is not None:
        yield "past", replace(sight, shares=None)


def _merged(population: Population, facts: tuple[Facts, ...]) -> Facts:
    """The facts as one; where they cannot be one, the last said stands, and the verdict is refused anyway."""
    try:
        return population.meet(*facts)
    except (UnknownFact, NobodyFits):
        return {axis: node for some in facts for axis, node in some.items()}
