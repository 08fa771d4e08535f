"""A partner is lost: one command says what that exposes, nobody contacts them, and publication looks as it did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import EDITOR, HANDLER, JUNE, LEAD, OFFICER, ON, PUBLISHER, copied, enter, found_cleared

from farbank import vault
from farbank.desk import blocked
from farbank.desk.compromised import Compromise, compromised
from farbank.desk.drill import SAY_NOTHING, steps
from farbank.desk.errors import NoSuchPartner, NotBlocked, PartnerBlocked, StoryFrozen
from farbank.desk.examples import example
from farbank.desk.file_case import content_of
from farbank.desk.import_case import filed, keep_case
from farbank.desk.ordinary import Cleared, plan
from farbank.desk.partners import assign
from farbank.desk.release import agree_release, propose_release
from farbank.intake import case_folder
from farbank.model import codec
from farbank.model.releases import Release, Released
from farbank.vault import case_store

HERON, LOST, TODAY = "heron", date(2024, 10, 1), date(2024, 10, 2)
WHY = "his sister says they came for him"


@pytest.fixture(scope="module")
def desk_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with two cases, heron assigned, an edition that speaks of heron, and a rhythm of ten days."""
    folder = tmp_path_factory.mktemp("once") / "desk"
    found_cleared(folder)
    with enter(folder, EDITOR) as opened:
        keep_case(opened, content_of(case_folder.read(example("flood-2024"))))
    with enter(folder, OFFICER) as opened:
        keep_case(opened, case_folder.read(example("flood-2024")), replace=True)
        assign(opened, HERON, HANDLER)
        token = {person.id: person.token for person in case_store.load(opened, JUNE).persons}[HERON] or HERON
        for number in range(5):
            people = (Released(token=token),) if number == 2 else ()
            release = Release(
                edition=f"earlier-{number}", published=LOST - timedelta(days=50 - 10 * number), people=people
            )
            opened.ledger_append(
                vault.LedgerEntry(kind="elsewhere", edition=release.edition, body=codec.to_json(release))
            )
    return folder


@pytest.fixture
def desk(desk_once: Path, tmp_path: Path) -> Iterator[Path]:
    yield copied(desk_once, tmp_path / "desk")


def lose(desk: Path, name: str = OFFICER) -> Compromise:
    with enter(desk, name) as opened:
        return compromised(opened, HERON, WHY, lost=LOST, on=TODAY)


def test_it_lists_everything_that_came_of_them(desk: Path) -> None:
    seen = lose(desk)
    with enter(desk, EDITOR) as opened:
        case = case_store.load(opened, JUNE)
    (june,) = (each for each in seen.resting if each.case == JUNE)
    assert june.contacts == tuple(sorted(contact.id for contact in case.contacts))
    assert june.reports == tuple(sorted(report.id for report in case.reports))
    behind = {chain.id for chain in case.chains if HERON in chain.people}
    assert set(june.claims) == {claim.id for claim in case.claims if behind & {*claim.chains}}
    assert june.others == ("alder",)
    assert (seen.handlers, seen.editions) == ((HANDLER,), ("earlier-2",))
    assert (seen.handset.calls, seen.handset.lost) == (3, "2024-10-01")
    assert JUNE in seen.frozen


def test_they_are_burned_in_every_case_and_lost(desk: Path) -> None:
    lose(desk)
    with enter(desk, EDITOR) as opened:
        (partner,) = (each for each in case_store.load(opened, JUNE).partners if each.handle == HERON)
    assert (partner.state, partner.lost) == ("burned", "2024-10-01")


def test_nobody_is_assigned_to_them_any_more(desk: Path) -> None:
    lose(desk)
    with enter(desk, OFFICER) as opened, pytest.raises(PartnerBlocked):
        assign(opened, HERON, LEAD)


def test_their_story_is_not_released_not_even_if_it_was_proposed_before(desk: Path, tmp_path: Path) -> None:
    with enter(desk, OFFICER) as opened:
        act = propose_release(opened, filed(opened, JUNE), on=ON, reason="it is checked").act
    assert act is not None
    lose(desk, EDITOR)
    with enter(desk, PUBLISHER) as opened, pytest.raises(StoryFrozen):
        agree_release(opened, act, tmp_path / "site")
    with enter(desk, OFFICER) as opened, pytest.raises(StoryFrozen):
        propose_release(opened, filed(opened, JUNE), on=ON, reason="it is checked")
    assert not (tmp_path / "site").exists()


