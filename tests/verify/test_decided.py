"""What people say of two reports lowers what is counted, or takes away a fear; it adds no origin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations, pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Hop
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.judgements import Likeness, Pairing, Question
from farbank.verify.apart import apart
from farbank.verify.decided import decided, held
from farbank.verify.decisive import answered, decided_origins
from farbank.verify.origins.count import sure_origins

NOON = datetime(2031, 8, 1, 12, tzinfo=UTC)


def told(name: str, *nodes: str, bearing: str = "supports", reports: tuple[str, ...] = ()) -> Chain:
    """A chain from the farthest node to the one who told the desk, taken down in the report of its name."""
    links = [(None, nodes[0])] if len(nodes) == 1 else list(pairwise(nodes))
    hops = tuple(Hop(who=who, how="was-told" if source else "saw", source=source) for source, who in links)
    return Chain(id=name, hops=hops, reports=reports or (name,), bearing=bearing)  # type: ignore[arg-type]


def said(a: str, b: str, question: Question, verdict: Likeness | None, by: str = "Vern") -> Pairing:
    return Pairing(claim="flood", a=a, b=b, question=question, verdict=verdict, by=by, at=NOON)


def flood(chains: Sequence[Chain], **more: object) -> Claim:
    return Claim(
        id="flood", kind="event", text={"en": "It flooded"}, place="kp:KP01", when=When("2031-07"),
        chains=tuple(chain.id for chain in chains), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def number(chains: Sequence[Chain], *judged: Pairing, fears: Sequence[Coincidence] = ()) -> int:
    return decided_origins(flood(chains), {chain.id: chain for chain in chains}, fears, judged)


HERON = told("a", "person:alder", "person:heron")
WREN = told("b", "person:birch", "person:wren")
TERN = told("c", "person:tern")
MAYBE = Coincidence(a="person:alder", b="person:birch", probability=0.3)


def test_two_reports_of_one_origin_are_one() -> None:
    assert number([HERON, WREN, TERN]) == 3
    assert number([HERON, WREN, TERN], said("a", "b", "origin", "same")) == 2
    assert number([HERON, WREN, TERN], said("a", "b", "origin", "same"), said("b", "c", "origin", "same")) == 1
    assert number([HERON, WREN, TERN], said("a", "b", "origin", "cannot-tell")) == 3


def test_independent_takes_away_a_fear_unless_anybody_doubts_it() -> None:
    apart_ = said("a", "b", "origin", "different")
    assert number([HERON, WREN], fears=[MAYBE]) == 1
    assert number([HERON, WREN], apart_, fears=[MAYBE]) == 2
    for doubt in ("same", "cannot-tell"):
        assert number([HERON, WREN], apart_, said("a", "b", "origin", doubt, "Ada"), fears=[MAYBE]) == 1
    assert number([HERON, WREN], apart_, fears=[msgspec.structs.replace(MAYBE, probability=1.0)]) == 1


def test_a_doubt_about_another_pair_that_the_fear_would_join_keeps_it() -> None:
    again = told("d", "person:birch", "person:robin")
    judged = (said("a", "b", "origin", "different"), said("a", "d", "origin", "cannot-tell"))
    assert number([HERON, WREN, again], judged[0], fears=[MAYBE]) == 2
    assert number([HERON, WREN, again], *judged, fears=[MAYBE]) == 1


def test_independent_never_separates_those_who_share_a_person() -> None:
    same = told("b", "person:alder", "person:wren")
    assert number([HERON, same], said("a", "b", "origin", "different")) == 1


def test_different_events_never_add_up() -> None:
    assert number([HERON, WREN], said("a", "b", "event", "different")) == 1
    assert number([HERON, WREN, TERN], said("a", "b", "event", "different")) == 2
    assert number([HERON, WREN], said("a", "b", "event", "cannot-tell")) == 2


def test_what_differs_from_a_report_differs_from_all_of_its_event() -> None:
    robin = told("d", "person:robin")
    one, two = said("a", "c", "event", "same"), said("b", "d", "event", "same")
    assert number([HERON, WREN, TERN, robin], said("a", "b", "event", "different")) == 3
    assert number([HERON, WREN, TERN, robin], said("a", "b", "event", "different"), one, two) == 2


def test_verdicts_that_contradict_each_other_keep_only_the_two_apart() -> None:
    found = apart({("a", "b"): "same", ("b", "c"): "same", ("a", "c"): "different"})
    assert found == {frozenset("ac")}


def test_what_is_left_out_takes_its_amounts_with_it_and_still_joins_whom_it_joined() -> None:
    between = told("c", "person:alder", "person:birch", "person:tern")
    chains = [HERON, WREN, between]
    three = Amount(chain="c", what="dead", low=3, high=3, unit="people")
    claim = flood(chains, amounts=(three,))
    judged = [said("a", "c", "event", "different"), said("b", "c", "event", "different")]
    found = decided(claim, {chain.id: chain for chain in chains}, (), judged)
    assert (found.claim.chains, found.claim.amounts) == (("a", "b"), ())
    assert number(chains, *judged) == number(chains) == 1


def test_an_event_judged_different_never_does_away_with_a_contradiction() -> None:
    no = told("b", "person:birch", "person:wren", bearing="contradicts")
    found = decided(flood([HERON, no]), {"a": HERON, "b": no}, (), [said("a", "b", "event", "different")])
    assert found.claim.chains == ("a", "b")


def test_the_last_word_of_each_counts_and_the_more_careful_of_two_people() -> None:
    origin = [said("a", "b", "origin", "different"), said("a", "b", "origin", "same", "Ada")]
    assert held(origin, "flood", "origin") == {("a", "b"): "same"}
    assert held([*origin, said("a", "b", "origin", None, "Ada")], "flood", "origin") == {("a", "b"): "different"}
    event = [said("a", "b", "event", "same"), said("a", "b", "event", "different", "Ada")]
    assert held(event, "flood", "event") == {("a", "b"): "different"}
    assert held(event, "flood", "origin") == held(event, "fire", "event") == {}


def test_two_reports_are_in_order_of_their_ids() -> None:
    with pytest.raises(ValueError, match="in order"):
        said("b", "a", "event", "same")


def test_an_answer_moves_as_far_as_it_could() -> None:
    chains = {chain.id: chain for chain in (HERON, WREN, TERN)}
    claim = flood(list(chains.values()))
    assert answered(claim, chains, [MAYBE], (), ("a", "b"), "Vern") == (2, 3)
    assert answered(claim, chains, [MAYBE], (), ("a", "c"), "Vern") == (1, 2)
    assert answered(claim, chains, [], (), ("a", "c"), "Vern") == (2, 3)


names = st.sampled_from([f"person:p{i}" for i in range(8)] + ["meeting:m", "unknown", "desk", "body:cc"])
paths = st.lists(st.lists(names, min_size=1, max_size=3), min_size=2, max_size=6)
bearings = st.lists(st.sampled_from(["supports", "supports", "contradicts"]), min_size=6, max_size=6)
fears = st.lists(st.builds(Coincidence, a=names, b=names, probability=st.sampled_from([0.0, 0.4, 1.0])), max_size=3)
entries = st.lists(
    st.builds(
        lambda pair, question, verdict, by: said(*pair, question, verdict, by),
        st.sampled_from(list(combinations("abcdef", 2))),
        st.sampled_from(["event", "origin"]),
        st.sampled_from(["same", "different", "cannot-tell", None]),
        st.sampled_from(["Vern", "Ada"]),
    ),
    max_size=10,
)  # fmt: skip


def made(nodes: list[list[str]], bears: list[str]) -> list[Chain]:
    return [told("abcdef"[i], *path, bearing=bears[i]) for i, path in enumerate(nodes)]


@given(paths, bearings, fears, entries)
def test_no_decision_raises_the_sure_number_but_by_taking_away_a_fear(
    nodes: list[list[str]], bears: list[str], feared: list[Coincidence], judged: list[Pairing]
) -> None:
    chains = made(nodes, bears)
    supporting = [chain for chain in chains if chain.bearing == "supports"]
    certain = [one for one in feared if one.probability in (0, 1)]
    assert number(chains, *judged, fears=feared) <= sure_origins(supporting, certain)
    others = [one for one in judged if (one.question, one.verdict) != ("origin", "different")]
    assert number(chains, *others, fears=feared) <= sure_origins(supporting, feared)


@given(paths, bearings, fears, entries)
def test_no_two_that_are_apart_count_together(
    nodes: list[list[str]], bears: list[str], feared: list[Coincidence], judged: list[Pairing]
) -> None:
    chains = made(nodes, bears)
    by_id = {chain.id: chain for chain in chains}
    kept = decided(flood(chains), by_id, feared, judged).claim.chains
    never = apart(held(judged, "flood", "event"))
    for one, other in combinations(kept, 2):
        if by_id[one].bearing == by_id[other].bearing:
            assert frozenset((one, other)) not in never
    assert {by_id[name].bearing for name in kept} == {chain.bearing for chain in chains}


@given(paths, bearings, fears, entries)
def test_all_withdrawn_is_as_if_nothing_had_been_said(
    nodes: list[list[str]], bears: list[str], feared: list[Coincidence], judged: list[Pairing]
) -> None:
    chains = made(nodes, bears)
    by_id = {chain.id: chain for chain in chains}
    taken_back = [msgspec.structs.replace(one, verdict=None) for one in judged]
    before = decided(flood(chains), by_id, tuple(feared), ())
    assert decided(flood(chains), by_id, tuple(feared), [*judged, *taken_back]) == before
    assert before.claim == flood(chains) and before.coincidences == tuple(feared)


@given(paths, bearings, fears, entries, st.randoms(use_true_random=False), st.permutations(range(6)))
def test_who_spoke_first_and_how_chains_are_listed_change_nothing(
    nodes: list[list[str]], bears: list[str], feared: list[Coincidence], judged: list[Pairing],
    random: object, order: list[int],
) -> None:  # fmt: skip
    chains = made(nodes, bears)
    vern, ada = ([one for one in judged if one.by == name] for name in ("Vern", "Ada"))
    mixed: list[Pairing] = []
    left, right = list(vern), list(ada)
    while left or right:
        take = left if left and (not right or random.random() < 0.5) else right  # type: ignore[attr-defined]
        mixed.append(take.pop(0))
    shuffled = [chains[i] for i in order if i < len(chains)]
    by_id = {chain.id: chain for chain in chains}
    one, other = decided(flood(chains), by_id, feared, judged), decided(flood(shuffled), by_id, feared, mixed)
    assert set(one.claim.chains) == set(other.claim.chains)
    assert set(map(msgspec.structs.astuple, one.coincidences)) == set(map(msgspec.structs.astuple, other.coincidences))
    assert number(chains, *judged, fears=feared) == number(shuffled, *mixed, fears=feared)
