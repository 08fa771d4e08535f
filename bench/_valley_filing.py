"""Voices taken down as the desk does it: chains, numbers, and guesses at who may be whom."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from math import exp
from random import Random
from typing import NamedTuple

from bench._valley_calls import Call
from bench._valley_matter import Number, heaped
from bench._valley_partners import Partner
from bench._valley_people import Valley
from bench._valley_word import LONGEST, Step
from farbank.model.amounts import Amount, Extent
from farbank.model.chains import Chain, Coincidence, Hop, Node
from farbank.model.dates import When

RECOGNISED = {"person": 0.5, "meeting": 0.7, "document": 0.75}
"""How often the desk knows somebody of whom two partners speak to be one and the same, and writes one code word."""
MISTAKEN = 0.03
"""People in a chain whom the partner takes for another of the same house or unit."""
FADES = 90.0
"""Days after which a partner has forgotten all but their own teller in two of three cases."""
DATED = {True: 0.6, False: 0.25}
"""Steps with a day: the last one, and the others."""
GUESSED = {True: 0.6, False: 0.1}
"""Pairs of people of one house, unit or market, told of by two partners, whom the desk thinks may be one, if they are
and if not."""


class Names:
    """Code words as the desk gives them, drawn from one pool for everybody; `same` is who is really meant by each."""

    def __init__(self, partners: tuple[Partner, ...], random: Random) -> None:
        self._random = random
        self._used: set[int] = set()
        self._true: dict[int | str, Node] = {}
        self._said: dict[tuple[int, int | str], Node] = {}
        self._partners = frozenset(partner.who for partner in partners)
        self.same: dict[Node, Node] = {}
        for partner in partners:
            self.true(partner.who)

    def true(self, who: int | str) -> Node:
        """The one name of somebody or something."""
        if isinstance(who, str) and who.partition(":")[0] not in ("nobody", "meeting", "document"):
            return who
        if who not in self._true:
            self._true[who] = node = self._coded(who)
            self.same[node] = node
        return self._true[who]

    def said(self, reporter: int, who: int | str) -> Node:
        """The name by which the desk takes them down from a partner."""
        key = reporter, who
        if key not in self._said:
            self._said[key] = self._taken_down(reporter, who)
        return self._said[key]

    def _taken_down(self, reporter: int, who: int | str) -> Node:
        true = self.true(who)
        kind = true.partition(":")[0]
        if who == reporter or kind not in RECOGNISED:
            return true
        often = 0.4 if who in self._partners else RECOGNISED[kind]
        if self._random.random() < often:
            return true
        node = self._coded(who)
        self.same[node] = true
        return node

    def _coded(self, who: int | str) -> Node:
        code = self._random.randrange(1000, 10000)
        while code in self._used:
            code = self._random.randrange(1000, 10000)
        self._used.add(code)
        kind = "person" if isinstance(who, int) or who.startswith("nobody:") else who.partition(":")[0]
        return f"{kind}:k{code}"


class Filed(NamedTuple):
    """A voice as taken down, the steps behind it by those the desk named, and as it really went."""

    chain: Chain
    steps: tuple[Step, ...]
    really: Chain


def filed(valley: Valley, call: Call, number: int, day: date, names: Names, random: Random) -> Filed:
    """The chain as its partner knows it, and as it was."""
    steps = _remembered(valley, call, random)
    bearing = "contradicts" if call.word.stance == "not" else "supports"
    told = tuple(
        Hop(
            who=names.said(call.partner, step.who),
            how=step.how,
            source=None if step.source is None else names.said(call.partner, step.source),
            when=_when(day, step.day, random) if random.random() < DATED[place == len(steps) - 1] else None,
        )
        for place, step in enumerate(steps)
    )
    really = tuple(
        Hop(who=names.true(step.who), how=step.how, source=None if step.source is None else names.true(step.source))
        for step in call.word.really
    )
    name, report = f"c{number}", f"r{call.report + 1}"
    return Filed(
        Chain(id=name, hops=told, reports=(report,), bearing=bearing),  # type: ignore[arg-type]
        steps,
        Chain(id=name, hops=really, reports=(report,), bearing=bearing),  # type: ignore[arg-type]
    )


def amount(call: Call, chain: Chain, number: Number, partner: Partner, random: Random) -> Amount | None:
    """How many the partner says, if they do: rounded, puffed up or played down as they are used to."""
    size = call.word.number
    if size is None or chain.bearing == "contradicts":
        return None
    priced = number.unit == "KPW/kg"
    if random.random() < 0.7:
        size *= exp(partner.habit.puffs * random.random() * (0.2 if priced else 1.0))
    size = heaped(size, random) if random.random() < 0.8 else float(max(1, round(size)))
    wide = random.choice((0.1, 0.2, 0.3)) * (0.4 if priced else 1.0) if random.random() < 0.3 else 0.0
    drawn = random.random()
    extent: Extent = "at-least" if drawn < 0.1 else "unknown" if drawn < 0.17 else "total"
    if call.word.said_part:
        extent = "part"
    low, high = round(size * (1 - wide)), round(size * (1 + wide))
    return Amount(chain=chain.id, what=number.what, low=float(low), high=float(high), unit=number.unit, extent=extent)


def coincidences(valley: Valley, voices: list[Filed], names: Names, random: Random) -> tuple[Coincidence, ...]:
    """The desk's guesses: two code words of two partners that may be one person."""
    named: dict[Node, int | str] = {}
    for voice in voices:
        for step, hop in zip(voice.steps, voice.chain.hops, strict=True):
            if hop.who.startswith("person:"):
                named[hop.who] = step.who
    found = []
    for (a, first), (b, second) in combinations(sorted(named.items()), 2):
        one = names.same[a] == names.same[b]
        if (one or _alike(valley, first, second)) and random.random() < GUESSED[one]:
            guess = random.betavariate(5, 2.5) if one else random.betavariate(2, 4)
            found.append(Coincidence(a=a, b=b, probability=round(guess, 2)))
    return tuple(found)


def _alike(valley: Valley, a: int | str, b: int | str) -> bool:
    """Whether what partners say of two would fit one; of the made up it always might."""
    if isinstance(a, str) or isinstance(b, str):
        return True
    one, other = valley.people[a], valley.people[b]
    return one.town == other.town and (one.unit == other.unit or one.trade == other.trade != "resident")


def _remembered(valley: Valley, call: Call, random: Random) -> tuple[Step, ...]:
    """What the partner still knows of the way it came, and whom they mistake for whom."""
    steps = list(call.word.told)
    if len(steps) > 1 and random.random() > exp(-max(0, call.day - call.word.day) / FADES):
        steps = [steps[-1]]
    for place in range(len(steps) - 1):
        step = steps[place]
        if random.random() < 0.06 and step.how in ("saw", "took-part"):
            steps[place] = step = step._replace(how="took-part" if step.how == "saw" else "saw")
        if isinstance(step.who, int) and random.random() < MISTAKEN:
            other = random.choice(valley.units[valley.people[step.who].unit])
            if all(other not in (each.who, each.source) for each in steps):
                steps[place] = step._replace(who=other)
                steps[place + 1] = steps[place + 1]._replace(source=other)
    return tuple(steps[-LONGEST:])


def _when(day: date, after: int, random: Random) -> When:
    off = random.choice((0, 0, 0, 0, -1, 1))
    return When((day + timedelta(days=max(0, after + off))).isoformat())
