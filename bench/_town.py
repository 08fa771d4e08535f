"""Desks in a country of towns, where word spreads from mouth to mouth as an infection does (susceptible, told, silent).

Another structure than the model's, never used to set anything in it: nobody draws chains. Three to five towns of forty
people, each with a few acquaintances; those who were there tell it, so do those who mistook something like it for it,
so do those a rumour was planted with. Whoever hears it first believes that, passes it on for two rounds, and then is
silent; on the way it is lost, turned round or made bigger. The desk hears of it if one of its partners does, from the
partner who remembers only the last links surely. Mistakes are common to a town, not to a person; a denial travels
worse than a story; a partner who heard nothing is an inquiry that found nothing. The rates below were written down
before the first run and have not been changed.
"""

from __future__ import annotations

from random import Random
from typing import Literal, NamedTuple

import numpy as np

from bench._desks import DAY, Desk, Truth, first_heard
from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Hop, How, Node, Seed
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.verify.credence import doubt
from farbank.verify.credence.network import Doubts
from farbank.verify.credence.rates import MIDDLE, Rate

HOLDS = 0.5
PEOPLE, ACQUAINTED, ABROAD = 40, 6, 0.06
"""In each town; acquaintances of each; the share of these who live in another town."""
ROUNDS, TALKS = 8, 2
TELLS, DENIES = 0.25, 0.12
"""How likely one acquaintance hears it in one round, told that it is so, or that it is not."""
THERE = 3.0
"""How many were there, on average, beyond the first."""
RIGHT, MISTAKEN, RESEMBLES, MISTAKEN_THEN = 0.92, 0.04, 0.25, 0.25
"""Who was there says it was so if it was, if it was not, and, as often as something was like it, if that was."""
PLANTED = 0.08
WAYS: tuple[tuple[How, float, float], ...] = (("was-told", 0.6, 0.1), ("overheard", 0.2, 0.2), ("rumour", 0.2, 0.3))
"""By what way it is passed on, how often, and how often it comes out as something else."""
TURNED = 0.35
"""Of what comes out as something else, the share that now says the contrary; the rest is about something else."""
BIGGER, ROUNDED_UP = 0.12, 1.6
"""How often a hop makes a number bigger, and by how much."""
FAKE, SLIPS = 0.03, 0.05
FED, GIVES_BACK = 0.15, 0.5
REMEMBERS, AGAIN = 0.8, 0.4
"""How often a partner knows one more link back, and how often they name a second who told them."""
OTHER_NAME = 0.15


class Word(NamedTuple):
    """What somebody holds: that it is so or not, how many, from whom and how, and when they heard it."""

    so: bool
    number: float
    source: int | None
    how: How
    planted: bool = False


def desk(random: Random) -> tuple[Desk, Truth]:
    """A desk that heard at least one voice in support, and what was so."""
    return first_heard(_desk, random)


def _desk(random: Random) -> tuple[Desk, Truth]:
    holds = random.random() < HOLDS
    towns = random.randrange(3, 6)
    people = towns * PEOPLE
    knows = [_acquaintances(one, people, random) for one in range(people)]
    amount = float(np.exp(random.uniform(2, 9)))
    words, again = _spread(_begun(holds, amount, people, random), knows, random)
    partners = random.sample(range(people), random.randrange(3, 9))
    chains: list[Chain] = []
    whole: list[Chain] = []
    seeds: list[Seed] = []
    inquiries: list[Inquiry] = []
    amounts: list[Amount] = []
    names: dict[tuple[int, int], Node] = {}
    records: dict[str, Record] = {}
    fakes = set()
    for partner in partners:
        fake = random.random() < FAKE
        right = 0.55 if fake else 0.85
        seen = random.choice((0, 0, 3, 8, 15, 30))
        good = sum(random.random() < right for _ in range(seen))
        records[f"p{partner}"] = Record(right=good, wrong=seen - good)
        teller = f"person:p{partner}"
        fed = random.random() < FED
        if fed:
            seeds.append(Seed(claim="c", who=teller, source="desk", probability=GIVES_BACK))
        if fake:
            fakes.add(teller)
        made_up = (fake and random.random() < 0.5) or random.random() < SLIPS * 0.3
        echoed = fed and partner not in words and random.random() < GIVES_BACK
        if made_up or echoed:
            hop = Hop(who=teller, how="saw") if made_up else Hop(who=teller, how="was-told", source="unknown")
            told = [(Chain(id=f"t{partner}", hops=(hop,)), Chain(id=f"t{partner}", hops=(hop,)), amount * 3)]
        elif partner in words:
            told = _told(partner, words, again, names, random)
        else:
            told = []
            inquiries.append(
                Inquiry(
                    claim="c", place="kp", when=When(DAY.isoformat()), answer="nothing", asked=random.randrange(1, 9)
                )
            )
        for heard, really, number in told:
            chains.append(heard)
            whole.append(really)
            if heard.bearing == "supports":
                rounded = float(f"{max(number, 1):.2g}")
                amounts.append(Amount(chain=heard.id, what="people", low=rounded, high=rounded, unit="people"))
    claim = Claim(id="c", kind="event", text={"en": "It is so"}, place="kp", when=When("2030-01"))
    invents = {
        f"person:p{partner}": Rate(0.97 if f"person:p{partner}" in fakes else SLIPS, 0.0) for partner in partners
    }
    return (
        Desk(
            claim, tuple(chains), tuple(seeds), _doubles(names, random), records, tuple(inquiries),
            amounts=tuple(amounts),
        ),
        Truth(
            holds, amount, tuple(whole), MIDDLE,
            Doubts(invents, doubt.invents(Record()), {seed.who: seed.probability for seed in seeds}), HOLDS, {},
        ),
    )  # fmt: skip


