"""Who told whom, as one tree over all chains of a claim."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from farbank.model.chains import Chain, Coincidence, Hop, Seed
from farbank.verify.origins.graph import graph
from farbank.verify.origins.tree import Mouth, tree


def chain(name: str, *nodes: str, bearing: str = "supports") -> Chain:
    hops = [Hop(who=who, how="was-told", source=source) for source, who in pairwise(nodes)]
    if len(nodes) == 1:
        hops = [Hop(who=nodes[0], how="saw")]
    return Chain(id=name, hops=tuple(hops), bearing=bearing)  # type: ignore[arg-type]


def drawn(mouths: tuple[Mouth, ...], depth: int = 0) -> list[str]:
    return [line for mouth in mouths for line in ["  " * depth + mouth.node, *drawn(mouth.told, depth + 1)]]


def test_chains_are_one_as_far_as_they_say_the_same() -> None:
    claim = graph([chain("a", "body:cc", "person:alder", "person:heron"), chain("b", "body:cc", "person:birch")])
    assert drawn(tree(claim)) == ["body:cc", "  person:alder", "    person:heron", "  person:birch"]


def test_who_saw_it_stands_at_the_root_and_says_so() -> None:
    (mouth,) = tree(graph([chain("a", "person:heron")]))
    assert (mouth.node, mouth.how, mouth.chains, mouth.told) == ("person:heron", "saw", ("a",), ())


def test_unknown_links_stay_unknown_and_are_not_made_one() -> None:
    claim = graph([chain("a", "unknown", "person:heron"), chain("b", "unknown", "person:heron")])
    mouths = tree(claim)
    assert drawn(mouths) == ["unknown", "  person:heron", "unknown", "  person:heron"]
    assert all(mouth.told[0].shared for mouth in mouths) and not any(mouth.shared for mouth in mouths)


def test_what_had_reached_somebody_besides_and_who_they_may_be_is_marked() -> None:
    seed = Seed(claim="flood", who="person:alder", source="desk")
    twin = Coincidence(a="person:birch", b="person:alder", probability=0.3)
    chains = [
        chain("a", "person:alder", "person:heron"),
        chain("b", "person:birch", "person:wren", bearing="contradicts"),
    ]
    alder, birch = tree(graph(chains, [twin], [seed]), own={"a"})
    assert (alder.seeds, alder.maybe, birch.maybe) == ((seed,), ("person:birch",), ("person:alder",))
    assert (alder.told[0].own, alder.told[0].against) == (("a",), ())
    assert (birch.told[0].own, birch.told[0].against) == ((), ("b",))


names = st.sampled_from(["person:a", "person:b", "person:c", "desk", "unknown", "body:cc"])


@given(st.lists(st.lists(names, min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_chain_is_there_in_full(paths: list[list[str]]) -> None:
    def walks(mouths: tuple[Mouth, ...], above: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
        found = []
        for mouth in mouths:
            here = (*above, mouth.node)
            found += [(name, here) for name in mouth.chains] + walks(mouth.told, here)
        return found

    chains = [chain(f"c{i}", *path) for i, path in enumerate(paths)]
    assert sorted(walks(tree(graph(chains)))) == sorted((f"c{i}", tuple(path)) for i, path in enumerate(paths))
