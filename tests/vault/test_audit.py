"""The audit: everybody can check it, officers read it, and whatever is done to a line is found and named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, exc

from farbank import vault
from farbank.vault import audit

Enter = Callable[[str], vault.Vault]
RULES = ("audit_stays", "audit_remains", "audit_follows", "head_stays", "head_remains")


@pytest.fixture
def written(enter: Enter, lead: str, editor: str) -> int:
    """Lines by two people, some transactions of several; how many there are."""
    for name in (editor, lead, editor):
        with enter(name) as opened:
            opened.note("looked", about="a token", note="why")
            with opened.transaction():
                opened.note("filed", about="a case")
                opened.note("filed", about="another")
    return 10


def past_the_rules(file: Connection) -> None:
    for rule in RULES:
        file.exec_driver_sql(f"DROP TRIGGER IF EXISTS {rule}")


def test_everybody_checks_it_and_officers_read_it(enter: Enter, written: int, lead: str, handler: str) -> None:
    with enter(handler) as opened:
        with opened.file("audit") as file:
            assert audit.verify(file, opened.roster).lines == written
        with pytest.raises(vault.NotAnOfficer):
            list(opened.audited())
    with enter(lead) as opened:
        lines = list(opened.audited())
        assert [number for number, _ in lines] == list(range(1, written + 1))
        assert [event.what for _, event in lines][:4] == ["desk founded", "looked", "filed", "filed"]
        assert len(list(opened.audited(after=7))) == written - 7


def test_nothing_of_a_line_is_readable_without_the_officers_key(enter: Enter, written: int, handler: str) -> None:
    assert written
    with enter(handler) as opened, opened.file("audit") as file:
        bodies = b"".join(file.exec_driver_sql("SELECT body FROM audit").scalars())
    for word in (b"looked", b"a token", b"why", handler.encode()):
        assert word not in bodies


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 10), st.sampled_from(["body", "hash"]), st.integers(0, 10_000), st.integers(0, 7))
def test_any_flipped_bit_of_a_line_is_located(
    enter: Enter, written: int, lead: str, line: int, column: str, position: int, bit: int
) -> None:
    with enter(lead) as opened, opened.transaction(), opened.file("audit") as file:
        past_the_rules(file)
        before = file.exec_driver_sql(f"SELECT {column} FROM audit WHERE sequence = ?", (line,)).scalar_one()
        changed = bytearray(before)
        changed[position % len(changed)] ^= 1 << bit
        file.exec_driver_sql(f"UPDATE audit SET {column} = ? WHERE sequence = ?", (bytes(changed), line))
        with pytest.raises(vault.AuditBroken) as caught:
            audit.verify(file, opened.roster)
        assert caught.value.line == line
        file.exec_driver_sql(f"UPDATE audit SET {column} = ? WHERE sequence = ?", (before, line))
        assert audit.verify(file, opened.roster).lines >= written


@pytest.mark.parametrize(
    ("done", "line"),
    [
        (["DELETE FROM audit WHERE sequence = 4"], 4),
        (["DELETE FROM audit WHERE sequence = 1"], 1),
        (["DELETE FROM audit WHERE sequence = 10"], 10),
        (["DELETE FROM audit WHERE sequence > 5"], 6),
        (["DELETE FROM audit"], 1),
        (
            [
                "UPDATE audit SET sequence = 99 WHERE sequence = 5",
                "UPDATE audit SET sequence = 5 WHERE sequence = 6",
                "UPDATE audit SET sequence = 6 WHERE sequence = 99",
            ],
            5,
        ),
        (["UPDATE audit SET (body, hash) = (SELECT body, hash FROM audit WHERE sequence = 3) WHERE sequence = 4"], 4),
        (["DELETE FROM head WHERE sequence = 10"], 10),
        (["INSERT INTO audit SELECT 11, body, hash FROM audit WHERE sequence = 10"], 11),
        (["UPDATE head SET person = 'Tomas Lindqvist' WHERE sequence = 8"], 8),
        (["UPDATE head SET signature = (SELECT signature FROM head WHERE sequence = 2) WHERE sequence = 8"], 8),
    ],
)
def test_lines_deleted_reordered_repeated_or_signed_by_another_are_located(
    enter: Enter, written: int, lead: str, done: list[str], line: int
) -> None:
    assert written == 10
    with enter(lead) as opened, opened.file("audit") as file:
        past_the_rules(file)
        for statement in done:
            file.exec_driver_sql(statement)
        with pytest.raises(vault.AuditBroken) as caught:
            audit.verify(file, opened.roster)
        assert caught.value.line == line


def test_a_whole_chain_forged_by_somebody_with_the_file_is_found(enter: Enter, written: int, handler: str) -> None:
    """A handler rewrites the audit from line 3 on, hashes and all; they can sign only as themselves or as nobody."""
    with enter(handler) as opened, opened.file("audit") as file:
        past_the_rules(file)
        file.exec_driver_sql("DELETE FROM head WHERE sequence > 2")
        file.exec_driver_sql("DELETE FROM audit WHERE sequence > 2")
        event = audit.Event(at=datetime(2031, 1, 1, tzinfo=UTC), who="Ines Okafor", what="nothing to see")
        audit.append(file, [event], opened.roster, opened.secret)
        with pytest.raises(vault.AuditBroken) as caught:
            audit.verify(file, opened.roster)
        assert caught.value.line == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET body = x'00'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT 2, x'00', hash FROM audit WHERE sequence = 2",
        "INSERT INTO audit SELECT 99, body, hash FROM audit WHERE sequence = 1",
        "UPDATE head SET person = 'x'",
        "DELETE FROM head",
    ],
)
def test_direct_sql_is_refused(enter: Enter, written: int, lead: str, statement: str) -> None:
    with enter(lead) as opened, opened.file("audit") as file:
        with pytest.raises(exc.IntegrityError):
            file.exec_driver_sql(statement)
        assert audit.verify(file, opened.roster).lines == written
