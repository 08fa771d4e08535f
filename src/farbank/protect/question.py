"""Everything about one person that stays the same while their wording is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from farbank.country.phrases import Phrases
from farbank.model.errors import MissingReference
from farbank.model.exposure import Disclosure, Exposure
from farbank.model.people import Audience, Facts
from farbank.model.text import Slug
from farbank.protect.expose import expose
from farbank.protect.population import Population

Path = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """What is given away of a person anyway, against whom it is counted, and every answer so far."""

    person: Slug
    forced: tuple[Facts, ...]
    satellites: tuple[str, ...]
    audiences: tuple[Audience, ...]
    population: Population
    threshold: int
    phrases: Phrases
    seed: int
    seen: dict[Path, Exposure] = field(default_factory=dict)

    def judged(self, facts: Facts) -> Exposure:
        """The exposure of the person if `facts` were said as well."""
        key = tuple(sorted(facts.items()))
        if key not in self.seen:
            self.seen[key] = expose(
                self.person,
                [*self.forced, facts],
                self.population,
                satellites=self.satellites,
                audiences=self.audiences,
                threshold=self.threshold,
                phrases=self.phrases,
                seed=self.seed,
            )
        return self.seen[key]

    def described(self, start: Facts) -> Facts:
        """The facts to say instead of `start`: the first on the way outwards that are safe, or none at all.

        Each step takes the last axis of the partition's order that says anything one level outwards.
        """
        facts = start
        while facts and not self.judged(facts).safe:
            facts = outwards(facts, self.population)
        return facts


def ask(
    person: Slug,
    disclosures: Sequence[Disclosure],
    audiences: Sequence[Audience],
    population: Population,
    threshold: int,
    phrases: Phrases,
    seed: int,
) -> Question:
    """The question about one person; other people's disclosures are passed over. Raises MissingReference."""
    known = {audience.id: audience for audience in audiences}
    mine: dict[str, list[str]] = {}
    for each in disclosures:
        if each.person == person:
            mine.setdefault(each.axis, []).append(each.node)
    heard = list(dict.fromkeys(mine.pop("audience", [])))
    for id in heard:
        if id not in known:
            raise MissingReference(f"a claim names the audience {id!r}, which the case has not")
    satellites = tuple(dict.fromkeys(mine.pop("satellite", [])))
    forced = tuple({axis: node} for axis, nodes in mine.items() for node in dict.fromkeys(nodes))
    return Question(person, forced, satellites, tuple(known[id] for id in heard), population, threshold, phrases, seed)


def outwards(facts: Facts, population: Population) -> Facts:
    """The facts one level vaguer; an axis outside the order goes first, so that nothing unforeseen stays."""
    order = list(dict.fromkeys(population.data.order))
    last = max(facts, key=lambda axis: order.index(axis) if axis in order else len(order))
    axis = population.axes.get(last)
    wider = axis.parents.get(facts[last]) if axis else None
    if axis is None or wider is None or wider == axis.root:
        return {other: node for other, node in facts.items() if other != last}
    return facts | {last: wider}