def _acquaintances(one: int, people: int, random: Random) -> list[int]:
    town = one // PEOPLE * PEOPLE
    return [
        random.randrange(people) if random.random() < ABROAD else town + random.randrange(PEOPLE)
        for _ in range(ACQUAINTED)
    ]


def _begun(holds: bool, amount: float, people: int, random: Random) -> dict[int, Word]:
    """Who holds what before anybody was told: those who were there, and those it was planted with."""
    town = random.randrange(people // PEOPLE) * PEOPLE
    there = random.sample(
        range(town, town + PEOPLE), 1 + min(10, int(np.random.default_rng(random.getrandbits(32)).poisson(THERE)))
    )
    says = RIGHT if holds else MISTAKEN_THEN if random.random() < RESEMBLES else MISTAKEN
    begun = {one: Word(random.random() < says, amount * np.exp(random.gauss(0, 0.2)), None, "saw") for one in there}
    if random.random() < PLANTED:
        for one in random.sample(range(people), random.randrange(2, 5)):
            begun.setdefault(one, Word(True, amount * 3, None, "was-told", planted=True))
    return begun


def _spread(begun: dict[int, Word], knows: list[list[int]], random: Random) -> tuple[dict[int, Word], dict[int, Word]]:
    """What everybody holds at the end, and who else told them the same."""
    words, again = dict(begun), dict[int, Word]()
    talking = dict.fromkeys(begun, TALKS)
    for _ in range(ROUNDS):
        for one in sorted(talking):
            word = words[one]
            for other in knows[one]:
                if other == one or random.random() > (TELLS if word.so else DENIES):
                    continue
                passed = _passed(word, one, random)
                if passed is None:
                    continue
                if other not in words:
                    words[other] = passed
                    talking[other] = TALKS + 1
                elif words[other].source not in (None, one) and words[other].so == passed.so:
                    again.setdefault(other, passed)
        talking = {one: left - 1 for one, left in talking.items() if left > 1}
    return words, again


def _passed(word: Word, source: int, random: Random) -> Word | None:
    how, _, other = random.choices(WAYS, [weight for _, weight, _ in WAYS])[0]
    number = word.number * (ROUNDED_UP if random.random() < BIGGER else 1)
    if random.random() >= other:
        return Word(word.so, number, source, how)
    return Word(not word.so, number, source, how) if random.random() < TURNED else None


def _told(
    partner: int, words: dict[int, Word], again: dict[int, Word], names: dict[tuple[int, int], Node], random: Random
) -> list[tuple[Chain, Chain, float]]:
    """What a partner says of how they know, how it really was, and how many they tell."""
    ways = [words[partner]]
    if partner in again and random.random() < AGAIN:
        ways.append(again[partner])
    told = []
    for number, word in enumerate(ways):
        back = [(partner, word)]
        while (source := back[-1][1].source) is not None and source not in {one for one, _ in back}:
            back.append((source, words[source]))
        kept = 1
        while kept < len(back) and kept < 5 and (kept < 2 or random.random() < REMEMBERS):
            kept += 1
        bearing: Literal["supports", "contradicts"] = "supports" if word.so else "contradicts"
        heard = _hops(back[:kept], partner, names, random)
        really = _hops(back, partner, None, random)
        told.append(
            (
                Chain(id=f"t{partner}-{number}", hops=heard, bearing=bearing),
                Chain(id=f"t{partner}-{number}", hops=really, bearing=bearing),
                word.number,
            )
        )
    return told


def _hops(
    back: list[tuple[int, Word]], partner: int, names: dict[tuple[int, int], Node] | None, random: Random
) -> tuple[Hop, ...]:
    def name(one: int) -> Node:
        if names is None or one == partner:
            return f"person:p{one}"
        if (partner, one) not in names:
            names[partner, one] = f"person:x{partner}-{one}" if random.random() < OTHER_NAME else f"person:p{one}"
        return names[partner, one]

    found: list[Hop] = []
    for one, word in reversed(back):
        if word.source is None and not word.planted:
            found.append(Hop(who=name(one), how=word.how))
        elif not found:
            found.append(Hop(who=name(one), how=word.how, source="unknown"))
        else:
            found.append(Hop(who=name(one), how=word.how, source=found[-1].who))
    return tuple(found)


def _doubles(names: dict[tuple[int, int], Node], random: Random) -> tuple[Coincidence, ...]:
    """The desk suspects of each odd name that it is somebody it knows by another: right half of the time."""
    found = []
    plain = sorted({name for name in names.values() if not name.startswith("person:x")})
    for (_, one), name in sorted(names.items()):
        if name.startswith("person:x") and plain:
            real = f"person:p{one}"
            other = real if real in plain and random.random() < 0.5 else random.choice(plain)
            found.append(Coincidence(a=name, b=other, probability=0.5))
    return tuple(found)
