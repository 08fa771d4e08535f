"""How likely there are how many origins: exact where it says so, never more for knowing that two are one."""

from __future__ import annotations

from itertools import pairwise, product
from math import prod
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from farbank.model.chains import Chain, Coincidence, Hop, Seed
from farbank.verify.origins.count import sure_origins
from farbank.verify.origins.graph import graph
from farbank.verify.origins.spread import ANYBODY, origins_p, spread


def chain(name: str, *nodes: str) -> Chain:
    """A chain that walks `nodes` from the farthest to the one who told the desk; a single one saw it."""
    if len(nodes) == 1:
        return Chain(id=name, hops=(Hop(who=nodes[0], how="saw"),))
    return Chain(id=name, hops=tuple(Hop(who=who, how="was-told", source=source) for source, who in pairwise(nodes)))


def saw(*people: str) -> list[Chain]:
    return [chain(f"c-{person}", f"person:{person}") for person in people]


def maybe(a: str, b: str, probability: float) -> Coincidence:
    return Coincidence(a=f"person:{a}", b=f"person:{b}", probability=probability)


def seed(who: str, source: str, probability: float = 1.0) -> Seed:
    return Seed(claim="flood", who=f"person:{who}", source=source, probability=probability)


def at_most(likely: tuple[float, ...], number: int) -> float:
    return sum(likely[: number + 1])


def test_what_is_certain_is_a_single_number() -> None:
    assert origins_p(saw("heron", "wren", "tern")) == (0.0, 0.0, 0.0, 1.0)
    assert origins_p([]) == (1.0,)


def test_two_who_may_be_one_are_one_as_likely_as_that() -> None:
    assert origins_p(saw("heron", "wren"), [maybe("heron", "wren", 0.3)]) == pytest.approx((0, 0.3, 0.7))


def test_three_in_a_ring_are_one_if_two_of_the_links_hold() -> None:
    ring = [maybe("heron", "wren", 0.5), maybe("wren", "tern", 0.5), maybe("tern", "heron", 0.5)]
    assert origins_p(saw("heron", "wren", "tern"), ring) == pytest.approx((0, 0.5, 0.375, 0.125))


def test_a_broadcast_both_may_have_heard_is_one_if_both_did() -> None:
    heard = [seed("heron", "outlet:far", 0.5), seed("wren", "outlet:far", 0.5)]
    assert origins_p(saw("heron", "wren"), (), heard) == pytest.approx((0, 0.25, 0.75))


def test_an_unknown_link_is_somebody_else_half_the_time_and_never_less_than_one() -> None:
    known, vague = chain("a", "person:heron"), chain("b", "unknown", "person:wren")
    assert origins_p([known, vague]) == pytest.approx((0, ANYBODY, 1 - ANYBODY))
    assert origins_p([vague]) == pytest.approx((0, 1))


def test_the_desks_word_that_somebody_may_only_repeat_is_none_as_likely_as_they_took_it_in() -> None:
    hearsay = [chain("a", "person:alder", "person:heron")]
    assert origins_p(hearsay, (), [seed("alder", "desk", 0.4)]) == pytest.approx((0.4, 0.6))
    assert origins_p(hearsay, (), [seed("alder", "desk")]) == (1.0,)
    assert origins_p(saw("heron"), (), [seed("heron", "desk", 0.4)]) == pytest.approx((0, 1))


def test_many_whom_the_desks_word_may_have_reached_are_summed_one_by_one_where_the_desk_is_an_origin_itself() -> None:
    chains = [chain(f"c{i:02}", f"person:far{i}", f"person:p{i}") for i in range(30)]
    seeds = [seed(f"far{i}", "desk", 0.5) for i in range(30)]
    found = spread(graph([chain("desk", "desk"), *chains], (), seeds))
    assert found.moved == 0
    assert sum(number * likely for number, likely in enumerate(found.likely)) == pytest.approx(1 + 30 * 0.5)


names = [f"person:p{i}" for i in range(5)] + ["outlet:o", "desk"]
walks = st.lists(
    st.lists(st.sampled_from([*names, "unknown", "body:cc"]), min_size=1, max_size=3), min_size=1, max_size=5
)
chances = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
twins = st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names), chances), max_size=4)
fed = st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names), chances), max_size=3)


