"""Who reads which records: what a handler can and cannot do with the keys they hold, by the store or past it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from farbank import vault
from farbank.vault import records, scopes
from farbank.vault.scopes import DESK, Granter

Enter = Callable[[str], vault.Vault]


@pytest.fixture
def assigned(enter: Enter, lead: str, handler: str) -> None:
    """The handler speaks with Wren and not with Heron."""
    with enter(lead) as opened:
        opened.open_scope("content", "partner/wren", [handler])
        opened.open_scope("content", "partner/heron", [])
        opened.put("content", "report", "w", b"of wren", scope="partner/wren")
        opened.put("content", "report", "h", b"of heron", scope="partner/heron")
        opened.put("content", "note", "n", b"the desk's")


@pytest.mark.usefixtures("assigned")
def test_a_handler_sees_their_partners_and_an_editor_everything(enter: Enter, handler: str, editor: str) -> None:
    with enter(handler) as opened:
        assert opened.all("content", "report") == {"w": b"of wren"}
        assert opened.ids("content", "report") == ("w",)
        with pytest.raises(vault.NoSuchRecord):
            opened.get("content", "report", "h")
        for scope in (DESK, "partner/heron"):
            with pytest.raises(vault.NotAssigned):
                opened.put("content", "report", "x", b"x", scope=scope)
    with enter(editor) as opened:
        assert opened.all("content", "report") == {"h": b"of heron", "w": b"of wren"}


@pytest.mark.usefixtures("assigned")
def test_a_handler_who_reads_the_file_past_the_store_opens_no_other_record(enter: Enter, handler: str) -> None:
    with enter(handler) as opened, opened.file("content") as file:
        held = opened._scopes["content"]
        assert set(held) == {"partner/wren"}
        for kind, id in (("report", "h"), ("note", "n")):
            row = records.get(file, kind, id)
            assert row is not None
            with pytest.raises(vault.VaultDamaged):
                records.opened(row, "content", held["partner/wren"], "content.db")
        for scope, person, sealed in file.exec_driver_sql("SELECT scope, person, sealed FROM scope"):
            if person != handler:
                assert opened.secret.open(sealed, scopes._purpose("content", scope, person)) is None


@pytest.mark.usefixtures("assigned")
def test_a_handler_cannot_let_anybody_in(enter: Enter, handler: str) -> None:
    with enter(handler) as opened:
        with pytest.raises(vault.NotAssigned):
            opened.let_in("content", "partner/wren", opened.me)
        with pytest.raises(vault.NotAssigned):
            opened.open_scope("content", "partner/gull", [handler])
        with pytest.raises(vault.NotAssigned):
            opened.shut_out("content", handler)


@pytest.mark.usefixtures("assigned")
def test_a_partner_given_to_somebody_else_has_a_new_key(enter: Enter, handler: str, editor: str) -> None:
    with enter(handler) as opened:
        known = opened._scopes["content"]["partner/wren"]
    with enter(editor) as opened:
        others = {scope: key for scope, key in opened._scopes["content"].items() if scope != "partner/wren"}
        opened.let_out("content", "partner/wren", handler)
        opened.put("content", "report", "new", b"said since", scope="partner/wren")
        assert opened._scopes["content"]["partner/wren"] != known
        assert {scope: key for scope, key in opened._scopes["content"].items() if scope != "partner/wren"} == others
        assert opened.all("content", "report") == {"h": b"of heron", "new": b"said since", "w": b"of wren"}
        with opened.file("content") as file:
            row = records.get(file, "report", "new")
            assert row is not None
            with pytest.raises(vault.VaultDamaged):
                records.opened(row, "content", known, "content.db")
    with enter(handler) as opened:
        assert opened.all("content", "report") == {}


@pytest.mark.usefixtures("assigned")
@pytest.mark.parametrize("signed_as", ["handler", "lead", " root"])
def test_a_key_slipped_in_by_a_handler_is_found_before_anything_is_written_under_it(
    enter: Enter, handler: str, lead: str, editor: str, signed_as: str
) -> None:
    """Else the editor would go on writing, and the handler reading."""
    with enter(handler) as opened, opened.file("content") as file:
        editors = opened.roster.colleague(editor)
        assert editors is not None
        name = {"handler": handler, "lead": lead}.get(signed_as, signed_as)
        by = Granter(name, opened.secret)
        scopes.grant(file, "content", DESK, editor, editors.public, b"m" * 32, by)
    with pytest.raises(vault.VaultDamaged, match="put in by somebody who may not"):
        enter(editor)


@pytest.mark.usefixtures("assigned")
def test_a_grant_moved_to_another_scope_compartment_or_person_is_none(
    enter: Enter, handler: str, lead: str, editor: str
) -> None:
    with enter(lead) as opened, opened.file("content") as file:
        file.exec_driver_sql(
            "UPDATE scope SET sealed = (SELECT sealed FROM scope WHERE scope = 'partner/wren' AND person = ?)"
            " WHERE scope = 'desk' AND person = ?",
            (handler, editor),
        )
    with pytest.raises(vault.VaultDamaged):
        enter(editor)
    with enter(lead) as opened, opened.file("content") as file, opened.file("identities") as other:
        desk = other.exec_driver_sql("SELECT sealed FROM scope WHERE person = ?", (lead,)).scalar()
        file.exec_driver_sql("UPDATE scope SET sealed = ? WHERE scope = 'desk' AND person = ?", (desk, lead))
    with pytest.raises(vault.VaultDamaged):
        enter(lead)


@pytest.mark.usefixtures("assigned")
def test_a_body_put_in_another_records_place_is_found(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "m", b"another")
        with opened.file("content") as file:
            moved = "SELECT key, body FROM record WHERE kind = 'note' AND id = 'm'"
            file.exec_driver_sql(f"UPDATE record SET (key, body) = ({moved}) WHERE kind = 'note' AND id = 'n'")
        with pytest.raises(vault.VaultDamaged, match="altered, or put in another's place"):
            opened.get("content", "note", "n")


def test_what_is_erased_does_not_come_back_and_what_is_deleted_may(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        for id in ("deleted", "erased"):
            opened.put("content", "note", id, b"x")
            with opened.file("content") as file:
                records.remove(file, "note", id, id)  # type: ignore[arg-type]
        opened.put("content", "note", "deleted", b"again")
        with pytest.raises(vault.RecordErased, match="another id"):
            opened.put("content", "note", "erased", b"again")
        assert opened.all("content", "note") == {"deleted": b"again"}
        with opened.file("content") as file:
            changes = [(row.id, row.gone) for row in records.since(file, 0)]
            assert changes == [("erased", "erased"), ("deleted", None)]
            assert [row.id for row in records.since(file, 4)] == ["deleted"]
