"""An invented country of hearsay: any number of reports of one claim, with all that makes them depend on each other.

Of a hundred reports about twenty-five pass on what somebody in an earlier one had told them; the others begin with
somebody who saw it (forty of a hundred), at a meeting (twenty), with a notice (ten), with somebody of whom it is not
known how they knew (twenty), or with an unknown link (ten). From there they go through one to five people. Every fifty
reports are a district: it has one meeting and one notice, copying stays within it, and so do doubles: each tenth teller
may be the same as another. Each fifth may have heard a broadcast, of which every district has its own unless told
otherwise. The desk had told every twentieth teller for certain.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import NamedTuple

from farbank.model.chains import Chain, Coincidence, Hop, How, Node, Seed

DISTRICT = 50
HOPS = (25, 35, 20, 12, 8)
"""Of a hundred reports, how many go through one to five people."""


class Hearsay(NamedTuple):
    """Chains, and what may make two of them one."""

    chains: list[Chain]
    coincidences: list[Coincidence]
    seeds: list[Seed]


def hearsay(reports: int, seed: int, *, reached: int = DISTRICT) -> Hearsay:
    """So many reports of one claim; one broadcast can reach so many of them."""
    random = Random(seed)
    made = Hearsay([], [], [])
    tellers: list[Node] = []
    for number in range(reports):
        near = tellers[number - number % DISTRICT :]
        hops = _hops(number, random, near)
        made.chains.append(Chain(id=f"c{number}", hops=tuple(hops)))
        teller = hops[-1].who
        tellers.append(teller)
        near.append(teller)
        if random.random() < 0.2:
            broadcast = f"outlet:broadcast-{number // reached}"
            chance = round(random.uniform(0.1, 0.9), 2)
            made.seeds.append(Seed(claim="flood", who=teller, source=broadcast, probability=chance))
        if random.random() < 0.1:
            chance = round(random.uniform(0.05, 0.95), 2)
            made.coincidences.append(Coincidence(a=teller, b=random.choice(near), probability=chance))
        if random.random() < 0.05:
            made.seeds.append(Seed(claim="flood", who=teller, source="desk"))
    return made


def _hops(number: int, random: Random, near: list[Node]) -> list[Hop]:
    length = random.choices(range(1, 6), HOPS)[0]
    people = [f"person:p{number}-{step}" for step in range(length)]
    first = people[0]
    if near and random.random() < 0.25:
        root = Hop(who=first, how="was-told", source=random.choice(near))
    else:
        root = random.choices(_roots(number, first), (40, 20, 10, 20, 10))[0]
    hows: list[How] = ["was-told", "rumour", "overheard"]
    return [root, *(Hop(who=who, how=random.choice(hows), source=source) for source, who in pairwise(people))]


def _roots(number: int, first: Node) -> tuple[Hop, ...]:
    group = number // DISTRICT
    return (
        Hop(who=first, how="saw"),
        Hop(who=first, how="was-told-at-meeting", source=f"meeting:m{group}"),
        Hop(who=first, how="read", source=f"document:d{group}"),
        Hop(who=first, how="was-told", source=f"person:far{number}"),
        Hop(who=first, how="rumour", source="unknown"),
    )