def given_of(
    paths: list[list[str]], pairs: list[tuple[str, str, float]], seeded: list[tuple[str, str, float]]
) -> tuple[list[Chain], list[Coincidence], list[Seed]]:
    return (
        [chain(f"c{i}", *path) for i, path in enumerate(paths)],
        [Coincidence(a=a, b=b, probability=p) for a, b, p in pairs],
        [Seed(claim="flood", who=who, source=source, probability=p) for who, source, p in seeded],
    )


@given(walks, twins, fed)
@settings(max_examples=150)
def test_it_is_the_mean_over_every_state_of_the_links(
    paths: list[list[str]], pairs: list[tuple[str, str, float]], seeded: list[tuple[str, str, float]]
) -> None:
    claim = graph(*given_of(paths, pairs, seeded))
    links = [*claim.seeds, *claim.twins]
    expected = [0.0] * (len(paths) + 2)
    for states in product((True, False), repeat=len(links)):
        chance = prod(
            link.probability if holds else 1 - link.probability for link, holds in zip(links, states, strict=True)
        )
        held = [replace(link, probability=1.0) for link, holds in zip(links, states, strict=True) if holds]
        settled = replace(
            claim,
            seeds=tuple(link for link in held if isinstance(link, Seed)),
            twins=tuple(link for link in held if isinstance(link, Coincidence)),
        )
        for number, likely in enumerate(spread(settled).likely):
            expected[number] += chance * likely
    found = spread(claim)
    assert found.moved == 0
    assert [*found.likely, *[0.0] * (len(expected) - len(found.likely))] == pytest.approx(expected, abs=1e-12)


@given(walks, twins, fed)
@settings(max_examples=200)
def test_never_fewer_than_are_sure(
    paths: list[list[str]], pairs: list[tuple[str, str, float]], seeded: list[tuple[str, str, float]]
) -> None:
    chains, coincidences, seeds = given_of(paths, pairs, seeded)
    sure = sure_origins(chains, coincidences, seeds)
    likely = origins_p(chains, coincidences, seeds)
    assert sum(likely) == pytest.approx(1)
    assert at_most(likely, sure - 1) == pytest.approx(0, abs=1e-12)


@given(walks, twins, fed, st.data())
@settings(max_examples=200)
def test_a_likelier_link_makes_fewer_origins_likelier(
    paths: list[list[str]],
    pairs: list[tuple[str, str, float]],
    seeded: list[tuple[str, str, float]],
    data: st.DataObject,
) -> None:
    raised_pairs = [(a, b, data.draw(st.floats(p, 1))) for a, b, p in pairs]
    raised_seeds = [(who, source, data.draw(st.floats(p, 1))) for who, source, p in seeded]
    before = origins_p(*given_of(paths, pairs, seeded))
    after = origins_p(*given_of(paths, raised_pairs, raised_seeds))
    for number in range(len(before)):
        assert at_most(after, number) >= at_most(before, number) - 1e-12


@given(walks, twins, fed, st.randoms(use_true_random=False))
def test_the_order_in_which_anything_is_given_changes_nothing(
    paths: list[list[str]], pairs: list[tuple[str, str, float]], seeded: list[tuple[str, str, float]], random: Random
) -> None:
    chains, coincidences, seeds = given_of(paths, pairs, seeded)
    before = spread(graph(chains, coincidences, seeds))
    for each in (chains, coincidences, seeds):
        random.shuffle(each)
    turned = [Coincidence(a=one.b, b=one.a, probability=one.probability) for one in coincidences]
    assert spread(graph(chains, turned, seeds)) == before


def test_a_broadcast_that_many_may_have_heard_is_summed_exactly() -> None:
    people = [f"p{i}" for i in range(40)]
    found = spread(graph(saw(*people), (), [seed(person, "outlet:far", 0.5) for person in people]))
    assert found.moved == 0
    apart = sum(number * likely for number, likely in enumerate(found.likely))
    assert apart == pytest.approx(40 * 0.5 + 1 - 0.5**40)
