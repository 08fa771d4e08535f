"""Who lives in the valley: towns of households, work units, a market and an office, and who knows whom elsewhere."""

from __future__ import annotations

from math import exp
from random import Random
from typing import Literal, NamedTuple

Trade = Literal["resident", "trader", "driver", "official"]

TOWNS = (2, 2, 3, 3, 4)
"""One partner's world is his town and the two or three he can reach by bus or lorry."""
HOUSES = (6, 10)
"""Households a town within earshot of somebody who speaks with a partner; the rest of the town never matters here."""
UNITS = 3
"""Work units a town: a mine or mill, a farm or school, and the office, which is the last of them."""
TRADERS = 0.14
"""Where rationing failed many adults live by the market in part; these do so all day."""
DRIVERS = 0.04
"""Drivers and train hands, rare, and the way most word leaves a town."""
KIN_ELSEWHERE = 0.3
"""Adults with a relation in another of the towns whom they can reach by telephone or letter."""


class Person(NamedTuple):
    """One adult: how many they tell of a thing (`talk`), and whether they take what they hear to be so (`trust`)."""

    town: int
    house: int
    unit: int
    trade: Trade
    talk: float
    trust: float


class Valley(NamedTuple):
    """Everybody by number, and who is in each house, unit, town and market by the numbers of these."""

    people: tuple[Person, ...]
    houses: tuple[tuple[int, ...], ...]
    units: tuple[tuple[int, ...], ...]
    towns: tuple[tuple[int, ...], ...]
    markets: tuple[tuple[int, ...], ...]
    kin: dict[int, int]


def office(town: int) -> int:
    """The number of a town's office among the units."""
    return town * UNITS + UNITS - 1


def settle(random: Random) -> Valley:
    """People of two to four towns."""
    people: list[Person] = []
    house = 0
    towns = random.choice(TOWNS)
    for town in range(towns):
        for _ in range(random.randint(*HOUSES)):
            people.extend(_born(town, house, random) for _ in range(random.randint(2, 4)))
            house += 1
    markets: list[list[int]] = [[] for _ in range(towns)]
    for number, person in enumerate(people):
        if person.trade == "trader" or random.random() < 0.25:  # those who buy there on any one day
            markets[person.town].append(number)
    inhabitants = _gathered([person.town for person in people], towns)
    return Valley(
        people=tuple(people),
        houses=_gathered([person.house for person in people], house),
        units=_gathered([person.unit for person in people], towns * UNITS),
        towns=inhabitants,
        markets=tuple(map(tuple, markets)),
        kin=_kin(people, inhabitants, random),
    )


def _gathered(places: list[int], how_many: int) -> tuple[tuple[int, ...], ...]:
    groups: list[list[int]] = [[] for _ in range(how_many)]
    for number, place in enumerate(places):
        groups[place].append(number)
    return tuple(map(tuple, groups))


def _born(town: int, house: int, random: Random) -> Person:
    drawn = random.random()
    if drawn < TRADERS:
        trade: Trade = "trader"
    elif drawn < TRADERS + DRIVERS:
        trade = "driver"
    else:
        trade = "official" if random.random() < 0.12 else "resident"
    unit = office(town) if trade == "official" else town * UNITS + random.randrange(UNITS - 1)
    much = 1.3 if trade in ("trader", "driver") else 0.7 if trade == "official" else 1.0
    return Person(town, house, unit, trade, much * exp(random.gauss(0.0, 0.6)), random.betavariate(6, 2))


def _kin(people: list[Person], towns: tuple[tuple[int, ...], ...], random: Random) -> dict[int, int]:
    kin: dict[int, int] = {}
    for number, person in enumerate(people):
        if random.random() < KIN_ELSEWHERE / 2:  # each tie is found from one of its two ends
            there = random.choice([town for town in range(len(towns)) if town != person.town])
            other = random.choice(towns[there])
            kin[number], kin[other] = other, number
    return kin