def test_filing_the_case_again_does_not_take_the_mark_off(desk: Path) -> None:
    lose(desk)
    with enter(desk, OFFICER) as opened:
        keep_case(opened, case_folder.read(example(JUNE)), replace=True)
    with enter(desk, EDITOR) as opened:
        with pytest.raises(StoryFrozen):
            propose_release(opened, filed(opened, JUNE), on=ON, reason="it is checked")
        with pytest.raises(PartnerBlocked):
            blocked.assert_may_contact(opened, HERON)


def test_somebody_of_the_same_token_in_another_case_is_the_same_partner(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        case = case_store.load(opened, JUNE)
        token = next(person.token for person in case.persons if person.id == HERON) or HERON
        persons = tuple(
            msgspec.structs.replace(person, token=token) if person.id == "alder" else person for person in case.persons
        )
        keep_case(opened, msgspec.structs.replace(case, name="another", persons=persons))
    known_as = {(each.case, each.handle) for each in lose(desk).resting}
    assert known_as == {(JUNE, HERON), ("another", HERON), ("another", "alder")}


def test_undone_everything_is_as_it_was_and_the_audit_has_both_with_their_reasons(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        before = {name: case_store.load(opened, name) for name in case_store.names(opened)}
    mark = lose(desk).mark
    with enter(desk, EDITOR) as opened:
        blocked.unblock(opened, HERON, "he had lost it in the river")
        assert {name: case_store.load(opened, name) for name in case_store.names(opened)} == before
        assert blocked.marks(opened) == {}
        with pytest.raises(NotBlocked):
            blocked.unblock(opened, HERON, "again")
        for name in before:
            blocked.assert_not_frozen(opened, case_store.content(opened, name))
    with enter(desk, OFFICER) as opened:
        noted = [(event.who, event.what, event.note) for _, event in opened.audited() if event.about == mark]
    assert noted == [
        (OFFICER, "partner compromised", WHY),
        (EDITOR, "partner no longer compromised", "he had lost it in the river"),
    ]


def test_said_twice_it_changes_nothing_and_lists_again(desk: Path) -> None:
    first, second = lose(desk), lose(desk, EDITOR)
    assert first == second


def test_nothing_public_is_touched(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        before = opened.ledger_entries()
    lose(desk)
    with enter(desk, EDITOR) as opened:
        assert opened.ledger_entries() == before


def test_the_drill_says_who_when_and_nothing_to_whoever_asks(desk: Path) -> None:
    seen = lose(desk)
    drill = "\n".join(steps(seen))
    for part in (HANDLER, "alder", "earlier-2", JUNE, SAY_NOTHING, "every 10 days", seen.mark):
        assert part in drill
    assert (seen.ordinary.gap, seen.ordinary.last) == (10, LOST - timedelta(days=10))
    assert seen.ordinary.missed_from == LOST + timedelta(days=21)
    assert seen.ordinary.plan[-1].case is None


def test_what_is_cleared_and_does_not_rest_on_them_is_planned_for_the_usual_days(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        (other,) = (partner.handle for partner in case_store.load(opened, "flood-2024").partners)
        seen = compromised(opened, other, WHY, lost=LOST, on=TODAY)
    assert [each.case for each in seen.ordinary.cleared] == [JUNE]
    assert [(each.day, each.case) for each in seen.ordinary.plan] == [
        (LOST + timedelta(days=10), JUNE),
        (LOST + timedelta(days=20), None),
    ]
    assert f"{JUNE} is cleared" in "\n".join(steps(seen))


def test_a_partner_nobody_has_and_a_handler_are_refused(desk: Path) -> None:
    with enter(desk, OFFICER) as opened, pytest.raises(NoSuchPartner):
        compromised(opened, "nobody", WHY, lost=LOST, on=TODAY)
    with enter(desk, HANDLER) as opened, pytest.raises(vault.CompartmentClosed):
        compromised(opened, HERON, WHY, lost=LOST, on=TODAY)


@given(
    gap=st.integers(1, 40),
    ahead=st.lists(st.integers(-30, 200), max_size=8),
    since=st.integers(0, 400),
)
def test_the_plan_keeps_the_rhythm_and_no_embargo_is_broken(gap: int, ahead: list[int], since: int) -> None:
    last, on = LOST, LOST + timedelta(days=since)
    cleared = [Cleared(case=f"c{n}", not_before=on + timedelta(days=days)) for n, days in enumerate(ahead)]
    planned = plan(last, gap, cleared, on)
    days = [each.day for each in planned]
    assert all((day - last).days % gap == 0 and day >= on for day in days)
    assert all((later - earlier).days == gap for earlier, later in pairwise(days))
    open_from = {each.case: each.not_before for each in cleared}
    used = [each for each in planned if each.case is not None]
    assert all(open_from[each.case] <= each.day for each in used if each.case)
    assert len({each.case for each in used}) == len(used)
    assert [each.case is None for each in planned] == [False] * len(used) + [True]
