"""Everything about one person that stays the same while their wording is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from farbank.model.errors import MissingReference
from farbank.model.exposure import Bystanders, Disclosure, Suspicion
from farbank.model.people import Audience, Facts
from farbank.model.releases import Release
from farbank.model.text import Slug
from farbank.protect.disclosed import said_of
from farbank.protect.knowing import Knowers, knowers, people
from farbank.protect.past import Past, among, fold, key, shortest
from farbank.protect.population import Population
from farbank.protect.sight import Sight

Path = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Against whom everybody of a story is counted: the population they know, what they suspect, and the day.

    `audiences` are all of the case: where a knowledge set is `within` another, it is looked up there.
    """

    population: Population
    on: date
    threshold: int
    audiences: tuple[Audience, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    bystanders: tuple[Bystanders, ...] = ()
    seed: int = 0


@dataclass(frozen=True)
class Heard:
    """An audience the person was of; `told` if they only had it from one of them."""

    audience: Audience
    told: bool = False


@dataclass(frozen=True)
class Question:
    """What is given away of a person anyway, now and before."""

    person: Slug
    reader: Reader
    facts: tuple[Facts, ...] = ()
    satellites: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = ()
    past: Past = field(default_factory=Past)

    @property
    def population(self) -> Population:
        """Whom they are counted among."""
        return self.reader.population

    @cached_property
    def sight(self) -> Sight:
        """Everything a reader knows, earlier releases included. Raises UnknownFact, KeyError for a satellite."""
        past = self.past
        return replace(
            self.alone,
            facts=(*past.facts, *self.facts),
            satellites=tuple(dict.fromkeys((*past.satellites, *self.satellites))),
            knowers=tuple(self._knowers(self._again())),
            at_most=shortest((one.audience for one in self.heard), past.at_most),
            shares=past.shares,
        )

    @cached_property
    def alone(self) -> Sight:
        """What this story alone tells a reader who ties it to no other."""
        listed = shortest(one.audience for one in self.heard)
        today = ((one.audience, self.reader.on, one.told) for one in self.heard)
        return Sight(self.facts, self.satellites, tuple(self._knowers(today)), listed)

    @cached_property
    def earlier(self) -> tuple[Question, ...]:
        """The same before each release that made the counts rest on further figures."""
        return tuple(replace(self, past=step) for step in self.past.steps)

    def saying(self, facts: Facts) -> Sight:
        """The sight if `facts` were said as well."""
        return replace(self.sight, facts=(*self.sight.facts, facts)) if facts else self.sight

    def _again(self) -> Iterator[tuple[Audience, date, bool]]:
        """Who could have known, each set once: where word has spread since, those who knew when it first came out."""
        for one in self.heard:
            sets = [*self.past.again.get((key(one.audience), one.told), ()), (one.audience, self.reader.on)]
            by_group: dict[bytes, list[tuple[Audience, date]]] = {}
            for audience, day in sets:
                by_group.setdefault(among(audience), []).append((audience, day))
            for same in by_group.values():
                yield *min(same, key=lambda each: people(self.population, *each)), one.told

    def _knowers(self, sets: Iterable[tuple[Audience, date, bool]]) -> Iterator[Knowers]:
        for audience, day, told in sets:
            yield knowers(self.population, audience, day, self.reader.seed, told=told)


def ask(
    person: Slug,
    disclosures: Sequence[Disclosure],
    audiences: Sequence[Audience],
    reader: Reader,
    releases: Iterable[Release] = (),
    token: Slug | None = None,
) -> Question:
    """The question about one person; other people's disclosures are passed over. Raises MissingReference.

    Somebody who was both of an audience and told by one of it counts as told. `releases` are all earlier ones, `token`
    is what they call the person, if not the code word.
    """
    known = {audience.id: audience for audience in audiences}
    said = said_of(person, disclosures)
    for id in said.heard:
        if id not in known:
            raise MissingReference(f"a claim names the audience {id!r}, which the case has not")
    sets = tuple(Heard(known[id], id in said.told) for id in said.heard)
    now = {(key(one.audience), one.told) for one in sets}
    past = fold(reader.population, token or person, releases, now=now)
    return Question(person, reader, said.facts, said.satellites, sets, past)


def path(facts: Facts) -> Path:
    """Facts in a form that can be remembered."""
    return tuple(sorted(facts.items()))
