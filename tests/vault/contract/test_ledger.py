"""The ledger is only added to, in order, and forgets no release."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nacl.signing import SigningKey
from sqlalchemy.exc import IntegrityError

from farbank import vault
from tests.vault.contract import on_files

Enter = Callable[[str], vault.Vault]


def intent(edition: str) -> vault.LedgerEntry:
    return vault.LedgerEntry(kind="intent", edition=edition, body=b'{"place":"qz:north"}')


def confirmation(edition: str) -> vault.LedgerEntry:
    return vault.LedgerEntry(kind="confirmation", edition=edition)


def test_an_unmatched_intent_counts_as_released(enter: Enter, editor: str, desk_key: SigningKey) -> None:
    with enter(editor) as opened:
        numbers = [
            opened.ledger_append(intent("e1"), desk_key),
            opened.ledger_append(confirmation("e1")),
            opened.ledger_append(intent("e2"), desk_key),
        ]
        assert numbers == [1, 2, 3]
    with enter(editor) as opened:
        assert [entry.edition for entry in opened.released()] == ["e1", "e2"]
        assert opened.released()[1].body == b'{"place":"qz:north"}'
        assert opened.unconfirmed() == ("e2",)
        assert [entry.sequence for entry in opened.ledger_entries()] == [1, 2, 3]


def test_the_order_is_intent_then_confirmation_each_once(enter: Enter, editor: str, desk_key: SigningKey) -> None:
    with enter(editor) as opened:
        with pytest.raises(vault.NoIntent):
            opened.ledger_append(confirmation("e1"))
        opened.ledger_append(intent("e1"), desk_key)
        with pytest.raises(vault.AlreadyInLedger):
            opened.ledger_append(intent("e1"), desk_key)
        opened.ledger_append(confirmation("e1"))
        with pytest.raises(vault.AlreadyInLedger):
            opened.ledger_append(confirmation("e1"))
        assert len(opened.ledger_entries()) == 2


@on_files.only
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = x'00'",
        "UPDATE entry SET sequence = 9 WHERE sequence = 1",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE sequence = 2",
        "INSERT OR REPLACE INTO entry VALUES (1, 'intent', 'e1', x'00', x'00')",
        "INSERT OR REPLACE INTO entry VALUES (1, 'intent', 'e9', x'00', x'00')",
        "REPLACE INTO entry VALUES (3, 'confirmation', 'e9', x'00', x'00')",
        "INSERT INTO entry VALUES (9, 'intent', 'e9', x'00', x'00')",
        "INSERT INTO entry (kind, edition, body, signature) VALUES ('confirmation', 'e9', x'00', x'00')",
        "INSERT INTO entry VALUES (1, 'intent', 'e1', x'00', x'00') ON CONFLICT DO UPDATE SET body = x'00'",
    ],
)
def test_direct_sql_cannot_rewrite_it(enter: Enter, lead: str, desk_key: SigningKey, statement: str) -> None:
    with enter(lead) as opened:
        opened.ledger_append(intent("e1"), desk_key)
        opened.ledger_append(confirmation("e1"))
        before = opened.ledger_entries()
        with pytest.raises(IntegrityError):
            opened._files["ledger"].exec_driver_sql(statement)
        assert opened.ledger_entries() == before


@on_files.only
def test_a_missing_entry_is_damage(enter: Enter, lead: str, desk_key: SigningKey) -> None:
    with enter(lead) as opened:
        for edition in ("e1", "e2", "e3"):
            opened.ledger_append(intent(edition), desk_key)
        opened._files["ledger"].exec_driver_sql("DROP TRIGGER entry_remains")
        opened._files["ledger"].exec_driver_sql("DELETE FROM entry WHERE sequence = 2")
        with pytest.raises(vault.VaultDamaged, match="missing"):
            opened.released()


def test_it_holds_no_records_and_is_closed_to_whom_it_is_closed(enter: Enter, lead: str, handler: str) -> None:
    with enter(lead) as opened, pytest.raises(vault.LedgerIsAppendOnly):
        opened.put("ledger", "note", "1", b"x")
    with enter(handler) as opened:
        with pytest.raises(vault.CompartmentClosed):
            opened.released()
        with pytest.raises(vault.CompartmentClosed):
            opened.ledger_append(confirmation("e1"))


def test_an_intent_is_signed_by_the_desk_and_by_no_person(enter: Enter, lead: str, desk_key: SigningKey) -> None:
    with enter(lead) as opened:
        for key in (None, SigningKey.generate()):
            with pytest.raises(vault.IntentNotSigned):
                opened.ledger_append(intent("e1"), key)
        assert opened.ledger_append(intent("e1"), desk_key) == 1


def test_what_got_out_elsewhere_is_said_by_one_person_and_counts_as_released(enter: Enter, editor: str) -> None:
    with enter(editor) as opened:
        opened.ledger_append(vault.LedgerEntry(kind="elsewhere", edition="a talk", body=b"{}"))
        assert [entry.edition for entry in opened.released()] == ["a talk"]
        assert opened.unconfirmed() == ()


@on_files.only
def test_an_entry_whose_words_were_changed_is_damage(enter: Enter, lead: str, desk_key: SigningKey) -> None:
    with enter(lead) as opened:
        opened.ledger_append(intent("e1"), desk_key)
        opened._files["ledger"].exec_driver_sql("DROP TRIGGER entry_stays")
        opened._files["ledger"].exec_driver_sql("UPDATE entry SET body = x'00'")
        with pytest.raises(vault.VaultDamaged, match=r"entry 1 .* no signature"):
            opened.released()
