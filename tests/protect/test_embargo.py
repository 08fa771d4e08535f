"""Movements wait for the state to tell of them, or for the desk's days to be over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import Embargo, Lift
from farbank.model.statemedia import Passage, Result, Search, Statement, Window
from farbank.protect.embargo import embargoes

DAYS = 30
EVENT = date(2031, 10, 13)
WAITED = date(2031, 11, 20)
"""Thirty days and one after the end of mid-October."""


def claim(id: str = "visit", when: str = "2031-10-13", **more: Any) -> Claim:
    return Claim(id=id, kind=more.pop("kind", "event"), text={"en": "x"}, place="tq:O", when=When(when), **more)


def visit(when: str = "2031-10-13", **more: Any) -> Claim:
    return claim("visit", when, movement="leader", **more)


def search(result: Result = "said", claims: tuple[str, ...] = ("visit",), **more: Any) -> Search:
    window = Window(first=date(2031, 10, 1), last=date(2031, 10, 31))
    return Search(id="s", claims=claims, window=window, outlets=("wire",), languages=("en",), result=result, **more)


def passage(day: date, result: Result = "said") -> Passage:
    return Passage(article="a", outlet="wire", language="en", date=day, title="t", text="t", result=result)


def statement(published: str, id: str = "told") -> Statement:
    return Statement(id=id, outlet="wire", language="en", published=When(published), text={"en": "t"})


def held(phrases: Phrases, *claims: Claim, cited: str = "", searches: Any = (), statements: Any = ()) -> list[Embargo]:
    names = {cited} if cited else {each.id for each in claims}
    return list(embargoes(claims, names, searches, statements, DAYS, phrases))


def opens(phrases: Phrases, *claims: Claim, **more: Any) -> date | None:
    return held(phrases, *claims, **more)[-1].open_from


def test_what_shows_no_movement_is_under_none(phrases: Phrases) -> None:
    assert held(phrases, claim()) == []


def test_what_is_not_cited_is_not_asked_about(phrases: Phrases) -> None:
    assert held(phrases, visit(), claim("other"), cited="other") == []


@pytest.mark.parametrize("movement", ["leader", "security", "troops"])
def test_it_opens_when_the_desks_days_are_over(movement: Any, phrases: Phrases) -> None:
    (embargo,) = held(phrases, claim(movement=movement))
    assert embargo.open_from == WAITED
    assert not embargo.open(WAITED - timedelta(days=1))
    assert embargo.open(WAITED)
    assert not embargo.open(None)
    assert "20 November 2031" in embargo.reason


def test_the_day_after_state_media_said_it_is_the_first(phrases: Phrases) -> None:
    found = search(passages=(passage(date(2031, 10, 16)),))
    (embargo,) = held(phrases, visit(), searches=[found])
    assert embargo.open_from == date(2031, 10, 17)
    assert "16 October 2031" in embargo.reason


@pytest.mark.parametrize("result", ["half-said", "said-elsewhere", "contradicted", "silent", "cannot-tell"])
def test_nothing_less_than_said_opens(result: Result, phrases: Phrases) -> None:
    told = [statement("2031-10-16")]
    waited = WAITED
    assert opens(phrases, visit(), searches=[search(result, statements=("told",))], statements=told) == waited
    half = search("said", passages=(passage(date(2031, 10, 16), result),))
    assert opens(phrases, visit(), searches=[half]) == waited
    weak = search(result, passages=(passage(date(2031, 10, 16)),))
    assert opens(phrases, visit(), searches=[weak]) == waited


def test_of_an_attested_search_the_latest_statement_counts(phrases: Phrases) -> None:
    told = [statement("2031-10-15"), statement("2031-10-18", "more")]
    found = search(statements=("told", "more"))
    assert opens(phrases, visit(), searches=[found], statements=told) == date(2031, 10, 19)


@pytest.mark.parametrize("published", ["2031-10", "2031-10-16~", "2031-10-14/2031-10-17"])
def test_a_vague_day_of_publication_is_its_last(published: str, phrases: Phrases) -> None:
    (embargo,) = held(phrases, visit(), searches=[search(statements=("told",))], statements=[statement(published)])
    last = When(published).padded[1]
    assert last is not None and embargo.open_from == last + timedelta(days=1)


def test_a_publication_without_an_end_opens_nothing(phrases: Phrases) -> None:
    told = [statement("2031-10-16/.."), statement("2031-10-15", "more")]
    found = search(statements=("told", "more"))
    assert opens(phrases, visit(), searches=[found], statements=told) == WAITED


def test_said_without_a_passage_opens_nothing(phrases: Phrases) -> None:
    assert opens(phrases, visit(), searches=[search()]) == WAITED


def test_what_was_said_before_the_event_told_of_another(phrases: Phrases) -> None:
    early = search(passages=(passage(date(2031, 10, 12)),))
    assert opens(phrases, visit(), searches=[early]) == WAITED


@pytest.mark.parametrize(
    ("when", "opened"),
    [
        ("2031-10-10/2031-10-13", WAITED),
        ("2031-10", date(2031, 12, 1)),
        ("2031-10-13~", WAITED),
        ("2031-10-20~", date(2031, 12, 1)),
        ("2031-10-13/..", None),
        ("../2031-10-13", date(2031, 12, 1)),
    ],
)
def test_days_are_counted_from_the_last_it_can_have_been(when: str, opened: date | None, phrases: Phrases) -> None:
    assert opens(phrases, visit(when)) == opened


def test_without_an_end_it_waits_for_the_state(phrases: Phrases) -> None:
    (embargo,) = held(phrases, visit("2031-10-13/.."))
    assert not embargo.open(date(2099, 1, 1))
    assert "stays closed" in embargo.reason
    said = search(passages=(passage(date(2031, 10, 16)),))
    assert opens(phrases, visit("2031-10-13/.."), searches=[said]) == date(2031, 10, 17)


def test_a_plan_waits_for_what_is_planned(phrases: Phrases) -> None:
    assert opens(phrases, visit(kind="plan")) is None
    assert opens(phrases, visit(kind="plan", due=When("2031-12-01"))) == date(2032, 1, 10)
    assert opens(phrases, visit(kind="plan", due=When("2031-12-01/.."))) is None


def test_a_part_is_not_published_with_its_whole(phrases: Phrases) -> None:
    part = claim("sealed", "2031-10-12", part_of="visit")
    said = search(passages=(passage(date(2031, 10, 16)),))
    whole, sealed = held(phrases, visit(), part, searches=[said])
    assert whole.open_from == date(2031, 10, 17)
    assert sealed.open_from == WAITED
    assert "sealed shows a movement" in sealed.reason


def test_a_part_opens_no_earlier_than_its_whole(phrases: Phrases) -> None:
    part = claim("sealed", "2031-10-12", part_of="visit")
    said = search(claims=("sealed",), passages=(passage(date(2031, 10, 14)),))
    _, sealed = held(phrases, visit(), part, searches=[said])
    assert sealed.open_from == WAITED
    assert "part of" in sealed.reason and "visit" in sealed.reason


def test_a_part_of_a_part_is_held_too(phrases: Phrases) -> None:
    middle = claim("stay", part_of="visit")
    far = claim("guards", part_of="stay")
    found = held(phrases, visit("2031-10-13/.."), middle, far)
    assert [each.open_from for each in found] == [None, None, None]


def test_a_movement_that_is_part_of_no_movement_stands_alone(phrases: Phrases) -> None:
    order = claim("order", "2031-10/..")
    found = held(phrases, order, visit(part_of="order"))
    assert [(each.claim, each.open_from) for each in found] == [("visit", WAITED)]


def test_a_ring_of_parts_comes_to_an_end(phrases: Phrases) -> None:
    found = held(phrases, visit(part_of="sealed"), claim("sealed", part_of="visit"))
    assert {each.open_from for each in found} == {WAITED}


def test_the_reasons_are_worded_in_every_language(kp: Pack, tiny: Pack) -> None:
    part = claim("sealed", "2031-10-12", part_of="visit")
    said = search(passages=(passage(date(2031, 10, 16)),))
    for words in (*kp.phrases.values(), *tiny.phrases.values()):
        for searches in ([], [said]):
            for each in held(words, visit(), part, visit("2031/..", part_of=None), searches=searches):
                assert each.claim in each.reason or "visit" in each.reason
                assert "{" not in each.reason


days = st.dates(date(2030, 1, 1), date(2033, 12, 31))


@given(event=days, told=st.lists(days, max_size=4), on=days, later=st.integers(0, 500))
def test_a_later_day_of_publication_never_closes(
    event: date, told: list[date], on: date, later: int, phrases: Phrases
) -> None:
    found = [search(passages=tuple(map(passage, told)))]
    (embargo,) = held(phrases, visit(str(event)), searches=found)
    assert not embargo.open(on) or embargo.open(on + timedelta(days=later))


@given(event=days, told=st.lists(days, max_size=4), more=days)
def test_more_of_what_the_state_said_never_closes(event: date, told: list[date], more: date, phrases: Phrases) -> None:
    fewer = opens(phrases, visit(str(event)), searches=[search(passages=tuple(map(passage, told)))])
    wider = opens(phrases, visit(str(event)), searches=[search(passages=tuple(map(passage, [*told, more])))])
    assert fewer is not None and wider is not None and wider <= fewer


@given(first=days, length=st.integers(0, 40), more=st.integers(0, 40))
def test_knowing_the_day_less_well_never_opens_earlier(first: date, length: int, more: int, phrases: Phrases) -> None:
    last = first + timedelta(days=length)
    exact = opens(phrases, visit(f"{first}/{last}"))
    vague = opens(phrases, visit(f"{first}/{last + timedelta(days=more)}"))
    assert exact is not None and vague is not None and exact <= vague


@given(event=days, told=days, own=days, mine=st.booleans())
def test_a_part_never_opens_before_its_whole(event: date, told: date, own: date, mine: bool, phrases: Phrases) -> None:
    part = claim("sealed", str(own), part_of="visit")
    claims = ("visit", "sealed") if mine else ("visit",)
    whole, sealed = held(phrases, visit(str(event)), part, searches=[search(claims=claims, passages=(passage(told),))])
    assert whole.open_from is not None and sealed.open_from is not None
    assert sealed.open_from >= whole.open_from


def test_a_lift_is_of_one_claim_and_opens_nothing_later(phrases: Phrases) -> None:
    closed = claim("closed", part_of="visit")
    lift = Lift(claim="visit", day=EVENT, reason="a trap people walk into")
    lifted = embargoes((visit(), closed), {"visit", "closed"}, (), (), DAYS, phrases, {"visit": lift})
    assert [each.open_from for each in lifted] == [EVENT, WAITED]
    assert "a trap people walk into" in lifted[0].reason
    part = embargoes((visit(), closed), {"closed"}, (), (), DAYS, phrases, {"closed": lift})
    assert [each.open_from for each in part] == [WAITED], "its whole still waits"
    late = Lift(claim="visit", day=EVENT + timedelta(days=90), reason="too late to matter")
    by_itself = embargoes((visit(),), {"visit"}, (), (), DAYS, phrases, {"visit": late})
    assert by_itself == embargoes((visit(),), {"visit"}, (), (), DAYS, phrases)


def test_a_lift_opens_what_has_no_end(phrases: Phrases) -> None:
    lift = Lift(claim="visit", day=EVENT, reason="why")
    (open_ended,) = embargoes((visit("2031-10-13/.."),), {"visit"}, (), (), DAYS, phrases, {"visit": lift})
    assert open_ended.open_from == EVENT
