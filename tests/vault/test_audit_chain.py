"""The chain of the audit: whatever is altered is found and located, and nobody signs on top of what is not signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from farbank import vault
from farbank.vault import audit, cipher

CHEAP = vault.Cost(passes=1, memory=8192)
ADA, BEN, WORDS = "Ada", "Ben", "seven grey herons wade"
MEMBERS = [vault.Member(ADA, WORDS, ("safety-officer",)), vault.Member(BEN, WORDS, ("editor",))]
BY = [ADA, ADA, BEN, BEN, BEN, ADA]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Line 1 is the founding; lines 2–7 are one transaction each, 8–10 one of three."""
    vault.create(tmp_path / "desk", MEMBERS, since=date(2031, 1, 1), cost=CHEAP)
    for name in BY:
        with vault.open(tmp_path / "desk", name, WORDS) as opened:
            opened.note("looked")
    with vault.open(tmp_path / "desk", BEN, WORDS) as opened, opened.transaction(), opened.file("audit") as file:
        events = [audit.Event(at=datetime.now(UTC), who=BEN, what=f"step {n}") for n in range(3)]
        audit.append(file, events, opened.roster, opened.secret)
    return tmp_path / "desk"


@pytest.fixture
def opened(desk: Path) -> Iterator[vault.Vault]:
    with vault.open(desk, ADA, WORDS) as opened:
        yield opened


def tamper(opened: vault.Vault, *statements: str) -> None:
    """What somebody with the key of the file does with a tool of their own."""
    with cipher.connect(opened.path("audit"), opened.keys["audit"]) as file:
        for table in ("audit", "head"):
            for trigger in ("stays", "remains"):
                file.exec_driver_sql(f"DROP TRIGGER {table}_{trigger}")
        for statement in statements:
            file.exec_driver_sql(statement)


def broken(opened: vault.Vault) -> int:
    with pytest.raises(vault.AuditBroken) as found, opened.file("audit") as file:
        audit.verify(file, opened.roster)
    return found.value.line


def flipped(table: str, column: str, line: int) -> str:
    return (
        f"UPDATE {table} SET {column} = unhex(iif(hex({column}) LIKE 'A%', 'B', 'A') || substr(hex({column}), 2))"
        f" WHERE sequence = {line}"
    )


def test_a_chain_nobody_touched_is_whole(opened: vault.Vault) -> None:
    with opened.file("audit") as file:
        checked = audit.verify(file, opened.roster)
    assert checked.lines == 10
    assert [event.who for _, event in opened.audited()] == [ADA, *BY, BEN, BEN, BEN]


@pytest.mark.parametrize("line", range(1, 11))
def test_a_line_altered_is_located(opened: vault.Vault, line: int) -> None:
    tamper(opened, flipped("audit", "body", line))
    assert broken(opened) == line


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5, 6, 7, 10])
def test_a_signature_altered_is_located_also_where_a_later_one_vouches_for_it(opened: vault.Vault, line: int) -> None:
    tamper(opened, flipped("head", "signature", line))
    assert broken(opened) == line


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5, 6, 7, 10])
def test_a_line_laid_at_somebody_elses_door_is_found(opened: vault.Vault, line: int) -> None:
    tamper(opened, f"UPDATE head SET person = iif(person = '{ADA}', '{BEN}', '{ADA}') WHERE sequence = {line}")
    assert broken(opened) == line


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5, 6, 7, 10])
def test_a_signature_taken_away_is_found(opened: vault.Vault, line: int) -> None:
    tamper(opened, f"DELETE FROM head WHERE sequence = {line}")
    assert broken(opened) in (line, line + 1, 8)


@pytest.mark.parametrize("line", range(1, 11))
def test_a_line_taken_away_is_found(opened: vault.Vault, line: int) -> None:
    tamper(opened, f"DELETE FROM audit WHERE sequence = {line}")
    assert broken(opened) == line


def test_nobody_signs_on_top_of_what_nobody_signed(opened: vault.Vault) -> None:
    tamper(opened, flipped("head", "signature", 10))
    with pytest.raises(vault.AuditBroken, match="audit line 10"):
        opened.note("looked")


def test_a_line_forged_in_somebodys_name_between_two_of_theirs_is_found(opened: vault.Vault, desk: Path) -> None:
    """An editor with a tool of their own writes a line as if the officer had, and signs the next as themselves."""

    def forge(file: Connection, roster: vault.Roster, secret: vault.Secret) -> None:
        at = datetime(2031, 7, 1, tzinfo=UTC)
        audit.append(file, [audit.Event(at=at, who=ADA, what="looked")], roster, secret)

    opened.note("looked")  # 11, the officer's own
    with vault.open(desk, BEN, WORDS) as ben:
        with ben.transaction(), ben.file("audit") as file:
            forge(file, ben.roster, ben.secret)  # 12, in the officer's name under the editor's signature
        with pytest.raises(vault.AuditBroken, match="audit line 12"):
            opened.note("looked")
    assert broken(opened) == 12


def test_a_clock_moved_back_is_seen_by_the_officer(
    opened: vault.Vault, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are in the order written whatever the clock said, so that a day before the last line's stands out."""
    back: Callable[[object], datetime] = lambda _: datetime(2019, 1, 1, tzinfo=UTC)  # noqa: E731
    with monkeypatch.context() as moved:
        moved.setattr("farbank.vault.store.datetime", type("Clock", (datetime,), {"now": staticmethod(back)}))
        with vault.open(desk, BEN, WORDS) as ben:
            ben.note("looked")
    opened.note("looked")
    with opened.file("audit") as file:
        assert audit.verify(file, opened.roster).lines == 12
    late = [number for number, _ in audit.clock_back(opened.audited())]
    assert late == [11]
