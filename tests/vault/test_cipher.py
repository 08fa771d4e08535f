"""Encryption that is not there, files that were altered, and people without the key."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from farbank import vault
from farbank.vault import cipher

Enter = Callable[[str], vault.Vault]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_library_that_does_not_encrypt_is_refused(
    desk: Path, lead: str, words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(desk)
    monkeypatch.setattr(cipher, "dbapi2", sqlite3)
    with pytest.raises(vault.CipherNotLive, match="reinstall sqlcipher3"):
        vault.open(desk, lead, words[lead])
    assert bytes_of(desk) == before


def test_no_desk_is_created_without_encryption(
    tmp_path: Path, members: list[vault.Member], cheap: vault.Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "dbapi2", sqlite3)
    with pytest.raises(vault.CipherNotLive):
        vault.create(tmp_path / "d", members, since=date(2031, 1, 1), cost=cheap)
    assert list(tmp_path.iterdir()) == []


def test_a_connection_that_slips_past_the_first_check_is_refused_too(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "dbapi2", sqlite3)
    monkeypatch.setattr(cipher, "_assert_library", lambda: None)
    before = bytes_of(desk)
    with pytest.raises(vault.CipherNotLive):
        cipher.connect(desk / "content.db", bytes(32))
    assert bytes_of(desk) == before


def test_a_file_lying_there_in_plain_is_refused_and_left(desk: Path, lead: str, words: dict[str, str]) -> None:
    (desk / "content.db").unlink()
    plain = sqlite3.connect(desk / "content.db")
    plain.execute("CREATE TABLE record (kind, id, body)")
    plain.close()
    before = bytes_of(desk)
    with pytest.raises(vault.CipherNotLive, match=r"content\.db is not encrypted"):
        vault.open(desk, lead, words[lead])
    assert bytes_of(desk) == before


def test_files_do_not_look_like_a_database(desk: Path) -> None:
    for path in desk.glob("*.db"):
        assert path.stat().st_size > 0
        assert not path.read_bytes().startswith(b"SQLite")


@pytest.mark.parametrize("where", [0, 5, 20, 4000, 4095, -1, -3000])
def test_a_flipped_byte_in_a_file_is_found(enter: Enter, desk: Path, lead: str, where: int) -> None:
    with enter(lead) as opened:
        for number in range(200):
            opened.put("content", "note", str(number), bytes(500))
    data = bytearray((desk / "content.db").read_bytes())
    assert len(data) > 40_000
    data[where] ^= 1
    (desk / "content.db").write_bytes(data)
    with pytest.raises(vault.VaultDamaged, match=r"content\.db: .*restore from a backup"), enter(lead) as opened:
        opened.check()
    with pytest.raises(vault.VaultDamaged), enter(lead) as opened:
        opened.all("content", "note")
    assert (desk / "content.db").read_bytes() == data


def test_a_sound_vault_passes_its_check(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "1", b"x")
        opened.check()


@pytest.mark.parametrize("content", [None, b"", b"short", bytes(8192)])
def test_a_missing_or_empty_file_is_damage_and_not_a_new_vault(
    enter: Enter, desk: Path, lead: str, content: bytes | None
) -> None:
    (desk / "identities.db").unlink()
    if content is not None:
        (desk / "identities.db").write_bytes(content)
    with pytest.raises(vault.VaultDamaged, match=r"identities\.db"):
        enter(lead)
    assert (desk / "identities.db").exists() == (content is not None)


def test_files_of_another_desk_do_not_fit(
    enter: Enter, desk: Path, lead: str, members: list[vault.Member], cheap: vault.Cost
) -> None:
    vault.create(desk.parent / "other", members, since=date(2031, 1, 1), cost=cheap)
    shutil.copy(desk.parent / "other" / "identities.db", desk / "identities.db")
    with pytest.raises(vault.VaultDamaged, match="another desk"):
        enter(lead)


def test_an_editor_cannot_open_identities_even_by_direct_sql(enter: Enter, desk: Path, editor: str, lead: str) -> None:
    with enter(lead) as opened:
        opened.put("identities", "note", "1", b"Orla Fenwick")
    with enter(editor) as opened:
        for denied in (
            lambda: opened.get("identities", "note", "1"),
            lambda: opened.all("identities", "note"),
            lambda: opened.put("identities", "note", "1", b""),
        ):
            with pytest.raises(vault.CompartmentClosed, match="ask somebody"):
                denied()
        own_keys = [key.hex() for key in opened.keys.values()]
        file = opened._files["content"]
        with pytest.raises(Exception, match=r"not a database|unable to open"):
            file.exec_driver_sql(f"ATTACH '{desk / 'identities.db'}' AS i")
            file.exec_driver_sql("SELECT * FROM i.record").all()
    for key in [*own_keys, "00" * 32]:
        connection = dbapi2.connect(desk / "identities.db")
        connection.execute(f"""PRAGMA key = "x'{key}'" """)
        with pytest.raises(dbapi2.DatabaseError, match="not a database"):
            connection.execute("SELECT * FROM record")
        connection.close()


def test_without_a_paymaster_there_are_no_payments(enter: Enter, desk: Path, lead: str) -> None:
    assert not (desk / "payments.db").exists()
    with enter(lead) as opened, pytest.raises(vault.CompartmentClosed):
        opened.get("payments", "note", "1")


def test_what_the_connection_is_set_to(enter: Enter, lead: str) -> None:
    expected = {
        "cipher_memory_security": "1",
        "temp_store": 2,
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    with enter(lead) as opened:
        for file in opened._files.values():
            assert {name: file.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected} == expected
