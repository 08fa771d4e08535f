"""Where a claim holds, part by part, as of a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.model.chains import Chain, Hop
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.verify.find import find
from farbank.verify.scope import Part, in_hand, parts, territory

DAY = date(2031, 5, 20)
OLLEN, VARROW, SKEMBRY = "tq:O", "tq:V", "tq:S"


def claim(place: str = "tq", **fields: object) -> Claim:
    base: dict[str, object] = {
        "id": "shut", "kind": "event", "text": {"en": "The ports were shut"}, "place": place,
        "when": When("2031-05-10"), "chains": ("one",),
    }  # fmt: skip
    return Claim(**{**base, **fields})  # type: ignore[arg-type]


def said(name: str, who: str, place: str | None, when: str | None = "2031-05-12", **fields: str) -> Chain:
    hop = Hop(who=who, how="saw", when=When(when) if when else None)
    return Chain(id=name, hops=(hop,), place=place, **fields)  # type: ignore[arg-type]


def asked(place: str, when: str = "2031-05-11", answer: str = "nothing", about: str = "shut") -> Inquiry:
    return Inquiry(claim=about, place=place, when=When(when), answer=answer)  # type: ignore[arg-type]


def holds(tiny: Pack, subject: Claim, chains: list[Chain], inquiries: list[Inquiry], day: date = DAY) -> dict[str, str]:
    return {part.place: part.holds for part in parts(subject, chains, inquiries, tiny.gazetteer, day)}


def test_a_states_everywhere_is_tested_island_by_island(tiny: Pack) -> None:
    decree = claim(kind="statement", speaker="council")
    chains = [
        said("wire", "outlet:wire", None),
        said("one", "person:gull", "tq:O1"),
        said("two", "person:tern", OLLEN),
        said("three", "person:auk", "tq:V1", bearing="contradicts"),
    ]
    assert holds(tiny, decree, chains, []) == {
        "tq": "echoed", OLLEN: "confirmed", VARROW: "contradicted", SKEMBRY: "unasked",
    }  # fmt: skip


def test_every_answer_has_its_own_name(tiny: Pack) -> None:
    chains = [said("one", "person:gull", "tq:O1"), said("two", "person:auk", "tq:O2", bearing="contradicts")]
    inquiries = [asked("tq:V1"), asked(SKEMBRY, answer="unreachable"), asked("tq:V2", answer="refused")]
    assert holds(tiny, claim(), chains, inquiries) == {
        OLLEN: "contested", VARROW: "nothing", SKEMBRY: "unaskable",
    }  # fmt: skip


def test_what_the_state_or_the_desk_said_is_no_answer_from_a_place(tiny: Pack) -> None:
    chains = [said("one", "outlet:wire", OLLEN), said("two", "desk", VARROW)]
    found = parts(claim(), chains, [asked(VARROW)], tiny.gazetteer, DAY)
    assert {part.place: part.holds for part in found} == {OLLEN: "echoed", VARROW: "nothing", SKEMBRY: "unasked"}
    assert territory(found).nothing_in == (VARROW,)


def test_the_desks_own_word_come_back_is_no_answer_either(tiny: Pack) -> None:
    chains = [said("one", "person:gull", OLLEN), said("two", "person:tern", OLLEN)]
    by_one = parts(claim(), chains, [], tiny.gazetteer, DAY, echoes={"two"})
    by_none = parts(claim(), chains, [asked(OLLEN, "2031-05-01")], tiny.gazetteer, DAY, echoes={"one", "two"})
    assert [part.holds for part in by_one if part.place == OLLEN] == ["reported"]
    assert [(part.holds, part.nothing) for part in by_none if part.place == OLLEN] == [("nothing", True)]


def test_had_heard_nothing_on_day_one_and_many_know_on_day_seven_are_both_true(tiny: Pack) -> None:
    chains, inquiries = [said("one", "person:gull", OLLEN, "2031-05-07")], [asked(OLLEN, "2031-05-01")]
    early = parts(claim(), chains, inquiries, tiny.gazetteer, date(2031, 5, 6))
    late = parts(claim(), chains, inquiries, tiny.gazetteer, date(2031, 5, 7))
    assert [(p.holds, p.nothing) for p in early if p.place == OLLEN] == [("nothing", True)]
    assert [(p.holds, p.nothing, p.inquiries) for p in late if p.place == OLLEN] == [
        ("reported", False, tuple(inquiries))
    ]


def test_a_word_of_the_same_day_outdates_asking_in_vain(tiny: Pack) -> None:
    found = parts(claim(), [said("one", "person:gull", OLLEN, "2031-05-11")], [asked(OLLEN)], tiny.gazetteer, DAY)
    assert [(p.holds, p.nothing) for p in found if p.place == OLLEN] == [("reported", False)]


def test_asking_in_vain_after_a_word_stays_beside_it(tiny: Pack) -> None:
    found = parts(claim(), [said("one", "person:gull", OLLEN)], [asked(OLLEN, "2031-05-14")], tiny.gazetteer, DAY)
    assert [(p.holds, p.nothing) for p in found if p.place == OLLEN] == [("reported", True)]


def test_when_a_word_reached_the_desk_counts_before_when_it_was_learned(tiny: Pack) -> None:
    chain = said("one", "person:gull", OLLEN, "2031-04-30")
    assert in_hand([chain], date(2031, 5, 1)) == (chain,)
    told = {"one": When("2031-05-07")}
    assert in_hand([chain], date(2031, 5, 1), told) == ()
    found = parts(claim(), [chain], [asked(OLLEN, "2031-05-01")], tiny.gazetteer, DAY, told=told)
    assert [(p.holds, p.nothing) for p in found if p.place == OLLEN] == [("reported", False)]


@pytest.mark.parametrize("when", ["2031-05/2031-06", "../2031-06", None])
def test_what_may_have_come_in_time_counts(when: str | None) -> None:
    assert in_hand([said("one", "person:gull", OLLEN, when)], DAY)


def test_what_came_later_or_is_about_something_else_does_not_count(tiny: Pack) -> None:
    late = [said("one", "person:gull", OLLEN, "2031-05-21")]
    others = [asked(VARROW, "2031-05-21"), asked(SKEMBRY, about="other")]
    assert set(holds(tiny, claim(), late, others).values()) == {"unasked"}


def test_the_place_itself_and_places_outside_it_stand_for_themselves(tiny: Pack) -> None:
    inquiries = [asked(OLLEN), asked("tq:V1")]
    assert holds(tiny, claim(OLLEN), [], inquiries) == {
        OLLEN: "nothing", "tq:O1": "unasked", "tq:O2": "unasked", "tq:O3": "unasked", "tq:V1": "nothing",
    }  # fmt: skip
    assert holds(tiny, claim("tq:O1"), [said("one", "person:gull", None)], []) == {"tq:O1": "reported"}


def test_a_finding_carries_its_territory_and_what_was_known_by_its_date(tiny: Pack) -> None:
    chains = {"one": said("one", "person:gull", "tq:O1"), "two": said("two", "person:tern", VARROW, "2031-06-01")}
    subject = claim(chains=("one", "two"))
    inquiries = [asked(VARROW), asked(SKEMBRY, answer="unreachable")]
    finding = find(subject, chains, (), tiny.gazetteer, DAY, inquiries=inquiries)
    assert (finding.origins, finding.reported_in, finding.nothing_in) == (1, ("tq:O1",), (VARROW,))
    assert (finding.unasked_in, finding.unaskable_in) == ((), (SKEMBRY,))
    before = find(subject, chains, (), tiny.gazetteer, date(2031, 5, 1), inquiries=inquiries)
    assert (before.standing, before.origins, before.reported_in, before.hops) == ("unsupported", 0, (), 0)
    assert set(before.unasked_in) == {OLLEN, VARROW, SKEMBRY}


places = st.sampled_from(["tq", OLLEN, VARROW, SKEMBRY, "tq:O1", "tq:O2", "tq:V2"])
days = st.dates(date(2031, 5, 1), date(2031, 5, 30)).map(str)
chains_of = st.lists(
    st.builds(
        lambda n, place, day, bearing: said(f"c{n}", f"person:p{n}", place, day, bearing=bearing),
        st.integers(0, 4), places, days, st.sampled_from(["supports", "contradicts"]),
    ),
    max_size=6,
)  # fmt: skip
inquiries_of = st.lists(
    st.builds(asked, places, days, st.sampled_from(["nothing", "refused", "unreachable"])), max_size=6
)


@given(chains_of, inquiries_of, st.sampled_from(["tq", OLLEN, "tq:O1"]))
def test_every_part_stands_one_way_and_nothing_is_lost(
    tiny: Pack, chains: list[Chain], inquiries: list[Inquiry], place: str
) -> None:
    found = parts(claim(place), chains, inquiries, tiny.gazetteer, DAY)
    where = [part.place for part in found]
    assert where == sorted(set(where)) and set(tiny.gazetteer.children(place)) <= set(where)
    known = [each for each in inquiries if str(each.when) <= str(DAY)]
    kept = [each for part in found for each in part.inquiries]
    assert sorted(kept, key=repr) == sorted(known, key=repr)
    assert found == parts(claim(place), chains[::-1], inquiries[::-1], tiny.gazetteer, DAY)
    ground = territory(found)
    assert not set(ground.unasked_in) & {*ground.nothing_in, *ground.unaskable_in}


@given(chains_of, inquiries_of)
def test_the_future_changes_nothing(tiny: Pack, chains: list[Chain], inquiries: list[Inquiry]) -> None:
    def later(when: When | None) -> bool:
        return when is not None and str(when) > str(DAY)

    so_far = [chain for chain in chains if not later(chain.hops[-1].when)]
    asked_so_far = [each for each in inquiries if not later(each.when)]
    now: tuple[Part, ...] = parts(claim(), so_far, asked_so_far, tiny.gazetteer, DAY)
    assert now == parts(claim(), chains, inquiries, tiny.gazetteer, DAY)
