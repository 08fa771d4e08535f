"""Numbers are compared and kept, never averaged."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Hop
from farbank.model.findings import Clash
from farbank.verify.amounts import MOST_PARTS, clashes, figures


def told(chain: str, low: float, high: float | None = None, **fields: str) -> Amount:
    base: dict[str, object] = {"what": "dead", "unit": "people"}
    return Amount(chain=chain, low=low, high=low if high is None else high, **{**base, **fields})  # type: ignore[arg-type]


def kinds(*amounts: Amount) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(clash.kind, clash.what, clash.chains) for clash in clashes(amounts)]


def test_two_totals_that_exclude_each_other_are_rivals_and_overlapping_ranges_agree() -> None:
    assert kinds(told("a", 12), told("b", 13)) == [("rival", "dead", ("a", "b"))]
    assert kinds(told("a", 10, 15), told("b", 15, 20)) == []
    assert kinds(told("a", 12), told("b", 12)) == []


def test_twelve_and_one_make_the_thirteen_another_told() -> None:
    found = clashes([
        told("a", 12, what="drowned", of="dead"), told("b", 1, what="crushed", of="dead"), told("c", 13),
    ])  # fmt: skip
    assert [(clash.kind, clash.chains) for clash in found] == [("sum", ("a", "b", "c"))]
    assert [amount.low for amount in found[0].amounts] == [1, 12, 13]
    untyped = kinds(told("a", 12, extent="part"), told("b", 1, extent="part"), told("c", 13))
    assert untyped == [("sum", "dead", ("a", "b", "c"))]


def test_a_teller_who_breaks_down_their_own_total_is_no_find() -> None:
    own = [told("a", 12, what="drowned", of="dead"), told("a", 1, what="crushed", of="dead"), told("a", 13)]
    assert [clash.kind for clash in clashes(own)] == ["part", "part"]


def test_rival_values_of_one_part_are_not_added_to_each_other() -> None:
    found = kinds(told("a", 6, what="drowned", of="dead"), told("b", 7, what="drowned", of="dead"), told("c", 13))
    assert ("sum", "dead", ("a", "b", "c")) not in found
    assert ("rival", "drowned", ("a", "b")) in found


@pytest.mark.parametrize(
    "a, b, kind",
    [
        ((12, "part"), (13, "total"), "part"), ((14, "part"), (13, "total"), "bound"),
        ((20, "at-least"), (13, "total"), "bound"), ((10, "at-least"), (13, "total"), None),
        ((10, "at-most"), (13, "total"), "bound"), ((20, "at-most"), (13, "total"), None),
        ((20, "at-least"), (13, "at-most"), "bound"), ((14, "part"), (13, "at-most"), "bound"),
        ((12, "part"), (13, "part"), None), ((12, "part"), (13, "at-least"), None),
        ((12, "unknown"), (13, "total"), "part"), ((14, "unknown"), (13, "total"), "rival"),
        ((14, "unknown"), (13, "at-most"), "bound"), ((14, "unknown"), (15, "unknown"), "part"),
        ((12, "unknown"), (13, "part"), None), ((14, "unknown"), (13, "part"), None),
    ],
)  # fmt: skip
def test_what_a_teller_means_decides_what_excludes_what(
    a: tuple[float, str], b: tuple[float, str], kind: str | None
) -> None:
    found = clashes([told("a", a[0], extent=a[1]), told("b", b[0], extent=b[1])])
    assert [clash.kind for clash in found] == ([kind] if kind else [])


def test_more_drowned_than_dead_does_not_fit() -> None:
    assert kinds(told("a", 14, what="drowned", of="dead"), told("b", 13)) == [("bound", "dead", ("a", "b"))]
    assert kinds(told("a", 14, what="drowned", of="dead"), told("b", 13, extent="at-least"))[0][0] == "part"
    assert kinds(told("a", 14, what="drowned", of="dead", extent="at-most"), told("b", 13))[0][0] == "part"


def test_one_animal_and_2100_animals_are_rivals_but_kinds_are_another_unit() -> None:
    assert kinds(told("a", 1, unit="animal"), told("b", 2100, unit="animals")) == [("rival", "dead", ("a", "b"))]
    assert kinds(told("a", 12, unit="kinds"), told("b", 2100, unit="animals")) == [("unit", "dead", ("a", "b"))]
    assert kinds(told("a", 5000, what="rice", unit="won/kg"), told("b", 5000, what="rice", unit="won/sack")) == [
        ("unit", "rice", ("a", "b"))
    ]


def test_exact_conversions_agree_and_decimals_do_not_drift() -> None:
    assert kinds(told("a", 0.3, unit="t"), told("b", 300, unit="kg")) == []
    assert kinds(told("a", 5, what="rice", unit="1,000 won/kg"), told("b", 5000, what="rice", unit="KPW/kg")) == []
    tenths = [told(name, low, extent="part", unit="t") for name, low in (("a", 0.1), ("b", 0.2))]
    assert kinds(*tenths, told("c", 300, unit="kg")) == [("sum", "dead", ("a", "b", "c"))]


def test_of_many_parts_only_all_together_are_added() -> None:
    parts = [told(f"p{n}", n, extent="part") for n in range(1, MOST_PARTS + 2)]
    total = sum(range(1, MOST_PARTS + 2))
    assert "sum" in {kind for kind, _, _ in kinds(*parts, told("c", total))}
    assert "sum" not in {kind for kind, _, _ in kinds(*parts, told("c", total - 1))}


def chain(name: str, *nodes: str) -> Chain:
    hops = tuple(Hop(who=who, how="was-told", source=source) for source, who in pairwise(nodes))
    return Chain(id=name, hops=hops)


def test_one_figure_out_of_one_mouth_is_one_origin_of_it() -> None:
    chains = {
        "a": chain("a", "person:alder", "person:heron"),
        "b": chain("b", "person:alder", "person:wren"),
        "c": chain("c", "person:cedar", "person:tern"),
    }
    twelve, thirteen = figures([told("a", 12), told("b", 12, unit="persons"), told("c", 13)], chains)
    assert (twelve.low, twelve.chains, twelve.origins) == (12, ("a", "b"), 1)
    assert (thirteen.low, thirteen.chains, thirteen.origins) == (13, ("c",), 1)
    apart = figures([told("a", 12), told("c", 12)], chains)
    assert [one.origins for one in apart] == [2]
    maybe = Coincidence(a="person:heron", b="person:tern", probability=0.2)
    assert [one.origins for one in figures([told("a", 12), told("c", 12)], chains, [maybe])] == [1]


names = st.sampled_from(["a", "b", "c", "d"])
told_of = st.builds(
    lambda chain, low, more, what, unit, extent: Amount(
        chain=chain, low=low, high=low + more, what=what[0], of=what[1], unit=unit, extent=extent
    ),
    names,
    st.integers(0, 20),
    st.integers(0, 3),
    st.sampled_from([("dead", None), ("drowned", "dead"), ("crushed", "dead")]),
    st.sampled_from(["people", "persons", "kinds"]),
    st.sampled_from(["total", "part", "at-least", "at-most", "unknown"]),
)


@given(st.lists(told_of, max_size=7), st.randoms(use_true_random=False))
def test_the_order_they_came_in_changes_nothing(amounts: list[Amount], random: object) -> None:
    shuffled = list(amounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clashes(shuffled) == clashes(amounts)
    assert clashes(amounts + amounts) == clashes(amounts)


@given(st.lists(told_of, max_size=7))
def test_every_figure_stays_as_it_was_told(amounts: list[Amount]) -> None:
    chains = {name: chain(name, f"person:{name}x", f"person:{name}") for name in "abcd"}
    kept = [amount for figure in figures(amounts, chains) for amount in figure.amounts]
    assert sorted(kept, key=repr) == sorted(set(amounts), key=repr)
    for clash in clashes(amounts):
        assert set(clash.amounts) <= set(amounts)
        assert set(clash.chains) == {amount.chain for amount in clash.amounts}


@given(st.lists(told_of, max_size=6))
def test_a_unit_a_thousand_times_smaller_changes_no_verdict(amounts: list[Amount]) -> None:
    def verdicts(found: tuple[Clash, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
        return sorted((clash.kind, clash.what, clash.chains) for clash in found)

    tonnes = [msgspec.structs.replace(one, unit="t") for one in amounts]
    kilos = [msgspec.structs.replace(one, unit="kg", low=one.low * 1000, high=one.high * 1000) for one in amounts]
    assert verdicts(clashes(tonnes)) == verdicts(clashes(kilos))
