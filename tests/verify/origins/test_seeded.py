"""What the desk itself had told comes back as its own word: it supports nothing and denies nothing (F9)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from farbank.country.pack import Pack
from farbank.model.chains import Chain, Hop, Seed
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.findings import Finding
from farbank.verify.find import find
from farbank.verify.origins.count import sure_origins

CLOSE = date(2023, 7, 19)
NORTH = "kp:KP02"


def heard(name: str, *nodes: str, bearing: str = "supports", when: str | None = None, how: str = "was-told") -> Chain:
    day = When(when) if when else None
    hops = [Hop(who=who, how=how, source=source, when=day) for source, who in pairwise(nodes)]  # type: ignore[arg-type]
    if len(nodes) == 1:
        hops = [Hop(who=nodes[0], how="saw", when=day)]
    return Chain(id=name, hops=tuple(hops), bearing=bearing)  # type: ignore[arg-type]


def seed(who: str, source: str = "desk", when: str | None = None, claim: str = "order") -> Seed:
    return Seed(claim=claim, who=who, source=source, when=When(when) if when else None)


def found(kp: Pack, *chains: Chain, seeds: tuple[Seed, ...] = (), told: dict[str, When] | None = None) -> Finding:
    claim = Claim(
        id="order", kind="order", text={"en": "Something was ordered"}, place=NORTH, when=When("2023-06-17"),
        chains=tuple(chain.id for chain in chains),
    )  # fmt: skip
    return find(claim, {chain.id: chain for chain in chains}, (), kp.gazetteer, CLOSE, seeds=seeds, told=told)


def test_the_desks_word_come_back_supports_nothing(kp: Pack) -> None:
    back = found(kp, heard("one", "person:alder", "person:heron"), seeds=(seed("person:alder"),))
    assert (back.standing, back.origins, back.origins_p) == ("unsupported", 0, (1.0,))
    assert (back.reported_in, back.origin_kinds) == ((), ("desk",))
    assert back.circles == (("desk", "person:alder", "person:heron", "desk"),)


def test_beside_one_who_saw_it_the_desks_word_adds_nothing(kp: Pack) -> None:
    both = found(
        kp, heard("one", "person:wren"), heard("two", "person:alder", "person:heron"), seeds=(seed("person:alder"),)
    )
    assert (both.standing, both.origins, both.confirmed_in) == ("single-origin", 1, ())


def test_who_saw_it_still_saw_it_though_the_desk_had_told_them_but_two_of_them_are_one(kp: Pack) -> None:
    told = (seed("person:heron"), seed("person:wren"))
    both = found(kp, heard("one", "person:heron"), heard("two", "person:wren"), seeds=told)
    assert (both.standing, both.origins) == ("single-origin", 1)
    assert both.origin_kinds == ("partner",)


def test_a_denial_is_never_the_desks_word_come_back(kp: Pack) -> None:
    """The desk told them that it holds; whoever says no has thought for themselves."""
    denied = found(
        kp,
        heard("one", "person:wren"),
        heard("two", "person:alder", "person:heron", bearing="contradicts"),
        seeds=(seed("person:alder"),),
    )
    assert (denied.standing, denied.contradicted_in) == ("contested", ("kp:KP02",))


def test_a_seed_of_another_claim_does_not_count(kp: Pack) -> None:
    other = found(kp, heard("one", "person:alder", "person:heron"), seeds=(seed("person:alder", claim="potatoes"),))
    assert (other.standing, other.origins) == ("single-origin", 1)


@pytest.mark.parametrize(
    ("seeded", "passed_on", "told", "origins"),
    [
        ("2023-07-10", None, "2023-07-09", 1),  # the desk told alder after heron had told the desk
        ("2023-07-10", None, "2023-07-10", 0),
        ("2023-07-10", "2023-07-08", "2023-07-12", 1),  # after alder had told heron
        ("2023-07-10", "2023-07", "2023-07-12", 0),  # perhaps before
        (None, "2023-07-08", "2023-07-12", 0),  # when, nobody knows
        ("2023-07-10", "2023-07-09~", None, 0),  # about then
    ],
)
def test_a_seed_counts_unless_it_is_sure_to_be_later_than_the_telling(
    kp: Pack, seeded: str | None, passed_on: str | None, told: str | None, origins: int
) -> None:
    chain = heard("one", "person:alder", "person:heron", when=passed_on)
    days = {"one": When(told)} if told else {}
    assert found(kp, chain, seeds=(seed("person:alder", when=seeded),), told=days).origins == origins


def test_a_seed_that_came_by_another_counts_only_if_it_could_come_in_time(kp: Pack) -> None:
    chains = heard("one", "person:heron"), heard("two", "person:wren")
    heron = seed("person:heron", "outlet:far", "2023-07-05")
    early = seed("outlet:far", "person:wren", "2023-07-04")
    late = seed("outlet:far", "person:wren", "2023-07-06")
    assert found(kp, *chains, seeds=(heron, early)).origins == 1
    assert found(kp, *chains, seeds=(heron, late)).origins == 2


@pytest.mark.parametrize(
    ("chain", "origins"),
    [
        (heard("one", "desk", "person:heron"), 0),
        (heard("one", "person:alder", "desk", "person:heron"), 1),  # the desk's word was alder's
        (heard("one", "unknown", "person:heron"), 0),  # “somebody said”, and the desk had
        (heard("one", "body:cc", "person:heron"), 1),
        (heard("one", "desk"), 1),  # the desk saw it itself
        (heard("one", "unknown", "desk"), 1),
        (Chain(id="one", hops=(Hop(who="person:heron", how="inferred"),)), 0),
        (Chain(id="one", hops=(Hop(who="desk", how="inferred"), Hop(who="person:wren", how="read", source="desk"))), 0),
    ],
)
def test_what_leans_on_nobody_but_the_desk_is_no_origin(chain: Chain, origins: int) -> None:
    assert sure_origins([chain], (), [seed("person:heron")]) == origins
