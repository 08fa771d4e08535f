"""Roots are counted, not voices."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.chains import Chain, Coincidence, Hop
from farbank.verify.origins.count import mouths, of_state, origin_kind, sure_origins


def chain(name: str, *nodes: str, how: str = "was-told") -> Chain:
    """A chain that walks `nodes` from the farthest to the one who told the desk."""
    if len(nodes) == 1:
        return Chain(id=name, hops=(Hop(who=nodes[0], how="saw"),))
    hops = tuple(Hop(who=who, how=how, source=source) for source, who in pairwise(nodes))
    return Chain(id=name, hops=hops)


def test_two_voices_from_one_mouth_are_one_origin() -> None:
    assert sure_origins([chain("a", "person:alder", "person:heron"), chain("b", "person:alder", "person:wren")]) == 1


def test_one_meeting_is_one_origin_however_many_sat_in_it() -> None:
    attended = [chain(n, "meeting:hall", f"person:{n}", how="was-told-at-meeting") for n in ("heron", "wren", "tern")]
    assert sure_origins(attended) == 1


def test_an_institution_does_not_make_two_cities_one() -> None:
    heard = [chain(n, "body:central-committee", f"person:{n}") for n in ("heron", "wren")]
    assert sure_origins(heard) == 2


def test_what_the_desk_told_comes_back_as_the_desk() -> None:
    seeded = [chain(n, "desk", f"person:{n}") for n in ("heron", "wren")]
    assert sure_origins(seeded) == 0
    assert origin_kind(seeded[0]) == "desk"


def test_an_outlet_is_other_media_unless_it_is_the_states() -> None:
    heard = chain("a", "outlet:river-radio", "person:heron")
    assert origin_kind(heard) == "media"
    own = of_state([Coincidence(a="outlet:river-radio", b="state", probability=1.0)])
    assert origin_kind(heard, own) == "state"
    assert of_state([Coincidence(a="outlet:river-radio", b="state", probability=0.9)]) == {"state"}


def test_an_unknown_link_never_adds_an_origin() -> None:
    known = chain("a", "person:heron")
    vague = chain("b", "unknown", "person:wren")
    assert sure_origins([known, vague]) == 1
    assert sure_origins([vague, chain("c", "unknown", "person:tern")]) == 1


def test_two_cadres_who_may_be_one_count_as_one() -> None:
    chains = [chain("a", "person:alder", "person:heron"), chain("b", "person:birch", "person:wren")]
    assert sure_origins(chains) == 2
    maybe = Coincidence(a="person:alder", b="person:birch", probability=0.1)
    assert sure_origins(chains, [maybe]) == 1
    never = Coincidence(a="person:alder", b="person:birch", probability=0.0)
    assert sure_origins(chains, [never]) == 2


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        (("person:heron",), 1),
        (("person:alder", "person:heron"), 2),
        (("body:central-committee", "body:province", "person:alder", "person:heron"), 2),
        (("unknown", "person:heron"), 2),
        (("unknown", "unknown"), 2),
        (("desk",), 0),
    ],
)
def test_mouths_are_people_not_institutions(nodes: tuple[str, ...], expected: int) -> None:
    assert mouths(chain("a", *nodes)) == expected


names = st.sampled_from([f"person:p{i}" for i in range(6)] + ["meeting:m", "document:d", "unknown", "desk", "body:cc"])
chains_of = st.lists(st.lists(names, min_size=1, max_size=4), min_size=1, max_size=6)


@given(chains_of, st.tuples(names, names))
def test_merging_never_raises_the_number(paths: list[list[str]], pair: tuple[str, str]) -> None:
    chains = [chain(f"c{i}", *path) for i, path in enumerate(paths)]
    merged = sure_origins(chains, [Coincidence(a=pair[0], b=pair[1], probability=0.5)])
    assert 0 <= merged <= sure_origins(chains) <= len(chains)


@given(chains_of)
def test_the_order_in_which_word_arrives_does_not_matter(paths: list[list[str]]) -> None:
    chains = [chain(f"c{i}", *path) for i, path in enumerate(paths)]
    assert sure_origins(chains) == sure_origins(chains[::-1])


@given(chains_of)
def test_saying_it_twice_adds_nothing(paths: list[list[str]]) -> None:
    chains = [chain(f"c{i}", *path) for i, path in enumerate(paths)]
    assert sure_origins(chains + chains) == sure_origins(chains)
