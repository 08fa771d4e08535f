"""Records, transactions and several people at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farbank import vault
from farbank.model.people import Person
from farbank.vault import cipher, schema
from tests.vault.contract import on_files

Enter = Callable[[str], vault.Vault]


def test_what_is_put_is_there_in_the_next_session(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "b", b"\x00\xff")
        opened.put("content", "note", "a", b"first")
        opened.put("content", "note", "a", b"second")
        opened.put("content", "other", "a", b"apart")
        opened.put("identities", "note", "a", b"elsewhere")
    with enter(lead) as opened:
        assert opened.get("content", "note", "a") == b"second"
        assert opened.all("content", "note") == {"a": b"second", "b": b"\x00\xff"}
        assert opened.ids("content", "note") == ("a", "b")
        assert opened.get("identities", "note", "a") == b"elsewhere"
        opened.delete("content", "note", "a")
        opened.delete("content", "note", "a")
        with pytest.raises(vault.NoSuchRecord, match="a"):
            opened.get("content", "note", "a")


def test_a_noun_is_kept_as_json(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        opened.put("content", "person", "wren", Person(id="wren", block={"place": "qz"}))
        assert json.loads(opened.get("content", "person", "wren")) == {"id": "wren", "block": {"place": "qz"}}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.text(min_size=1).filter(lambda t: "\x00" not in t and t.isprintable()), body=st.binary())
def test_any_kind_and_any_bytes(enter: Enter, lead: str, kind: str, body: bytes) -> None:
    with enter(lead) as opened:
        opened.put("content", kind, "'; DROP TABLE record; --", body)
        assert opened.get("content", kind, "'; DROP TABLE record; --") == body


def test_an_error_inside_a_transaction_keeps_nothing(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "a", b"before")
        with pytest.raises(ZeroDivisionError), opened.transaction():
            opened.put("content", "note", "a", b"after")
            opened.put("identities", "note", "a", b"after")
            opened.ledger_append(vault.LedgerEntry(kind="elsewhere", edition="e1"))
            _ = 1 / 0
        assert opened.all("content", "note") == {"a": b"before"}
        assert opened.all("identities", "note") == {}
        assert opened.ledger_entries() == ()
        opened.put("content", "note", "a", b"and on")


def test_a_transaction_inside_another_joins_it(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        with pytest.raises(ZeroDivisionError), opened.transaction():
            with opened.transaction():
                opened.put("content", "note", "a", b"x")
            _ = 1 / 0
        assert opened.all("content", "note") == {}
        with opened.transaction(), opened.transaction():
            opened.put("content", "note", "a", b"x")
        assert opened.all("content", "note") == {"a": b"x"}


def test_a_failed_part_cannot_be_swallowed(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        with pytest.raises(RuntimeError, match="none of it was kept"), opened.transaction():
            opened.put("content", "note", "a", b"x")
            try:
                with opened.transaction():
                    opened.put("content", "note", "b", b"half")
                    _ = 1 / 0
            except ZeroDivisionError:
                pass
        assert opened.all("content", "note") == {}


def test_after_commit_runs_only_if_it_happened(enter: Enter, lead: str) -> None:
    seen: list[str] = []
    with enter(lead) as opened:
        with pytest.raises(ZeroDivisionError), opened.transaction():
            opened.after_commit(lambda: seen.append("lost"))
            _ = 1 / 0
        with opened.transaction():
            opened.after_commit(lambda: seen.append("kept"))
            assert seen == []
    assert seen == ["kept"]


def test_two_people_read_and_write_at_once(enter: Enter, lead: str, editor: str) -> None:
    with enter(lead) as one, enter(editor) as two:
        one.put("content", "note", "a", b"by one")
        assert two.get("content", "note", "a") == b"by one"
        with one.transaction():
            one.put("content", "note", "a", b"not yet")
            assert two.get("content", "note", "a") == b"by one"
        two.put("content", "note", "b", b"by two")
        assert one.all("content", "note") == {"a": b"not yet", "b": b"by two"}


def test_a_writer_who_waits_too_long_is_told(
    enter: Enter, lead: str, editor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "BUSY_SECONDS", 0.1)
    with enter(lead) as one, enter(editor) as two:
        with one.transaction():
            one.put("content", "note", "a", b"x")
            with pytest.raises(vault.VaultBusy):
                two.put("content", "note", "b", b"y")
            with pytest.raises(vault.VaultBusy), two.transaction():
                pass
        with two.transaction():
            two.put("content", "note", "b", b"y")
        assert one.ids("content", "note") == ("a", "b")


@on_files.only
def test_a_later_schema_is_not_touched(enter: Enter, lead: str) -> None:
    with enter(lead) as opened:
        opened._files["content"].exec_driver_sql(f"UPDATE meta SET value = '{schema.VERSION + 1}' WHERE key = 'schema'")
    with pytest.raises(vault.MadeByNewerFarbank):
        enter(lead)


def test_an_error_never_quotes_the_row(enter: Enter, lead: str) -> None:
    with enter(lead) as opened, pytest.raises(Exception, match="hidden") as caught:
        opened._files["content"].exec_driver_sql(
            "INSERT INTO record VALUES (?, ?, 'desk', NULL, NULL, NULL, NULL)", ("note", "Orla Fenwick")
        )
    assert "Orla" not in str(caught.value)


NO_ROOM = """
import resource, signal, sys
from pathlib import Path
from farbank import vault

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    with vault.open(Path(sys.argv[1]), *sys.stdin.read().split("\\n")) as opened, opened.transaction():
        opened.put("content", "note", "a", b"small")
        opened.put("content", "note", "b", bytes(1_000_000))
except vault.VaultNotWritten as error:
    print(error)
"""


@on_files.only
def test_without_room_nothing_is_kept_and_it_is_one_sentence(
    enter: Enter, desk: Path, lead: str, words: dict[str, str]
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", NO_ROOM, str(desk)], input=f"{lead}\n{words[lead]}", capture_output=True, text=True
    )
    assert ran.stdout.endswith("cannot be written, and nothing was changed; free some space, or check the folder\n")
    with enter(lead) as opened:
        opened.check()
        assert opened.ids("content", "note") == ()
