"""Word that came back to where it had been is found, and each way is named once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from farbank.model.chains import Chain, Hop, Node, Seed
from farbank.model.dates import When
from farbank.verify.origins.circles import circles
from farbank.verify.origins.graph import graph


def chain(name: str, *nodes: str, when: str | None = None) -> Chain:
    if len(nodes) == 1:
        return Chain(id=name, hops=(Hop(who=nodes[0], how="saw"),))
    day = When(when) if when else None
    return Chain(
        id=name, hops=tuple(Hop(who=who, how="was-told", source=source, when=day) for source, who in pairwise(nodes))
    )


def seed(who: str, source: str, when: str | None = None) -> Seed:
    return Seed(claim="flood", who=who, source=source, when=When(when) if when else None)


def found(
    *chains: Chain, seeds: tuple[Seed, ...] = (), told: dict[str, When] | None = None
) -> tuple[tuple[Node, ...], ...]:
    return circles(graph(chains, (), seeds, told))


def test_what_goes_one_way_is_no_circle() -> None:
    assert found(chain("a", "body:cc", "person:alder", "person:heron"), chain("b", "person:wren")) == ()


def test_the_desk_hears_again_what_it_told() -> None:
    told = seed("person:alder", "desk")
    assert found(chain("a", "person:alder", "person:heron"), seeds=(told,)) == (
        ("desk", "person:alder", "person:heron", "desk"),
    )


def test_what_the_desk_told_after_it_heard_makes_no_circle() -> None:
    late = seed("person:heron", "desk", "2023-07-10")
    assert found(chain("a", "person:heron"), seeds=(late,), told={"a": When("2023-07-09")}) == ()
    assert found(chain("a", "person:heron"), seeds=(late,), told={"a": When("2023-07-10")}) != ()
    assert found(chain("a", "person:heron"), seeds=(late,)) == (("desk", "person:heron", "desk"),)


def test_an_outlet_that_quotes_the_desk_quoting_it() -> None:
    assert found(chain("a", "outlet:far-daily", "desk"), seeds=(seed("outlet:far-daily", "desk"),)) == (
        ("desk", "outlet:far-daily", "desk"),
    )


def test_one_told_another_who_told_them() -> None:
    there, back = chain("a", "person:alder", "person:birch", "person:heron"), chain("b", "person:birch", "person:alder")
    assert found(there, back) == (("person:alder", "person:birch", "person:alder"),)


def test_a_short_and_a_long_way_back_are_both_named_the_short_one_first() -> None:
    seeds = (seed("person:heron", "desk"), seed("person:alder", "desk"))
    assert found(chain("a", "person:heron"), chain("b", "person:alder", "outlet:far", "person:wren"), seeds=seeds) == (
        ("desk", "person:heron", "desk"),
        ("desk", "person:alder", "outlet:far", "person:wren", "desk"),
    )


def test_an_unknown_between_the_two_is_shown_as_unknown() -> None:
    assert found(chain("a", "person:alder", "unknown", "person:alder")) == (
        ("person:alder", "unknown", "person:alder"),
    )


names = st.sampled_from([f"person:p{i}" for i in range(7)] + ["outlet:o", "desk", "unknown", "body:cc"])
walks = st.lists(st.lists(names, min_size=1, max_size=4), min_size=1, max_size=8)


def ways(chains: list[Chain]) -> set[tuple[Node, Node]]:
    hops = {(hop.source, hop.who) for chain in chains for hop in chain.hops if hop.source is not None}
    return hops | {(chain.hops[-1].who, "desk") for chain in chains if chain.hops[-1].who != "desk"}


def back_to(node: Node, links: set[tuple[Node, Node]]) -> bool:
    reached, grown = {b for a, b in links if a == node}, True
    while grown:
        more = {b for a, b in links if a in reached} - reached
        reached, grown = reached | more, bool(more)
    return node in reached


@given(walks)
def test_every_circle_is_a_way_and_everybody_on_one_is_named(paths: list[list[str]]) -> None:
    chains = [
        chain(f"c{i}", *[node for node in path if node != "unknown"] or ["person:p0"]) for i, path in enumerate(paths)
    ]
    links = {(a, b) for a, b in ways(chains) if not a.startswith("body:") and not b.startswith("body:")}
    named = found(*chains)
    assert len(set(named)) == len(named)
    assert [len(circle) for circle in named] == sorted(len(circle) for circle in named)
    for circle in named:
        assert circle[0] == circle[-1] and len(set(circle[1:])) == len(circle) - 1
        assert set(pairwise(circle)) <= links
    through = {node for circle in named for node in circle}
    assert through == {node for link in links for node in link if back_to(node, links)}
    assert {circle for circle in named if len(circle) == 3} >= {
        (a, b, a) for a, b in links if a != b and (b, a) in links and (a == "desk" or (b != "desk" and a < b))
    }


@given(walks, st.randoms(use_true_random=False))
def test_the_order_of_chains_changes_nothing(paths: list[list[str]], random: object) -> None:
    chains = [chain(f"c{i}", *path) for i, path in enumerate(paths)]
    before = found(*chains)
    random.shuffle(chains)  # type: ignore[attr-defined]
    assert found(*chains) == before


def test_a_long_way_back_needs_no_deep_stack() -> None:
    people = [f"person:p{i}" for i in range(20_000)]
    (circle,) = found(chain("a", *people), seeds=(seed(people[0], "desk"),))
    assert len(circle) == len(people) + 2
