"""An amount told twice from one mouth is one amount; bounds bound; and there is no interval without a total."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.model.amounts import Amount, Extent
from farbank.model.chains import Chain, Coincidence, Hop, Seed
from farbank.model.people import Record
from farbank.model.sizes import Size
from farbank.verify.credence.estimate import estimate


def saw(name: str, *mouths: str) -> Chain:
    hops = [Hop(who=f"person:{mouths[0]}", how="saw")]
    hops += [Hop(who=f"person:{b}", how="was-told", source=f"person:{a}") for a, b in pairwise(mouths)]
    return Chain(id=name, hops=tuple(hops))


def people(chain: str, low: float, high: float | None = None, extent: Extent = "total") -> Amount:
    return Amount(chain=chain, what="people", low=low, high=low if high is None else high, unit="people", extent=extent)


def found(told: list[Amount], *chains: Chain, **extra: object) -> Size:
    size = estimate(told, {chain.id: chain for chain in chains}, **extra)  # type: ignore[arg-type]
    assert size is not None
    return size


def width(size: Size) -> float:
    return size.high / size.low


A, B, AGAIN = saw("a", "alder", "heron"), saw("b", "birch", "wren"), saw("c", "alder", "tern")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_the_interval_is_in_order(values: list[int], random: object) -> None:
    chains = [saw(f"c{n}", f"w{n % 3}", f"t{n}") for n in range(len(values))]
    told = [people(f"c{n}", value) for n, value in enumerate(values)]
    before = found(told, *chains)
    random.shuffle(told)  # type: ignore[attr-defined]
    assert found(told, *reversed(chains)) == before
    assert 0 < before.low <= before.mid <= before.high


def test_two_who_agree_narrow_it_and_one_mouth_twice_does_so_less() -> None:
    one = found([people("a", 100)], A)
    apart = found([people("a", 100), people("b", 100)], A, B)
    same = found([people("a", 100), people("c", 100)], A, AGAIN)
    assert width(apart) < width(same) <= width(one)
    transcript = found([people("t", 100)], saw("t", "alder"))
    assert width(same) >= width(transcript) * 0.999


def test_two_who_differ_widen_it_over_both() -> None:
    size = found([people("a", 100), people("b", 1000)], A, B)
    assert size.low < 130
    assert size.high > 800


def test_a_part_bounds_from_below_and_at_most_from_above() -> None:
    bare = found([people("a", 100)], A)
    assert found([people("a", 100), people("b", 150, extent="at-least")], A, B).mid > bare.mid
    assert found([people("a", 100), people("b", 80, extent="at-most")], A, B).mid < bare.mid


def test_a_range_told_is_no_narrower_than_it() -> None:
    size = found([people("a", 50, 200)], saw("a", "alder"))
    assert size.low < 60
    assert size.high > 170


def test_there_is_none_without_a_total() -> None:
    assert estimate([people("a", 12, extent="part")], {"a": A}) is None
    assert estimate([], {"a": A}) is None
    assert estimate([people("gone", 12)], {"a": A}) is None


def test_a_figure_the_desk_carried_to_a_teller_says_little() -> None:
    fed = Seed(claim="c", who="person:heron", source="desk", probability=0.9)
    told = [people("a", 100), people("b", 300)]
    assert width(found([people("a", 100)], A, seeds=[fed])) > 2 * width(found([people("a", 100)], A))
    assert found(told, A, B, seeds=[fed]).mid > found(told, A, B).mid


def test_a_bad_record_weighs_less_than_a_good_one() -> None:
    told = [people("a", 100), people("b", 300)]
    good, bad = Record(right=20), Record(right=1, wrong=12)
    assert (
        found(told, A, B, records={"heron": bad, "wren": good}).mid
        > found(told, A, B, records={"heron": good, "wren": bad}).mid
    )


def test_two_who_are_likely_one_are_one() -> None:
    told = [people("a", 100), people("b", 100)]
    one = Coincidence(a="person:alder", b="person:birch", probability=0.8)
    assert width(found(told, A, B, coincidences=[one])) > width(found(told, A, B))


def test_none_told_is_an_amount() -> None:
    size = found([people("a", 0, 0)], A)
    assert size.low == size.mid == 0
    assert size.high < 5
