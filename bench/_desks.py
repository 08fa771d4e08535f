"""What a simulated desk holds about one claim, and what only the simulation knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Node, Seed
from farbank.model.claims import Claim, Evidence
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.model.statemedia import Result
from farbank.verify.credence.network import Doubts
from farbank.verify.credence.rates import Draws

DAY = date(2030, 1, 31)


class Desk(NamedTuple):
    """One claim: what the desk has of it."""

    claim: Claim
    chains: tuple[Chain, ...]
    seeds: tuple[Seed, ...] = ()
    coincidences: tuple[Coincidence, ...] = ()
    records: Mapping[str, Record] = MappingProxyType({})
    inquiries: tuple[Inquiry, ...] = ()
    state: Result = "cannot-tell"
    evidence: tuple[Evidence, ...] = ()
    amounts: tuple[Amount, ...] = ()


class Truth(NamedTuple):
    """What was so: whether it holds, how many there were, and what a perfect judge knows besides what the desk has.

    That judge has the chains as word really went (`chains`, whole, every person under one name), the `rates` as they
    are, and who invents or echoes.
    """

    holds: bool
    amount: float
    chains: tuple[Chain, ...]
    rates: Draws
    doubts: Doubts
    prior: float
    same: dict[Node, Node]


def first_heard(draw: Callable[[Random], tuple[Desk, Truth]], random: Random) -> tuple[Desk, Truth]:
    """The first desk drawn that heard at least one voice in support, and what was so."""
    while True:
        found = draw(random)
        if any(chain.bearing == "supports" for chain in found[0].chains):
            return found
