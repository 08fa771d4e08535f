"""A case comes back as it went in, its people sealed, and what they say of places with them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from farbank import vault
from farbank.model.case import Case
from farbank.vault import case_store
from farbank.vault.identities import Private
from tests.vault.contract import on_files

Enter = Callable[[str], vault.Vault]
OpenedByTwo = Callable[[str], tuple[Private, ...]]
HIDDEN = {"case:hidden-mill", "case:upper", "case:mill"}


def test_it_comes_back_as_it_went_in(enter: Enter, lead: str, case: Case, opened_by_two: OpenedByTwo) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case, forbidden=b"key and hashes")
    with enter(lead) as opened:
        assert case_store.names(opened) == ("mill-order",)
        assert case_store.forbidden(opened, "mill-order") == b"key and hashes"
        whole = case_store.with_people(case_store.load(opened, "mill-order"), opened_by_two("mill-order"))
    places = {place.id: place for place in case.places}
    assert {place.id: place for place in whole.places} == places
    assert msgspec.structs.replace(whole, places=case.places) == case


@pytest.mark.parametrize("person", ["lead", "editor"])
def test_nobody_gets_the_people_with_it(
    enter: Enter, lead: str, person: str, case: Case, request: pytest.FixtureRequest
) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
    with enter(request.getfixturevalue(person)) as opened:
        seen = case_store.load(opened, "mill-order")
    assert seen.identities == ()
    assert {place.id for place in case.places} - {place.id for place in seen.places} == HIDDEN
    assert msgspec.structs.replace(seen, places=case.places, identities=case.identities) == case


@on_files.only
def test_nothing_of_the_people_is_in_content(enter: Enter, lead: str, editor: str, case: Case) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
    with enter(editor) as opened:
        kinds = opened.file("content")
        with kinds as file:
            of = sorted(set(file.exec_driver_sql("SELECT kind FROM record").scalars()))
        everything = b"".join(body for kind in of for body in opened.all("content", kind).values())
    assert b"They closed the mill" in everything
    for planted in (b"Orla Fenwick", b"miller", b"hidden-mill", b"Hidden Mill", b"case:upper"):
        assert planted not in everything


def test_the_officer_alone_does_not_read_a_profile_even_by_direct_sql(enter: Enter, lead: str, case: Case) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
        everything = b"".join(opened.all("identities", "identities").values())
    for planted in (b"Orla Fenwick", b"miller", b"hidden-mill", b"Hidden Mill"):
        assert planted not in everything


def test_a_place_the_story_cites_is_content_even_where_a_longer_id_is_not(
    enter: Enter, lead: str, editor: str, case: Case
) -> None:
    cited = msgspec.structs.replace(case, stories={"en": "---\nwhatif: {wren: [{place: case:mill}]}\n---\n"})
    with enter(lead) as opened:
        case_store.save(opened, cited)
    with enter(editor) as opened:
        assert {place.id for place in case_store.load(opened, "mill-order").places} == {"case:mill", "case:millford"}


def test_a_kind_of_place_in_a_profile_hides_the_place_and_in_content_shows_it(
    enter: Enter, lead: str, editor: str, case: Case, opened_by_two: OpenedByTwo
) -> None:
    wren = msgspec.structs.replace(case.identities[0], profile={"place": "case:hidden-mill/town"})
    kinds = msgspec.structs.replace(case, identities=(wren,), stories={"en": "whatif: case:mill/town"})
    with enter(lead) as opened:
        case_store.save(opened, kinds)
    (sealed,) = opened_by_two("mill-order")
    assert sealed.identity == wren
    assert {place.id for place in sealed.places} == {place.id for place in kinds.places}
    with enter(editor) as opened:
        assert {place.id for place in case_store.load(opened, "mill-order").places} == {"case:mill", "case:millford"}


def test_an_editor_saves_content_and_the_people_stay(
    enter: Enter, lead: str, editor: str, case: Case, opened_by_two: OpenedByTwo
) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case, forbidden=b"f")
    with enter(editor) as opened:
        seen = case_store.load(opened, "mill-order")
        case_store.save(opened, msgspec.structs.replace(seen, stories={"en": "Shorter."}))
        assert case_store.load(opened, "mill-order").stories == {"en": "Shorter."}
        assert case_store.forbidden(opened, "mill-order") == b"f"
    assert tuple(each.identity for each in opened_by_two("mill-order")) == case.identities


def test_an_editor_cannot_file_people(enter: Enter, editor: str, case: Case) -> None:
    with enter(editor) as opened:
        with pytest.raises(vault.CompartmentClosed):
            case_store.save(opened, case)
        assert case_store.names(opened) == ()


@on_files.only
def test_a_person_corrected_or_a_picture_dropped_is_gone(
    enter: Enter, lead: str, case: Case, opened_by_two: OpenedByTwo
) -> None:
    fewer = msgspec.structs.replace(case, identities=case.identities[1:], media={"weir.png": b"new"})
    with enter(lead) as opened:
        case_store.save(opened, case)
        first = {each.about for each in case_store.people(opened, "mill-order")}
        case_store.save(opened, fewer)
        assert case_store.load(opened, "mill-order").media == {"weir.png": b"new"}
        assert len(opened.all("identities", "identities")) == 1
        with opened.file("audit") as file:
            left = set(file.exec_driver_sql("SELECT about FROM pair WHERE about LIKE 'identity/%'").scalars())
    assert len(left) == 1
    assert not left & first
    assert tuple(each.identity for each in opened_by_two("mill-order")) == case.identities[1:]


def test_cases_do_not_touch_each_other(enter: Enter, lead: str, case: Case, opened_by_two: OpenedByTwo) -> None:
    other = msgspec.structs.replace(case, name="mill-order-two", media={"a.png": b"a"}, identities=case.identities[:1])
    with enter(lead) as opened:
        case_store.save(opened, case)
        case_store.save(opened, other)
        assert case_store.load(opened, "mill-order").media == case.media
        with pytest.raises(vault.NoSuchRecord):
            case_store.load(opened, "mill")
        with pytest.raises(vault.NoSuchRecord):
            case_store.forbidden(opened, "mill-order")
    assert tuple(each.identity for each in opened_by_two("mill-order")) == case.identities
    assert tuple(each.identity for each in opened_by_two("mill-order-two")) == case.identities[:1]


def test_a_save_inside_a_transaction_that_fails_leaves_the_old_case(
    enter: Enter, lead: str, case: Case, opened_by_two: OpenedByTwo
) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
        with pytest.raises(ZeroDivisionError), opened.transaction():
            case_store.save(opened, msgspec.structs.replace(case, identities=case.identities[:1], media={}))
            _ = 1 / 0
        assert case_store.load(opened, "mill-order").media == case.media
    assert tuple(each.identity for each in opened_by_two("mill-order")) == case.identities


@on_files.only
def test_identities_put_back_from_an_older_backup_are_noticed(enter: Enter, desk: Path, lead: str, case: Case) -> None:
    shutil.copy(desk / "identities.db", desk.parent / "old.db")
    with enter(lead) as opened:
        case_store.save(opened, case)
    shutil.copy(desk.parent / "old.db", desk / "identities.db")
    with enter(lead) as opened, pytest.raises(vault.VaultDamaged, match="older than content"):
        case_store.people(opened, "mill-order")


@pytest.mark.parametrize("tampered", [b"another picture", b"", None], ids=["another", "emptied", "gone"])
def test_an_original_that_changed_is_refused(enter: Enter, lead: str, case: Case, tampered: bytes | None) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
        file = min(case.media)
        if tampered is None:
            opened.delete("content", "media:mill-order", file)
        else:
            opened.put("content", "media:mill-order", file, tampered)
        with pytest.raises(
            vault.OriginalChanged, match=rf"^{re.escape(file)} of the case mill-order is not, byte for byte"
        ):
            case_store.load(opened, "mill-order")


def test_a_file_nobody_filed_is_refused(enter: Enter, lead: str, case: Case) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
        opened.put("content", "media:mill-order", "slipped-in.png", b"x")
        with pytest.raises(vault.OriginalChanged, match=r"^slipped-in\.png"):
            case_store.load(opened, "mill-order")


def test_a_case_filed_before_there_were_hashes_opens_and_has_them_once_saved(
    enter: Enter, lead: str, case: Case
) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
        opened.delete("content", "originals", "mill-order")
        case_store.save(opened, case_store.load(opened, "mill-order"))
        opened.put("content", "media:mill-order", next(iter(case.media)), b"another picture")
        with pytest.raises(vault.OriginalChanged):
            case_store.load(opened, "mill-order")
