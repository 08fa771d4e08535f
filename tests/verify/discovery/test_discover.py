from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from farbank.verify.discovery import Item, Settled, Told, discover

SOURCES = [f"s{n}" for n in range(5)]
VALUES = ["1,200", "1,199", "1,350", "6:55 am", "kim; ryang", "kim", "ryang chol", "nan", "inf", "", "--", "\x00", "ａ"]

tolds = st.builds(
    Told,
    st.sampled_from(SOURCES),
    st.builds(Item, st.sampled_from(["rice", "corn", "fuel"]), st.sampled_from(["price", "day"])),
    st.sampled_from(VALUES) | st.text(max_size=4),
    st.sampled_from([0.0, 1.0]),
)


def said(source, values):
    return [Told(source, Item(f"i{at:03}"), value) for at, value in enumerate(values) if value is not None]


def chosen(told):
    return {item: one.value for item, one in discover(told).settled.items()}


@given(st.lists(tolds, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_what_is_told_changes_nothing(told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    assert discover(shuffled) == discover(told)


@given(st.lists(tolds, max_size=40))
def test_saying_something_twice_changes_nothing(told):
    assert discover(told + told) == discover(told)


@given(st.lists(tolds, max_size=40))
def test_probabilities_are_probabilities_and_the_likeliest_is_chosen(told):
    for one in discover(told).settled.values():
        chances = [one.probability, *(rival.probability for rival in one.rivals)]
        assert all(0 <= chance <= 1 for chance in chances)
        assert sum(chances) <= 1 + 1e-9
        assert chances == sorted(chances, reverse=True)


@given(st.lists(tolds, max_size=40))
def test_only_what_was_told_is_chosen(told):
    for item, one in discover(told).settled.items():
        texts = {each.value for each in told if each.item == item}
        assert {one.value, *(rival.value for rival in one.rivals)} <= texts


def test_nothing_told_settles_nothing():
    found = discover([])
    assert (found.settled, found.reliability, found.copied) == ({}, {}, ())
    assert discover([Told("s", Item("rice"), " ")]).settled == {}


def test_one_claim_holds_but_is_not_sure():
    found = discover([Told("s", Item("rice"), "5,200")])
    (one,) = found.settled.values()
    assert one == Settled("5,200", one.probability)
    assert 0.5 < one.probability < 0.95


@given(st.integers(1, 8))
def test_agreement_of_independent_sources_raises_the_probability(voices):
    def sure(count):
        return discover([Told(f"s{n}", Item("rice"), "5,200") for n in range(count)]).settled[Item("rice")].probability

    assert sure(voices + 1) >= sure(voices)


def test_a_later_word_replaces_an_earlier_one():
    rice = Item("rice")
    told = [Told("s", rice, "5,200", 1.0), Told("s", rice, "5,000", 2.0), Told("t", rice, "5,000")]
    assert chosen(told) == {rice: "5,000"}
    assert discover(told).settled[rice].rivals == ()


def test_a_rounded_number_and_a_short_list_speak_for_the_exact_one():
    told = [
        *(Told(source, Item("dead"), value) for source, value in zip("abc", ["1,200", "1,199", "1,350"], strict=True)),
        *(
            Told(source, Item("board"), value)
            for source, value in zip("abc", ["kim", "kim; ryang", "pak"], strict=True)
        ),
    ]
    assert chosen(told) == {Item("dead"): "1,199", Item("board"): "kim; ryang"}


def test_kinds_that_do_not_compare_stay_rivals():
    told = [Told("a", Item("x"), "6:55"), Told("b", Item("x"), "655"), Told("c", Item("x"), "kim")]
    assert len(discover(told).settled[Item("x")].rivals) == 2


# Copying


def disagreeing(items, *, wrong):
    """Three sources who each err by themselves, a wrong one, and what holds: `v` followed by the item."""
    told = []
    for at, source in product(range(items), range(3)):
        value = f"t{at}" if at % 5 != source else f"w{at}-{source}"
        told.append(Told(f"good{source}", Item(f"i{at:03}"), value))
    return told, said("poor", [f"p{at}" if at % wrong == 0 else f"t{at}" for at in range(items)])


@settings(deadline=None, max_examples=20)
@given(st.integers(20, 60), st.integers(2, 4), st.integers(2, 9))
def test_duplicates_of_a_source_do_not_outvote(items, wrong, duplicates):
    told, poor = disagreeing(items, wrong=wrong)
    more = [one._replace(source=f"poor{n}") for n in range(duplicates) for one in poor]
    assert chosen(told + poor + more) == chosen(told + poor)


@settings(deadline=None, max_examples=20)
@given(st.integers(20, 60), st.integers(2, 4), st.sets(st.integers(0, 59), max_size=15))
def test_a_copier_never_wins_what_its_original_loses(items, wrong, left_out):
    told, poor = disagreeing(items, wrong=wrong)
    before = chosen(told + poor)
    copier = [one._replace(source="copier") for at, one in enumerate(poor) if at not in left_out]
    assume(sum(one.value.startswith("p") for one in copier) >= 5)  # with fewer errors in common it cannot be told
    after = chosen(told + poor + copier)
    lost = [one for one in poor if before[one.item] != one.value]
    assert lost
    assert all(after[one.item] != one.value for one in lost)


def test_copiers_are_named_and_good_sources_that_agree_are_not():
    told, poor = disagreeing(60, wrong=2)
    copier = [one._replace(source="copier") for one in poor]
    found = discover(told + poor + copier)
    assert [(pair.one, pair.other) for pair in found.copied] == [("copier", "poor")]
    assert found.copied[0].share > 0.9
    assert found.reliability["poor"] < found.reliability["good0"]


@given(st.integers(5, 100))
def test_two_who_always_agree_where_nobody_contradicts_are_not_copiers(items):
    told = said("a", ["right"] * items) + said("b", ["right"] * items)
    assert discover(told).copied == ()


@pytest.mark.parametrize("spelling", ["KIM; ryang", "ryang ; kim"])
def test_spelling_and_order_of_names_make_no_rival(spelling):
    told = [Told("a", Item("board"), "kim; ryang"), Told("b", Item("board"), spelling)]
    assert discover(told).settled[Item("board")].rivals == ()
