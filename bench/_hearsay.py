"""Desks whose word went along drawn chains: the structure of the model itself, with every rate drawn afresh for each.

Chains of one to five hops begin with one to four people, meetings, papers or nobody known, run together where two
partners had it from one mouth, and pass a rumour that goes about whether it is so or not. Where it is not so, something
like it may be what they all took for it. A partner may be fake, may have been fed by the desk, may have told the desk
before. Two names may be one person. The constants of `verify` are the middles of the ranges drawn from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from bench._desks import DAY, Desk, Truth, first_heard
from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Hop, How, Node, Seed
from farbank.model.claims import Claim, Evidence, Kind
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.model.statemedia import Result
from farbank.verify.credence import around, doubt, estimate, rates
from farbank.verify.credence.network import Doubts
from farbank.verify.credence.paths import UNKNOWN, Station, paths
from farbank.verify.credence.rates import Draws, Rate

KINDS: tuple[Kind, ...] = ("order", "event", "condition", "quantity", "plan", "promise")
PARTNERS = 10
BEGINNINGS: tuple[tuple[str, How | None, float], ...] = (
    ("person", "saw", 0.3), ("person", "took-part", 0.15), ("person", "read", 0.1), ("person", "inferred", 0.05),
    ("person", None, 0.15), ("meeting", None, 0.1), ("document", None, 0.05), ("unknown", None, 0.1),
)  # fmt: skip
PASSED: tuple[tuple[How, float], ...] = (
    ("was-told", 0.5), ("was-told-at-meeting", 0.15), ("rumour", 0.15), ("overheard", 0.1), ("read", 0.1),
)  # fmt: skip


def desk(random: Random) -> tuple[Desk, Truth]:
    """A desk that heard at least one voice in support, and what was so."""
    return first_heard(_desk, random)


def _desk(random: Random) -> tuple[Desk, Truth]:
    draws = Draws(np.array([[random.gauss(0, 1)] for _ in range(7)]))
    kind = random.choice(KINDS)
    prior = _rate(rates.PRIOR[kind], rates.BEFOREHAND, draws)
    holds = random.random() < prior
    chains = _chains(random)
    invents, records = _partners(random)
    coincidences, same = _doubles(chains, random)
    seeds, fed = _seeds(chains, random)
    said, amounts, amount = _said(chains, same, invents, fed, holds, draws, random)
    told = tuple(
        Chain(id=chain.id, hops=chain.hops, bearing="supports" if said[chain.id] else "contradicts") for chain in chains
    )
    claim = Claim(id="c", kind=kind, text={"en": "It is so"}, place="kp", when=When("2030-01"))
    known = {node: Rate(min(max(chance, 1e-4), 1 - 1e-4), 0.0) for node, chance in invents.items()}
    echoes = {seed.who: seed.probability for seed in seeds}
    return (
        Desk(
            claim, told, seeds, coincidences, records, _asked(holds, draws, random), _state(holds, random),
            _papers(holds, random), amounts,
        ),
        Truth(holds, amount, told, draws, Doubts(known, _OTHERS, echoes), prior, same),
    )  # fmt: skip


_OTHERS = doubt.invents(Record())


def _chains(random: Random) -> list[Chain]:
    """Each new chain begins by itself, or goes on from somewhere along one before: that is copying."""
    chains: list[Chain] = []
    for number in range(min(10, 1 + int(random.expovariate(0.25)))):
        hops: list[Hop] = []
        if chains and random.random() < 0.45:
            before = random.choice(chains)
            hops = list(before.hops[: random.randrange(1, len(before.hops) + 1)])
        else:
            hops = _beginning(random, f"{number}")
        length = random.choice((1, 1, 2, 2, 2, 3, 3, 4, 5))
        while len(hops) < length:
            source = hops[-1].who
            who = UNKNOWN if random.random() < 0.05 and source != UNKNOWN else f"person:m{number}-{len(hops)}"
            hops.append(Hop(who=who, how=_pick(PASSED, random), source=source))
        teller = f"person:p{random.randrange(PARTNERS)}"
        if hops[-1].who != teller:
            hops.append(Hop(who=teller, how=_pick(PASSED[:2], random), source=hops[-1].who))
        chains.append(Chain(id=f"t{number}", hops=tuple(hops)))
    return chains


def _beginning(random: Random, name: str) -> list[Hop]:
    sort, how, _ = random.choices(BEGINNINGS, [weight for *_, weight in BEGINNINGS])[0]
    if how is not None:
        who = f"person:p{random.randrange(PARTNERS)}" if random.random() < 0.3 else f"person:w{name}"
        return [Hop(who=who, how=how)]
    source = UNKNOWN if sort == "unknown" else f"{sort}:w{name}"
    return [Hop(who=f"person:h{name}", how="was-told-at-meeting" if sort == "meeting" else "was-told", source=source)]


def _pick(ways: Sequence[tuple[How, float]], random: Random) -> How:
    return random.choices([how for how, _ in ways], [weight for _, weight in ways])[0]


def _partners(random: Random) -> tuple[dict[Node, float], dict[str, Record]]:
    """How often each invents, and what became known of what they told before."""
    invents: dict[Node, float] = {}
    records: dict[str, Record] = {}
    for number in range(PARTNERS):
        fake = random.random() < doubt.PLANTED
        slips = random.betavariate(*doubt.SLIPS)
        right = random.betavariate(*doubt.PLANTED_RECORD) if fake else (1 - slips) * (1 - random.betavariate(1.5, 9.5))
        seen = random.choice((0, 0, 3, 8, 15, 30))
        good = sum(random.random() < right for _ in range(seen))
        records[f"p{number}"] = Record(right=good, wrong=seen - good)
        invents[f"person:p{number}"] = 1.0 if fake else slips
    return invents, records


def _doubles(chains: Sequence[Chain], random: Random) -> tuple[tuple[Coincidence, ...], dict[Node, Node]]:
    """Two go-betweens of different chains who may be one, and are with the probability the desk gives."""
    people = sorted({hop.who for chain in chains for hop in chain.hops if hop.who.startswith(("person:w", "person:m"))})
    if len(people) < 2 or random.random() > 0.25:
        return (), {}
    a, b = sorted(random.sample(people, 2))
    chance = random.choice((0.2, 0.5, 0.8))
    return (Coincidence(a=a, b=b, probability=chance),), {b: a} if random.random() < chance else {}


def _seeds(chains: Sequence[Chain], random: Random) -> tuple[tuple[Seed, ...], set[Node]]:
    """Tellers the desk had asked in words that gave it away, and those of them who give it back."""
    tellers = sorted({chain.hops[-1].who for chain in chains})
    seeds = tuple(
        Seed(claim="c", who=teller, source="desk", probability=random.choice((0.3, 0.6, 0.9)))
        for teller in tellers
        if random.random() < 0.12
    )
    return seeds, {seed.who for seed in seeds if random.random() < seed.probability}


def _said(
    chains: Sequence[Chain],
    same: dict[Node, Node],
    invents: dict[Node, float],
    fed: set[Node],
    holds: bool,
    draws: Draws,
    random: Random,
) -> tuple[dict[str, bool], tuple[Amount, ...], float]:
    """What comes out of each chain, and how many it tells."""

    def rate(of: Rate, together: int) -> float:
        return _rate(of, together, draws)

    about = random.random() < rate(rates.GOING_ABOUT, rates.RUMOUR)
    alike = random.random() < rate(rates.ALIKE, rates.MISTAKING)
    amount = np.exp(random.uniform(2, 9))
    given: dict[tuple[Node, ...], tuple[bool, float]] = {}
    gates: dict[Node, bool | None] = {}
    rumoured: dict[tuple[Node, ...], bool] = {}

    def gate(node: Node) -> bool | None:
        if node == UNKNOWN:
            return None
        if node not in gates:
            other = rate(_OTHERS if node.startswith("person:") else Rate(0.02, 0.5), rates.INVENTING)
            invented = random.random() < invents.get(node, other)
            gates[node] = True if node in fed else None
            if node not in fed and invented:
                gates[node] = random.random() < rate(rates.INVENTED_HOLDS, rates.MISTAKING)
        return gates[node]

    def caught(stations: tuple[Station, ...]) -> bool:
        nodes = tuple(station.node for station in stations)
        if nodes not in rumoured:
            rumoured[nodes] = about and random.random() < rate(rates.CAUGHT, rates.RUMOUR)
        return rumoured[nodes]

    def come(stations: tuple[Station, ...]) -> tuple[bool, float]:
        nodes = tuple(station.node for station in stations)
        if nodes in given:
            return given[nodes]
        last = stations[-1]
        if len(stations) == 1:
            right, alarm = _witness(last)
            sees, errs = rate(right, rates.KNOWING), rate(alarm, rates.MISTAKING)
            taken = errs + (sees - errs) * rate(rates.TAKEN, rates.MISTAKING)
            value = random.random() < (sees if holds else taken if alike else errs)
            spread = estimate.MEASURED.get(last.how, estimate.MEASURED_OTHERWISE)
            number = amount * np.exp(random.gauss(0, 1.6 if random.random() < estimate.MISSES else spread))
        else:
            value, number = come(stations[:-1])
            source = stations[-2].node
            way = rates.GARBLED_UNKNOWN if source == UNKNOWN else rates.GARBLED[last.how]  # type: ignore[index]
            if random.random() < rate(way, rates.PASSING):
                value = random.random() < rate(rates.GARBLED_HOLDS, rates.MISTAKING)
                number *= np.exp(random.gauss(0, estimate.ALTERED))
        invented = gate(last.node)
        given[nodes] = (value if invented is None else invented, number)
        return given[nodes]

    said: dict[str, bool] = {}
    amounts = []
    for chain in chains:
        stations = paths([chain], same)[0].stations
        value, number = come(stations)
        vague = any(station.node == UNKNOWN or station.how in ("rumour", "overheard") for station in stations)
        said[chain.id] = value or (vague and caught(stations))
        rounded = float(f"{max(number, 1):.2g}")
        amounts.append(Amount(chain=chain.id, what="people", low=rounded, high=rounded, unit="people"))
    return said, tuple(amounts), float(amount)


def _witness(first: Station) -> tuple[Rate, Rate]:
    return (
        rates.FIRST_HAND[first.how] if first.how in rates.FIRST_HAND else rates.STANDING[first.node.partition(":")[0]]
    )


def _asked(holds: bool, draws: Draws, random: Random) -> tuple[Inquiry, ...]:
    """Now and then the desk asks some people more; where nobody had heard of it, that is an answer."""
    asked = random.randrange(1, 16)
    quiet = random.random() < _rate(rates.UNSPEAKABLE, rates.AROUND, draws)
    hears = 0.0 if quiet or not holds else 1 - (1 - _rate(rates.HEARS, rates.AROUND, draws)) ** asked
    if random.random() > 0.3 or random.random() < hears:
        return ()
    return (Inquiry(claim="c", place="kp", when=When(DAY.isoformat()), answer="nothing", asked=asked),)


def _state(holds: bool, random: Random) -> Result:
    usual: dict[Result, float] = {
        "said": 0.05, "half-said": 0.1, "said-elsewhere": 0.15, "contradicted": 0.05, "silent": 0.45,
        "cannot-tell": 0.2,
    }  # fmt: skip
    weights = [chance * (around.STATE[result] if holds else 1) for result, chance in usual.items()]
    return random.choices(list(usual), weights)[0]


def _papers(holds: bool, random: Random) -> tuple[Evidence, ...]:
    """One in ten claims has a paper; what it says bears on it with the factors of `verify`."""
    drawn = random.random()
    if drawn < (0.08 if holds else 0.02):
        return (Evidence(claim="c", kind="document", ref="paper", bearing="supports"),)
    if drawn > (0.98 if holds else 0.92):
        return (Evidence(claim="c", kind="document", ref="paper", bearing="contradicts"),)
    return ()


def _rate(of: Rate, together: int, draws: Draws) -> float:
    return float(rates.values(of, together, draws)[0])
