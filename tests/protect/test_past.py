"""Everything ever published counts: k never rises when a story is added, and nothing is said more finely again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import AXES, grown

from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.exposure import Disclosure
from farbank.model.people import Audience, Facts, Spread
from farbank.model.releases import Release, Released, prefix_hash
from farbank.model.sizes import Size
from farbank.protect.errors import UnknownFact
from farbank.protect.expose import expose, judged
from farbank.protect.generalise import generalise
from farbank.protect.past import Past, fold
from farbank.protect.population import Population
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.release import released
from farbank.protect.sight import where

CLOSE = date(2023, 7, 19)
NORTH = {"place": "kp:KP02"}
NODES = {axis.id: sorted({up for leaf in axis.leaves for up in axis.upwards(leaf)}) for axis in AXES}
FACTS = st.fixed_dictionaries({}, optional={axis: st.sampled_from(nodes) for axis, nodes in NODES.items()})


def story(number: int, *facts: Facts, token: str = "t1", described: Facts | None = None, **more: object) -> Release:
    said = Released(token=token, facts=facts, described=described or {}, **more)  # type: ignore[arg-type]
    return Release(edition=f"story-{number}", published=CLOSE, people=(said,))


def asked(
    population: Population, past: Past, *heard: Heard, facts: tuple[Facts, ...] = (), threshold: int = 1000
) -> Question:
    return Question("heron", Reader(population=population, on=CLOSE, threshold=threshold), facts, (), heard, past)


@st.composite
def releases(draw: st.DrawFn) -> list[Release]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        low, mid, high = sorted(draw(st.lists(st.integers(1, 20_000), min_size=3, max_size=3)))
        audience = Audience(
            id=draw(st.sampled_from(["a0", "a1"])),
            name={},
            group=draw(FACTS),
            size=Size(low, mid, high),
            sure=draw(FACTS),
        )
        satellites = draw(st.sampled_from([(), ("radio",)]))
        audiences = draw(st.sampled_from([(), (audience,)]))
        told = draw(st.sampled_from([(), tuple(each.id for each in audiences)]))
        found.append(story(number, draw(FACTS), satellites=satellites, audiences=audiences, told=told))
    return found


@given(st.integers(0, 2**32), releases(), st.data())
@settings(max_examples=80, deadline=None)
def test_k_never_rises_when_a_story_is_added(seed: int, told: list[Release], data: st.DataObject) -> None:
    population = grown(np.random.default_rng(seed).integers(0, 5000, (3, 3, 2)))
    facts = data.draw(FACTS)
    low = mid = float("inf")
    for number in range(len(told) + 1):
        size = judged(asked(population, fold(population, "t1", told[:number])), facts).found.size
        assert size.mid <= mid * (1 + 1e-9)
        assert size.low <= low * (1 + 1e-9) + 1e-9
        low, mid = size.low, size.mid


@given(st.integers(0, 2**32), releases())
@settings(max_examples=40, deadline=None)
def test_the_order_of_stories_and_saying_one_twice_change_nothing(seed: int, told: list[Release]) -> None:
    population = grown(np.random.default_rng(seed).integers(0, 5000, (3, 3, 2)))
    once = where(population, asked(population, fold(population, "t1", told)).sight)
    again = where(population, asked(population, fold(population, "t1", [*reversed(told), *told])).sight)
    assert np.allclose(once, again)


def test_what_is_said_of_others_does_not_count(fitted: Population) -> None:
    assert fold(fitted, "t1", [story(1, NORTH, token="t2")]) == Past()


def test_the_likeliest_link_is_kept(fitted: Population) -> None:
    assert fold(fitted, "t1", [story(1, NORTH, link=0.3), story(2, NORTH, link=0.1)]).link == 0.3


def test_linked_and_unlinked_are_both_told(fitted: Population, phrases: Phrases) -> None:
    past = fold(fitted, "t1", [story(1, {"sex": "sex:female", "occupation": "occ:trade"})])
    exposure = expose(asked(fitted, past, facts=(NORTH,)), {}, phrases)
    assert exposure.unlinked is not None
    assert exposure.size.mid < exposure.unlinked.mid / 10
    alone = expose(asked(fitted, Past(), facts=(NORTH,)), {}, phrases)
    assert alone.unlinked is None and alone.size == exposure.unlinked


def test_siblings_that_cannot_both_be_are_refused(fitted: Population, phrases: Phrases) -> None:
    past = fold(fitted, "t1", [story(1, {"place": "kp:KP06"})])
    assert expose(asked(fitted, past, facts=(NORTH,)), {}, phrases).verdict == "refused"


def test_nothing_is_described_more_finely_than_before(fitted: Population, phrases: Phrases) -> None:
    past = fold(fitted, "t1", [story(1, NORTH, described={"organisation": "org:official"})])
    question = asked(fitted, past, facts=(NORTH,))
    finer = expose(question, {"organisation": "org:party"}, phrases)
    assert finer.verdict == "refused" and "earlier edition" in finer.reason
    block = {"place": "kp:KP02", "organisation": "org:party"}
    wording = generalise(question, block, show=("place", "organisation"), phrases=phrases)
    assert wording.facts.get("organisation") in (None, "org:official")


def test_one_thing_known_counts_once_however_often_it_is_told(fitted: Population) -> None:
    told = Audience(id="told", name={}, group=NORTH, size=Size(2e4, 6e4, 1.5e5), sure={"organisation": "org:party"})
    kept = Audience(id="told", name={}, group=NORTH, size=told.size, sure=told.sure)
    past = fold(fitted, "t1", [story(1, NORTH, audiences=(kept,))], now={("told", False)})
    once = judged(asked(fitted, Past(), Heard(told), facts=(NORTH,)), {}).found.size.mid
    twice = judged(asked(fitted, past, Heard(told), facts=(NORTH,)), {}).found.size.mid
    assert twice == pytest.approx(once)


def test_two_things_known_are_known_by_fewer(fitted: Population) -> None:
    one, other = (Audience(id=id, name={}, group=NORTH, size=Size(2e4, 4e4, 6e4)) for id in ("one", "other"))
    both = fold(fitted, "t1", [story(1, audiences=(one,)), story(2, audiences=(other,))])
    only = fold(fitted, "t1", [story(1, audiences=(one,))])
    low = [judged(asked(fitted, past, facts=(NORTH,)), {}).found.size.low for past in (both, only)]
    assert low[0] < low[1] / 20


def test_word_that_has_spread_since_is_the_same_knowledge(fitted: Population) -> None:
    spread = Spread(since=When("2023-06-30"), daily=Size(0.08, 0.15, 0.3))
    told = Audience(id="told", name={}, group=NORTH, sure={"organisation": "org:party"}, spread=spread)
    past = fold(fitted, "t1", [story(1, NORTH, audiences=(told,))], now={("told", False)})
    low = []
    for days in (0, 1, 30, 200):
        reader = Reader(population=fitted, on=CLOSE + timedelta(days), threshold=1000)
        low.append(judged(Question("heron", reader, (NORTH,), (), (Heard(told),), past), {}).found.size.low)
    assert max(low) == pytest.approx(min(low))


def test_publishing_a_story_never_raises_what_it_left(fitted: Population) -> None:
    """Neither for the same story again, a correction, nor for one that speaks of something else."""
    spread = Spread(since=When("2023-06-30"), daily=Size(0.08, 0.15, 0.3))
    group = {"place": "kp:KP02", "age": "age:adult"}
    told = Audience(id="told", name={}, group=group, sure={"organisation": "org:party"}, spread=spread)
    for hearsay in (False, True):
        reader = Reader(population=fitted, on=CLOSE, threshold=1000)
        now = Question("heron", reader, (NORTH,), ("phone",), (Heard(told, hearsay),))
        before = judged(now, {}).found.size.low
        one = story(1, NORTH, satellites=("phone",), audiences=(told,), told=("told",) if hearsay else ())
        again = fold(fitted, "t1", [one], now={("told", hearsay)})
        assert judged(replace(now, past=again), {}).found.size.low == pytest.approx(before)
        other = replace(now, heard=(), past=fold(fitted, "t1", [one]))
        assert judged(other, {}).found.size.low <= before * (1 + 1e-9)


def test_a_later_story_that_narrows_who_knew_counts_again(fitted: Population) -> None:
    wide = Audience(id="told", name={}, group=NORTH, size=Size(2e5, 4e5, 6e5))
    narrow = Audience(id="told", name={}, group=NORTH, size=Size(2e4, 4e4, 6e4))
    past = fold(fitted, "t1", [story(1, NORTH, audiences=(wide,))])
    again = judged(asked(fitted, past, Heard(narrow), facts=(NORTH,)), {}).found.size.mid
    assert again <= judged(asked(fitted, Past(), Heard(narrow), facts=(NORTH,)), {}).found.size.mid * (1 + 1e-9)


def test_becoming_past_never_makes_a_knowledge_set_surer(fitted: Population) -> None:
    """The figures of the axes a past set is told apart by are as unsure as those of one told now."""
    for group in ({"place": "kp:KP02", "occupation": "occ:trade"}, {"place": "kp:KP02", "organisation": "org:party"}):
        known = Audience(id="k", name={}, group=group)
        now = judged(asked(fitted, Past(), Heard(known)), {}).found.size.low
        then = judged(asked(fitted, fold(fitted, "t1", [story(1, audiences=(known,))])), {}).found.size.low
        assert then <= now * (1 + 1e-6)


def test_a_list_of_names_is_never_forgotten(fitted: Population) -> None:
    there = Audience(id="a0", name={}, group=NORTH, size=Size(300, 400, 500), listed="attendance")
    past = fold(fitted, "t1", [story(1, audiences=(there,))])
    assert judged(asked(fitted, past), {}).found.size.high <= 500


def test_a_node_the_country_pack_has_dropped_is_not_passed_over(fitted: Population) -> None:
    with pytest.raises(UnknownFact):
        fold(fitted, "t1", [story(1, {"place": "kp:KP99"})])


def test_the_hash_of_the_ledger_changes_with_every_entry_and_its_order() -> None:
    one, two = story(1, NORTH), story(2, NORTH)
    assert len({prefix_hash(some) for some in ((), (one,), (two,), (one, two), (two, one))}) == 5


def test_the_ledger_keeps_no_word_of_the_desk(fitted: Population, phrases: Phrases) -> None:
    secret = Audience(id="of-the-mill", name={"en": "The mill"}, group=NORTH, size=Size(1e4, 2e4, 3e4), token="k-1")
    wording = generalise(asked(fitted, Past(), facts=(NORTH,)), NORTH, show=("place",), phrases=phrases)
    nodes = (("place", "kp:KP02"), ("hearsay", secret.id))
    said = [Disclosure(person="heron", axis=axis, node=node, said_in="order") for axis, node in nodes]
    said.append(Disclosure(person="alder", axis="sex", node="sex:male", said_in="order"))
    kept = released("t1", "a partner", wording, said, (secret,), CLOSE, CLOSE)
    assert kept.facts == (NORTH,) and kept.told == ("k-1",) == (kept.audiences[0].id,)
    assert not any(word in str(kept) for word in ("mill", "heron", "alder", "order", "sex"))


def test_having_been_described_vaguely_is_remembered(fitted: Population) -> None:
    vague = story(1, NORTH, described=NORTH, alike=({"place": "kp:KP02", "organisation": "org:inminban-head"},))
    past = fold(fitted, "t1", [vague])
    heads = where(fitted, asked(fitted, Past(), facts=(NORTH, {"organisation": "org:inminban-head"})).sight).sum()
    assert where(fitted, asked(fitted, past).sight).sum() == pytest.approx(heads)


@pytest.mark.parametrize("people", [1, 2, 23, 170])
def test_further_figures_to_redraw_do_not_raise_the_low_end(people: int) -> None:
    population = grown(np.random.default_rng(0).integers(0, 5000, (3, 3, 2)))
    group = {"sex": "sex:f"}
    knew = Audience(id="a0", name={}, group={}, size=Size(people, people, people), sure=group)
    told = [story(0, audiences=(knew,)), story(1, group), story(2, {"place": "c:A"}), story(3, {"body": "body:in"})]
    low = float("inf")
    for number in range(len(told) + 1):
        size = judged(asked(population, fold(population, "t1", told[:number])), {}).found.size
        assert size.low <= low
        low = size.low


def test_putting_one_more_release_to_the_others_remembers_the_same_steps(fitted: Population) -> None:
    told = [
        story(1, NORTH),
        story(2, {"sex": "sex:female"}),
        story(3, NORTH),
        story(4, {"organisation": "org:official"}),
    ]
    at_once = fold(fitted, "t1", told)
    one_by_one = Past()
    for release in told:
        one_by_one = fold(fitted, "t1", [release], one_by_one)
    assert [step.releases for step in at_once.steps] == [0, 1, 3]
    assert [step.nodes for step in one_by_one.steps] == [step.nodes for step in at_once.steps]
