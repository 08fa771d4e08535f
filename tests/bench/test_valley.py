"""Desks of the valley are whole, hold all that its docstring names, and give nothing away by how they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from random import Random

import numpy as np

from bench import _valley
from bench._desks import DAY, Desk, Truth
from farbank.model.chains import Chain, Node, of_kind

MANY = 2000


@cache
def drawn() -> tuple[tuple[Desk, Truth], ...]:
    return tuple(_valley.desk(Random(seed)) for seed in range(MANY))


def share(of: Callable[[Desk, Truth], bool]) -> float:
    return sum(of(desk, truth) for desk, truth in drawn()) / MANY


def supporting(desk: Desk) -> list[Chain]:
    return [chain for chain in desk.chains if chain.bearing == "supports"]


def tellers(desk: Desk) -> set[Node]:
    asked = {f"person:{inquiry.partner}" for inquiry in desk.inquiries}
    return asked | {chain.hops[-1].who for chain in desk.chains} | {f"person:{handle}" for handle in desk.records}


def pairs(desk: Desk, truth: Truth) -> Iterable[tuple[Chain, Chain]]:
    return zip(desk.chains, truth.chains, strict=True)


def sources(chains: Iterable[Chain]) -> set[Node | None]:
    return {hop.source for chain in chains for hop in chain.hops}


def invented(told: Chain, really: Chain) -> bool:
    """Whether its teller had it from nobody, and names somebody, or says they were there."""
    alone = len(really.hops) == 1 and really.hops[0].how == "inferred"
    return alone and (len(told.hops) > 1 or told.hops[0].how == "saw")


def copied(desk: Desk, really: Chain) -> bool:
    return really.hops[-1].source in tellers(desk)


SHARES: dict[str, tuple[Callable[[Desk, Truth], bool], float, float]] = {
    "holds": (lambda desk, truth: truth.holds, 0.6, 0.85),
    "two or more in support": (lambda desk, truth: len(supporting(desk)) > 1, 0.4, 0.95),
    "contradicted": (lambda desk, truth: len(supporting(desk)) < len(desk.chains), 0.02, 0.3),
    "numbers": (lambda desk, truth: bool(desk.amounts), 0.4, 0.6),
    "five steps": (lambda desk, truth: any(len(chain.hops) == 5 for chain in desk.chains), 0.005, 0.3),
    "planted": (lambda desk, truth: "state" in sources(truth.chains), 0.01, 0.15),
    "seeded by the desk": (lambda desk, truth: "desk" in sources(truth.chains), 0.01, 0.15),
    "broadcast": (lambda desk, truth: "outlet:radio" in sources(truth.chains), 0.01, 0.2),
    "copied": (lambda desk, truth: any(copied(desk, chain) for chain in truth.chains), 0.05, 0.5),
    "made up": (lambda desk, truth: any(invented(*pair) for pair in pairs(desk, truth)), 0.02, 0.25),
    "one person twice": (lambda desk, truth: any(a != b for a, b in truth.same.items()), 0.1, 0.9),
    "guesses who is whom": (lambda desk, truth: bool(desk.coincidences), 0.1, 0.7),
    "questions": (lambda desk, truth: bool(desk.inquiries), 0.3, 0.9),
    "seeds": (lambda desk, truth: bool(desk.seeds), 0.2, 0.95),
    "records": (lambda desk, truth: bool(desk.records), 0.8, 1.0),
    "papers and pictures": (lambda desk, truth: bool(desk.evidence), 0.03, 0.3),
    "silent state": (lambda desk, truth: desk.state == "silent", 0.4, 0.8),
}


def test_everything_the_valley_is_for_occurs_and_nothing_crowds_out_the_rest() -> None:
    found = {name: share(of) for name, (of, _, _) in SHARES.items()}
    print(*(f"{name}: {part:.3f}" for name, part in found.items()), sep="\n")
    for name, (_, least, most) in SHARES.items():
        assert least <= found[name] <= most, name


def test_a_desk_is_drawn_by_its_seed_alone() -> None:
    for seed in range(30):
        desk, truth = _valley.desk(Random(seed))
        again, known = _valley.desk(Random(seed))
        assert desk == again == drawn()[seed][0]
        assert (truth.holds, truth.amount, truth.chains, truth.prior, truth.same) == (
            known.holds, known.amount, known.chains, known.prior, known.same,
        )  # fmt: skip


def test_chains_have_one_to_five_steps_each_from_whoever_had_it_before_and_nobody_twice() -> None:
    for desk, truth in drawn():
        assert [chain.id for chain in desk.chains] == [chain.id for chain in truth.chains] == list(desk.claim.chains)
        for chain in (*desk.chains, *truth.chains):
            assert 1 <= len(chain.hops) <= 5
            assert all(hop.source == before.who for before, hop in zip(chain.hops, chain.hops[1:], strict=False))
            assert len({hop.who for hop in chain.hops}) == len(chain.hops)
            assert of_kind("person", chain.hops[-1].who)
        for told, really in pairs(desk, truth):
            assert told.hops[-1].who == really.hops[-1].who
            assert told.bearing == really.bearing


def test_all_a_desk_holds_is_of_the_claim_and_before_the_day() -> None:
    for desk, truth in drawn():
        supports = {chain.id for chain in supporting(desk)}
        assert supports
        assert {amount.chain for amount in desk.amounts} <= supports
        assert len({amount.unit for amount in desk.amounts}) <= 1
        assert truth.amount > 0 or not truth.holds or not desk.amounts
        whens = [desk.claim.when, *(hop.when for chain in desk.chains for hop in chain.hops)]
        whens += [each.when for each in (*desk.seeds, *desk.inquiries)]
        assert all(when.latest <= DAY for when in whens if when is not None and when.latest is not None)
        named = {node for chain in desk.chains for hop in chain.hops for node in (hop.who, hop.source)}
        assert {each for pair in desk.coincidences for each in (pair.a, pair.b)} <= named
        assert {node for node in named if node and node.startswith("person:")} <= set(truth.same)


def test_tellers_with_a_good_record_are_right_more_often() -> None:
    tries = [
        (desk.records[handle].right / (desk.records[handle].right + desk.records[handle].wrong), truth.holds)
        for desk, truth in drawn()
        for handle in {chain.hops[-1].who.removeprefix("person:") for chain in supporting(desk)}
        if handle in desk.records
    ]
    records, holds = np.array(tries).T
    assert 0 < np.corrcoef(records, holds)[0, 1] < 0.5
    assert abs(records.mean() - holds.mean()) < 0.05


def test_no_name_says_whether_it_holds_or_who_is_fake() -> None:
    digits: dict[bool, list[int]] = {True: [], False: []}
    fakes: dict[bool, list[int]] = {True: [], False: []}
    shapes = set()
    for desk, truth in drawn():
        named = {node for chain in desk.chains for hop in chain.hops for node in (hop.who, hop.source) if node}
        coded = {node for node in named if node.partition(":")[0] in ("person", "meeting", "document")}
        shapes |= {node.partition(":")[2].rstrip("0123456789") for node in coded}
        assert named - coded <= {"unknown", "outlet:radio", "desk", "state"}
        digits[truth.holds] += [int(node[-4:]) for node in sorted(coded)]
        for told, really in pairs(desk, truth):
            fakes[invented(told, really)].append(int(told.hops[-1].who[-4:]))
    assert shapes == {"k"}
    for true, false in (digits.values(), fakes.values()):
        error = np.std(true) * (1 / len(true) + 1 / len(false)) ** 0.5
        assert abs(np.mean(true) - np.mean(false)) < 4 * error
    texts = Counter((desk.claim.id, desk.claim.text["en"].replace(desk.claim.kind, "")) for desk, _ in drawn())
    assert len(texts) == 1
