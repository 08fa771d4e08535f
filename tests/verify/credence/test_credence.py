"""A second voice from one mouth adds nothing to the mouth, and an independent one never takes away."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from math import exp

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.model.chains import Chain, Coincidence, Hop, How, Seed
from farbank.model.claims import Claim, Evidence, Kind
from farbank.model.credence import Credence
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.verify.credence.paths import paths
from farbank.verify.credence.rates import MIDDLE
from farbank.verify.credence.testimony import Told, weight
from farbank.verify.credence.weigh import SURE, credence
from farbank.verify.origins.count import sure_origins

DAY = date(2030, 1, 31)
TOLERANCE = 1e-9
PASSED: tuple[How, ...] = ("was-told", "was-told-at-meeting", "rumour", "overheard", "read", "inferred")
FIRST: tuple[How, ...] = ("took-part", "saw", "read", "inferred")

VAGUE = ("rumour", "overheard")


def is_vague(chain: Chain) -> bool:
    return any(hop.how in VAGUE or "unknown" in (hop.who, hop.source) for hop in chain.hops)


quick = settings(max_examples=60, deadline=None)


def claim(kind: Kind = "event") -> Claim:
    return Claim(id="c", kind=kind, text={"en": "It is so"}, place="kp", when=When("2030-01"), speaker="state-x")


def told(name: str, *mouths: str, first: How = "saw", how: How = "was-told", bearing: str = "supports") -> Chain:
    """A chain that begins with somebody who knows it at first hand."""
    hops = [Hop(who=f"person:{mouths[0]}", how=first)]
    hops += [Hop(who=f"person:{who}", how=how, source=f"person:{source}") for source, who in pairwise(mouths)]
    return Chain(id=name, hops=tuple(hops), bearing=bearing)  # type: ignore[arg-type]


def believed(*chains: Chain, **extra: object) -> Credence:
    found = credence(claim(), chains, as_of=DAY, **extra)  # type: ignore[arg-type]
    assert found is not None
    return found


@st.composite
def graphs(draw: st.DrawFn, prefix: str = "", least: int = 1, bearing: str | None = None) -> tuple[Chain, ...]:
    """One to five chains among a few people, who may stand in several."""
    chains = []
    for number in range(draw(st.integers(least, 5))):
        mouths = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=4, unique=True))
        begins = draw(st.sampled_from(("first", "stated", "unknown", "meeting", "body")))
        names = [f"person:{prefix}{mouth}" for mouth in mouths]
        source = {"stated": "person:" + prefix + "z", "meeting": f"meeting:{prefix}hall", "body": "body:cc"}.get(
            begins, "unknown"
        )
        if begins == "unknown":
            source = "unknown"
        first = Hop(who=names[0], how=draw(st.sampled_from(PASSED)), source=source)
        if begins == "first":
            first = Hop(who=names[0], how=draw(st.sampled_from(FIRST)))
        hops = [first]
        for before, who in pairwise(names):
            hops.append(Hop(who=who, how=draw(st.sampled_from(PASSED)), source=before))
        side = bearing or draw(st.sampled_from(("supports", "supports", "contradicts")))
        chains.append(Chain(id=f"{prefix}c{number}", hops=tuple(hops), bearing=side))  # type: ignore[arg-type]
    return tuple(chains)


SURELY = told("surely", "sure-witness", "sure-teller")
"""Beside it anything can be judged."""


@quick
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(chains: tuple[Chain, ...], random: object) -> None:
    shuffled = list(chains)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert believed(SURELY, *chains) == believed(*shuffled, SURELY)


@quick
@given(graphs())
def test_credence_lies_in_order_within_its_bounds(chains: tuple[Chain, ...]) -> None:
    found = believed(SURELY, *chains)
    assert 0 < SURE <= found.low <= found.mid <= found.high <= 1 - SURE < 1
    sizes = [max(each.factor, 1 / each.factor) for each in found.influences]
    assert sizes == pytest.approx(sorted(sizes, reverse=True))


@quick
@given(
    st.sampled_from(FIRST),
    st.lists(st.tuples(st.sampled_from(PASSED), st.integers(0, 2)), min_size=1, max_size=7),
    graphs(prefix="o"),
)
def test_dependent_reports_say_no_more_than_a_perfect_transcript(
    first: How, retellings: list[tuple[How, int]], others: tuple[Chain, ...]
) -> None:
    """However many had it from alder, by whatever way, and whatever else is known: hearing alder would be as good.

    A rumour that more people repeat is likelier to be about, which is no news of alder's but bears on other rumours.
    """
    if any(how in VAGUE for how, _ in retellings):
        others = tuple(chain for chain in others if not is_vague(chain))
    retold = [
        told(f"r{n}", "alder", *(f"m{n}-{k}" for k in range(between)), f"t{n}", first=first, how=how)
        for n, (how, between) in enumerate(retellings)
    ]
    transcript = told("transcript", "alder", first=first)
    most = believed(transcript, *others)
    assert believed(*retold, *others).mid <= most.mid + TOLERANCE
    both = believed(transcript, *retold, *others)
    assert both.mid <= most.mid + TOLERANCE
    assert sure_origins([transcript, *retold]) == sure_origins([transcript])


@quick
@given(graphs(), st.sampled_from(FIRST), st.integers(0, 3))
def test_an_independent_report_in_support_never_lowers_and_one_against_never_raises(
    chains: tuple[Chain, ...], first: How, between: int
) -> None:
    mouths = ["new-witness", *(f"new-{n}" for n in range(between)), "new-teller"]
    before = believed(SURELY, *chains)
    more = believed(SURELY, *chains, told("new", *mouths, first=first))
    less = believed(SURELY, *chains, told("new", *mouths, first=first, bearing="contradicts"))
    assert more.mid >= before.mid - TOLERANCE
    assert less.mid <= before.mid + TOLERANCE
    assert more.low >= before.low - TOLERANCE
    assert less.high <= before.high + TOLERANCE


@quick
@given(st.integers(0, 60), st.integers(0, 60), graphs(), st.integers(1, 40))
def test_more_people_asked_in_vain_never_raise_it(asked: int, more: int, chains: tuple[Chain, ...], days: int) -> None:
    when = When(f"2030-01-{min(days, 31):02}")
    vain = [Inquiry(claim="c", place="kp", when=when, answer="nothing", asked=n) for n in (asked, asked + more)]
    few, many = (believed(SURELY, *chains, inquiries=[each]) for each in vain)
    assert many.mid <= few.mid + TOLERANCE


def test_asking_in_vain_saturates_and_refusal_or_silence_on_the_line_says_nothing() -> None:
    def after(answer: str, asked: int) -> float:
        inquiry = Inquiry(claim="c", place="kp", when=When("2030-01-20"), answer=answer, asked=asked)  # type: ignore[arg-type]
        return believed(SURELY, inquiries=[inquiry]).mid

    assert after("nothing", 5) < after("nothing", 1) < after("refused", 5) == after("unreachable", 5)
    assert after("nothing", 1000) == pytest.approx(after("nothing", 2000))
    assert after("nothing", 2000) > 0.3


def test_what_was_asked_before_it_was_known_does_not_count() -> None:
    chain = told("a", "alder", "heron")

    def asked(day: str) -> float:
        return believed(
            chain, inquiries=[Inquiry(claim="c", place="kp", when=When(day), answer="nothing", asked=9)]
        ).mid

    assert asked("2029-12-20") == believed(chain).mid > asked("2030-01-25"), "it was in January"
    assert asked("2030-02-10") == believed(chain).mid, "after the close it is not known yet"


@quick
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 20), graphs(bearing="supports", prefix="o"))
def test_a_better_record_never_lowers_what_its_holder_supports(
    right: int, more: int, wrong: int, others: tuple[Chain, ...]
) -> None:
    mine = told("mine", "alder", "heron")

    def by(record: Record) -> float:
        return believed(mine, *others, records={"heron": record}).mid

    assert by(Record(right=right + more, wrong=wrong)) >= by(Record(right=right, wrong=wrong)) - TOLERANCE
    assert by(Record(right=right, wrong=wrong)) >= by(Record(right=right, wrong=wrong + more)) - TOLERANCE


def test_one_unsure_pair_lies_between_one_person_and_two() -> None:
    a, b = told("a", "alder", "heron"), told("b", "birch", "wren")

    def if_one(chance: float) -> float:
        return believed(a, b, coincidences=[Coincidence(a="person:alder", b="person:birch", probability=chance)]).mid

    values = [if_one(chance / 10) for chance in range(11)]
    assert values == sorted(values, reverse=True)
    assert values[0] == believed(a, b).mid
    assert values[-1] == pytest.approx(believed(a, told("b", "alder", "wren")).mid)


def test_two_reasons_to_think_them_one_are_more_than_either() -> None:
    chains = (told("one", "a", "p"), told("two", "b", "q"))

    def by(*chances: float) -> float:
        pairs = [Coincidence(a="person:a", b="person:b", probability=chance) for chance in chances]
        return believed(*chains, coincidences=pairs).mid

    assert by(0.5, 0.5) == pytest.approx(by(0.75))
    assert by(0.5, 0.5) < by(0.5)


def test_what_the_desk_told_explains_a_report_away() -> None:
    chain = told("a", "alder", "heron")

    def seeded(probability: float) -> Credence:
        seed = Seed(claim="c", who="person:heron", source="desk", probability=probability)
        return believed(chain, seeds=[seed])

    assert believed(chain).mid > seeded(0.5).mid > seeded(1.0).mid > 0.49
    assert [each.about for each in seeded(0.5).influences if each.ground == "seeded"] == [""]


def test_it_cannot_be_judged_by_unknown_links_or_the_desk_alone() -> None:
    vague = Chain(id="v", hops=(Hop(who="person:heron", how="was-told", source="unknown"),))
    own = Chain(id="o", hops=(Hop(who="person:heron", how="was-told", source="desk"),))
    nobody = Chain(id="n", hops=(Hop(who="unknown", how="was-told", source="person:alder"),))
    assert credence(claim(), [vague, own, nobody], as_of=DAY) is None
    paper = Evidence(claim="c", kind="document", ref="paper", bearing="supports")
    assert credence(claim(), [vague], as_of=DAY, evidence=[paper]) is not None
    assert believed(told("a", "alder"), vague, own).mid == pytest.approx(believed(told("a", "alder")).mid, abs=0.05)


def test_the_desk_seeing_it_is_a_witness() -> None:
    seen = Chain(id="d", hops=(Hop(who="desk", how="saw"),))
    assert believed(seen).mid > believed(told("a", "alder", "heron")).mid


def test_a_chain_that_does_not_say_how_its_beginning_knew_goes_on_from_one_that_does() -> None:
    known = told("a", "alder", "birch", "heron")
    bare = Chain(id="b", hops=(Hop(who="person:wren", how="was-told", source="person:birch"),))
    (first, second) = paths([known, bare])
    assert [station.node for station in second.stations] == ["person:alder", "person:birch", "person:wren"]
    assert first.stations[:2] == second.stations[:2]
    transcript = told("t", "alder", "birch")
    assert believed(known, bare).mid <= believed(transcript).mid + TOLERANCE


def test_word_in_a_circle_is_worked_out_all_the_same() -> None:
    a = Chain(id="a", hops=(Hop(who="person:birch", how="was-told", source="person:alder"),))
    b = Chain(id="b", hops=(Hop(who="person:alder", how="was-told", source="person:birch"),))
    apart = Chain(id="b", hops=(Hop(who="person:cedar", how="was-told", source="person:heron"),))
    assert believed(a, b).mid < believed(a, apart).mid


def test_state_media_weigh_little_and_a_denial_least() -> None:
    def when(state: str) -> float:
        return believed(SURELY, state=state).mid

    said, half, unheard, silent, denied = map(when, ("said", "half-said", "cannot-tell", "silent", "contradicted"))
    assert said > half > unheard > denied > silent
    assert unheard - silent < 0.03


def test_of_a_statement_it_is_that_it_was_said() -> None:
    chain = told("a", "alder", "heron")
    by_state = [credence(claim(kind), [chain], as_of=DAY, state="said") for kind in ("statement", "event")]
    assert by_state[0] and by_state[1] and by_state[0].mid > by_state[1].mid


def test_documents_count_once_and_not_again_where_a_chain_has_them() -> None:
    paper = Evidence(claim="c", kind="document", ref="paper", bearing="supports")
    against = msgspec.structs.replace(paper, bearing="contradicts", ref="other")
    assert (
        believed(SURELY, evidence=[paper, paper]).mid == believed(SURELY, evidence=[paper]).mid > believed(SURELY).mid
    )
    assert believed(SURELY, evidence=[against]).mid < believed(SURELY).mid
    read = Chain(id="r", hops=(Hop(who="person:heron", how="read", source="document:paper"),))
    assert believed(read, evidence=[paper]).mid == believed(read).mid


def test_influences_are_odds_with_and_without() -> None:
    a, b = told("a", "alder", "heron"), told("b", "birch", "wren", bearing="contradicts")
    found = believed(a, b)
    (against,) = [each for each in found.influences if each.ground == "contradicted"]
    both, one = (weight(Told(chains, (), {}, {}), MIDDLE)[0] for chains in ((a, b), (a,)))
    assert against.factor == pytest.approx(exp(both - one))
    assert against.about == "b"


def test_a_reader_gets_a_word_only_after_fifty_outcomes() -> None:
    assert believed(SURELY, outcomes_known=49).word is None
    assert believed(SURELY, outcomes_known=50).word == "likely"


def test_long_chains_and_many_are_quick_and_stay_in_bounds() -> None:
    started = time.perf_counter()
    deep = told("deep", *(f"p{n}" for n in range(1000)))
    assert believed(deep).mid == pytest.approx(0.5, abs=0.01)
    one_mouth = [told(f"c{n}", "alder", f"t{n}") for n in range(1000)]
    assert believed(*one_mouth).mid == pytest.approx(believed(told("a", "alder")).mid, abs=0.001)
    linked = [told(f"c{n}", f"w{n // 2}", f"t{(n + 1) // 2}") for n in range(1000)]
    assert believed(*linked).mid == pytest.approx(1 - SURE)
    assert time.perf_counter() - started < 30


def test_so_tangled_a_graph_that_it_is_only_bounded_still_ends() -> None:
    tangle = [told(f"c{n}-{m}", f"w{n}", f"x{m}", f"t{(n + m) % 14}") for n in range(14) for m in range(14)]
    found = believed(*tangle)
    assert 0.5 < found.mid <= 1 - SURE
