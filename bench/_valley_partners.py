"""The partners: who they are, how each of them tells, and how often each was right before."""

from __future__ import annotations

from random import Random
from typing import Literal, NamedTuple

from bench._valley_matter import Matter, picked
from bench._valley_people import Valley
from farbank.model.people import Record

Way = Literal["plain", "careful", "eager", "puffing", "paid"]

MANY = (3, 3, 4, 4, 5, 6)
"""Partners who can be reached about one valley; a desk with more has them elsewhere."""


class Habit(NamedTuple):
    """How often they call of themselves with what they heard, what they make of a number (logarithm), how often they
    say yes to a question of which they know nothing, and how often what they told was so, in some thousand valleys."""

    calls: float
    puffs: float
    agrees: float
    right: float


HABITS: dict[Way, Habit] = {
    "plain": Habit(0.5, 0.0, 0.04, 0.74),
    "careful": Habit(0.45, -0.08, 0.01, 0.78),  # only with a voice that was near it, or with two
    "eager": Habit(0.8, 0.08, 0.12, 0.73),  # with everything, at once
    "puffing": Habit(0.6, 0.3, 0.08, 0.73),
    "paid": Habit(0.35, 0.1, 0.6, 0.62),  # by the piece, and makes up most of it, near what is said anyway
}

SHARES: dict[Way, float] = {"plain": 0.47, "careful": 0.2, "eager": 0.17, "puffing": 0.11, "paid": 0.05}
"""Of partners; one in twenty cheats, a guess: enough for every desk to have met one, too few to be sure which."""
SPREAD = 18.0
"""How alike partners of one habit are, as the strength of a beta distribution."""
UNTRIED = 0.25
"""Partners of whose tellings nothing has become known yet."""
KNOWN = 9.0
"""Earlier tellings of one partner that became known to be right or wrong, on average; most never do."""
FRIENDS = 0.15
"""Pairs of partners who know each other, being of one family or recruited one by the other, whatever the rule is."""


class Partner(NamedTuple):
    """A person of the valley who calls the desk."""

    who: int
    way: Way
    record: Record | None
    friends: frozenset[int]

    @property
    def habit(self) -> Habit:
        """How they tell."""
        return HABITS[self.way]


def recruited(valley: Valley, thing: Matter, random: Random) -> tuple[Partner, ...]:
    """Some who move about and have a telephone that reaches abroad; where news is made up, one who makes it up."""
    weights = [3.5 if person.trade in ("trader", "driver") else 1.0 for person in valley.people]
    chosen = list(dict.fromkeys(random.choices(range(len(valley.people)), weights, k=random.choice(MANY))))
    ways = [picked(SHARES, random) for _ in chosen]
    if thing.cause == "invented" and "paid" not in ways:
        ways[random.randrange(len(ways))] = "paid"
    pairs = {(a, b) for place, a in enumerate(chosen) for b in chosen[place + 1 :] if random.random() < FRIENDS}
    return tuple(
        Partner(who, way, _record(HABITS[way].right, random), _friends(who, pairs))
        for who, way in zip(chosen, ways, strict=True)
    )


def _friends(who: int, pairs: set[tuple[int, int]]) -> frozenset[int]:
    return frozenset(b if a == who else a for a, b in pairs if who in (a, b))


def _record(right: float, random: Random) -> Record | None:
    if random.random() < UNTRIED:
        return None
    own = random.betavariate(right * SPREAD, (1 - right) * SPREAD)
    known = 1 + int(random.expovariate(1 / KNOWN))
    came_right = sum(random.random() < own for _ in range(known))
    return Record(right=came_right, wrong=known - came_right)
