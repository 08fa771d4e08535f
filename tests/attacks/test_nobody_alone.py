"""One person of the desk, with every key they hold and programs of their own, against what takes two.

Each attempt is refused when it is written, or found when it is read; and what readers get says nothing of who signed.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey
from newsroom import CHEAP, EDITOR, JUNE, LEAD, OFFICER, ON, PUBLISHER, copied, enter, found_cleared, word
from sqlalchemy import Connection, exc

from farbank import cli, vault
from farbank.desk.agree import agree
from farbank.desk.audit import verify
from farbank.desk.errors import OtherProfile
from farbank.desk.import_case import filed
from farbank.desk.open_identity import open_person, propose_opening
from farbank.desk.release import agree_release, propose_release
from farbank.model import codec
from farbank.vault import acts, case_store, cipher, identities, keyring, people, roster, sign_off

TRUE: dict[str, Callable[..., bool]] = {
    name: lambda *_: True for name in ("farbank_act_signed", "farbank_entry_signed")
}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, vault.Founded, str]:
    """A desk, its root, and a release its safety officer proposed."""
    folder = tmp_path_factory.mktemp("once") / "desk"
    founded = found_cleared(folder)
    return folder, founded, propose(folder, OFFICER)


@pytest.fixture
def desk(once: tuple[Path, vault.Founded, str], tmp_path: Path) -> Path:
    return copied(once[0], tmp_path / "desk")


@pytest.fixture
def release(once: tuple[Path, vault.Founded, str]) -> str:
    return once[2]


def propose(desk: Path, name: str) -> str:
    with enter(desk, name) as opened:
        act = propose_release(opened, filed(opened, JUNE), on=ON, reason="it is checked").act
    assert act is not None
    return act


@contextmanager
def past_the_vault(desk: Path, name: str, file: str, functions: dict[str, Callable[..., bool]]) -> Iterator[Connection]:
    """A compartment opened with the key somebody holds and none of farbank's rules but those in the file."""
    with enter(desk, name) as opened:
        key = opened.keys[file]  # type: ignore[index]
    with cipher.connect(desk / f"{file}.db", key, functions) as connection:
        yield connection


def insert_act(connection: Connection, id: str, step: str, person: str, body: bytes, signature: bytes = b"x") -> None:
    connection.exec_driver_sql("INSERT INTO act VALUES (?, ?, ?, ?, ?)", (id, step, person, body, signature))


def agreement(desk: Path, id: str) -> bytes:
    with enter(desk, EDITOR) as opened:
        proposal = sign_off.look(opened, id).proposal
    return codec.to_json(acts.Agreement(proposal=acts.digest(codec.to_json(proposal)), at=datetime.now(UTC)))


def left_of_the_key(desk: Path, id: str) -> set[str]:
    with past_the_vault(desk, EDITOR, "audit", {}) as audit:
        return {*audit.exec_driver_sql("SELECT opening FROM half WHERE act = ?", (id,)).scalars()}


# Releasing


def test_the_desks_key_is_had_by_nobody_who_has_not_agreed(desk: Path, release: str) -> None:
    for name in (OFFICER, PUBLISHER, EDITOR):
        with enter(desk, name) as opened:
            with pytest.raises(vault.NotAllowed):
                sign_off.signing_key(opened, release)
            for key in (None, SigningKey.generate()):
                with pytest.raises(vault.IntentNotSigned):
                    opened.ledger_append(vault.LedgerEntry(kind="intent", edition=JUNE), key)


def test_nobody_agrees_with_themselves(desk: Path, release: str, tmp_path: Path) -> None:
    with enter(desk, OFFICER) as opened:
        with pytest.raises(vault.NotAllowed):
            sign_off.agree(opened, release)
        with pytest.raises(vault.ActNotOpen, match="whoever proposed it"), opened.file("audit") as file:
            acts.record(file, release, "agreed", OFFICER, agreement(desk, release), opened.secret)
        with pytest.raises(vault.NotAllowed):
            agree_release(opened, release, tmp_path / "site")


def test_who_wrote_it_agrees_to_nothing_by_any_program(desk: Path, release: str) -> None:
    with enter(desk, EDITOR) as opened:
        with pytest.raises(vault.NotAllowed, match="wrote it"):
            sign_off.agree(opened, release)  # as if nobody had told the vault who wrote it
        assert left_of_the_key(desk, release) == {PUBLISHER, LEAD}, "whoever is barred was left nothing to open"
        with opened.file("audit") as file:
            acts.record(file, release, "agreed", EDITOR, agreement(desk, release), opened.secret)
        with pytest.raises(vault.VaultDamaged, match="signed by somebody who wrote it"):
            sign_off.signing_key(opened, release)
    with enter(desk, LEAD) as opened:
        broken = verify(opened).broken
        assert broken is not None and release in broken
        again = propose(desk, LEAD)
        assert [act.id for act in sign_off.sound(opened)] == [again], "one forged act does not stop the desk"


def test_who_wrote_it_proposes_it_by_no_program(desk: Path, tmp_path: Path) -> None:
    with enter(desk, EDITOR) as opened:
        act = sign_off.propose(opened, "release", JUNE, "mine", digest=bytes(64), case=JUNE, on=ON)
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.NotAllowed, match="proposed by Ryu, who may not"):
        agree_release(opened, act, tmp_path / "site")
    with enter(desk, PUBLISHER) as opened:
        assert opened.ledger_entries() == ()


@pytest.mark.parametrize("functions", [{}, TRUE], ids=["no-functions", "forged-functions"])
def test_an_agreement_written_past_the_vault(
    desk: Path, release: str, tmp_path: Path, functions: dict[str, Callable[..., bool]]
) -> None:
    body = agreement(desk, release)
    with past_the_vault(desk, OFFICER, "audit", functions) as audit:
        with pytest.raises(exc.DatabaseError):
            insert_act(audit, release, "agreed", OFFICER, body)
        with pytest.raises(exc.DatabaseError):
            audit.exec_driver_sql("UPDATE act SET person = ?", (PUBLISHER,))
        if not functions:
            with pytest.raises(exc.DatabaseError, match="farbank_act_signed"):
                insert_act(audit, release, "agreed", PUBLISHER, body)
            return
        insert_act(audit, release, "agreed", PUBLISHER, body)  # the file believes it; nobody who reads it does
    with enter(desk, PUBLISHER) as opened:
        with pytest.raises(vault.VaultDamaged, match="not Seo's"):
            agree_release(opened, release, tmp_path / "site")
        assert not verify(opened).holds


def test_an_agreement_is_to_one_act(desk: Path, release: str, tmp_path: Path) -> None:
    with enter(desk, PUBLISHER) as opened:
        sign_off.agree(opened, release)
    with enter(desk, OFFICER) as opened:
        other = sign_off.propose(opened, "release", "june-order-2", "another", digest=bytes(64), case=JUNE, on=ON)
    with past_the_vault(desk, OFFICER, "audit", TRUE) as audit:
        audit.exec_driver_sql(
            "INSERT INTO act SELECT ?, step, person, body, signature FROM act WHERE id = ? AND step = 'agreed'",
            (other, release),
        )
        left = "INSERT INTO half SELECT ?, about, opening, sealed FROM half WHERE act = ?"
        audit.exec_driver_sql(left, ("unproposed", release))
    with enter(desk, PUBLISHER) as opened:
        with pytest.raises(vault.VaultDamaged):
            sign_off.signing_key(opened, other)
        with pytest.raises(vault.ActNotOpen):
            sign_off.signing_key(opened, "unproposed")


def test_what_the_second_signs_besides_is_found(desk: Path, release: str, tmp_path: Path) -> None:
    with enter(desk, PUBLISHER) as opened:
        sign_off.agree(opened, release)
        key = sign_off.signing_key(opened, release)  # a program of their own keeps it
        opened.ledger_append(vault.LedgerEntry(kind="intent", edition="another", body=b"{}"), key)
        opened.ledger_append(vault.LedgerEntry(kind="intent", edition=JUNE, body=b"{}"), key)
    with enter(desk, LEAD) as opened:
        assert verify(opened).unsigned == ("another", JUNE)


@pytest.mark.parametrize("functions", [{}, TRUE], ids=["no-functions", "forged-functions"])
def test_an_intent_written_past_the_vault(desk: Path, functions: dict[str, Callable[..., bool]]) -> None:
    entry = "INSERT INTO entry VALUES (1, 'intent', 'june-order', x'7b7d', x'00')"
    with past_the_vault(desk, EDITOR, "ledger", functions) as ledger:
        if not functions:
            with pytest.raises(exc.DatabaseError, match="farbank_entry_signed"):
                ledger.exec_driver_sql(entry)
            return
        ledger.exec_driver_sql(entry)
    with enter(desk, LEAD) as opened, pytest.raises(vault.VaultDamaged, match="bears no signature"):
        opened.ledger_entries()


# Identities


def test_nobody_opens_an_identity_alone(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        (sealed,) = [each for each in case_store.people(opened, JUNE) if each.person == "heron"]
        act = propose_opening(opened, JUNE, "heron", "curious")
        for attempt in (lambda: open_person(opened, act), lambda: agree(opened, act)):
            with pytest.raises((vault.ActNotOpen, vault.NotAllowed)):
                attempt()
        with pytest.raises(vault.NotAllowed):
            identities.open(opened, sealed, act)
        with pytest.raises(vault.NotAllowed):
            identities.halves(opened, [sealed.about], opening=OFFICER)
    with past_the_vault(desk, OFFICER, "audit", TRUE) as audit:
        insert_act(audit, act, "agreed", PUBLISHER, agreement(desk, act))
    with enter(desk, OFFICER) as opened, pytest.raises(vault.VaultDamaged, match="not Seo's"):
        open_person(opened, act)


def test_a_seal_made_for_another_is_of_no_use(desk: Path) -> None:
    with past_the_vault(desk, OFFICER, "audit", {}) as audit:
        audit.exec_driver_sql(
            "UPDATE OR REPLACE pair SET agreeing = ? WHERE agreeing = ? AND about LIKE 'identity/%'",
            (EDITOR, PUBLISHER),
        )
    with enter(desk, OFFICER) as opened:
        act = propose_opening(opened, JUNE, "heron", "curious")
    with enter(desk, EDITOR) as opened, pytest.raises(vault.VaultDamaged, match="altered"):
        agree(opened, act)


def test_a_seal_of_one_profile_opens_no_other(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        about = {each.person: each.about for each in case_store.people(opened, JUNE)}
    with past_the_vault(desk, OFFICER, "audit", {}) as audit:
        audit.exec_driver_sql(
            "UPDATE pair SET sealed = (SELECT other.sealed FROM pair other WHERE other.about = ?"
            " AND other.agreeing = pair.agreeing AND other.opening = pair.opening) WHERE about = ?",
            (about["alder"], about["heron"]),
        )
    with enter(desk, OFFICER) as opened:
        act = propose_opening(opened, JUNE, "heron", "and so find out who alder is")
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.VaultDamaged, match="altered"):
        agree(opened, act)


def test_an_act_that_names_one_profile_and_opens_another_is_agreed_to_by_nobody(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        (alder,) = [each.about for each in case_store.people(opened, JUNE) if each.person == "alder"]
        act = sign_off.propose(opened, "open-identity", f"{JUNE}/heron", "heron's own", keys=(alder,), case=JUNE)
    with enter(desk, PUBLISHER) as opened, pytest.raises(OtherProfile, match="ask Han why"):
        agree(opened, act)


def test_what_agreeing_left_serves_the_act_it_was_left_for(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        act = propose_opening(opened, JUNE, "alder", "in danger")
    with enter(desk, PUBLISHER) as opened:
        agree(opened, act)
    with past_the_vault(desk, OFFICER, "audit", {}) as audit:
        kept = audit.exec_driver_sql("SELECT about, opening, sealed FROM half WHERE act = ?", (act,)).all()
    with enter(desk, OFFICER) as opened:
        assert open_person(opened, act).identity.id == "alder"
        again = propose_opening(opened, JUNE, "alder", "once more, and nobody asked")
    with past_the_vault(desk, OFFICER, "audit", TRUE) as audit:
        for name in (act, again):
            for row in kept:
                audit.exec_driver_sql("INSERT INTO half VALUES (?, ?, ?, ?)", (name, *row))
    with enter(desk, OFFICER) as opened:
        for name in (act, again):
            with pytest.raises(vault.ActNotOpen):
                open_person(opened, name)


# The record of it


def test_a_line_of_the_audit_is_taken_out_by_nobody(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with past_the_vault(desk, OFFICER, "audit", TRUE) as audit:
        for table in ("audit", "head", "act"):
            with pytest.raises(exc.DatabaseError, match="append-only"):
                audit.exec_driver_sql(f"DELETE FROM {table}")
        for table in ("audit", "head"):
            audit.exec_driver_sql(f"DROP TRIGGER {table}_remains")
        audit.exec_driver_sql("DELETE FROM audit WHERE sequence = 2")
        audit.exec_driver_sql("DELETE FROM head WHERE sequence = 2")
    with enter(desk, EDITOR) as opened:
        checked = verify(opened)
    assert (checked.at, checked.holds) == (2, False)
    assert run(desk, EDITOR, "desk", "audit", monkeypatch=monkeypatch) == 1


def test_an_older_keyring_or_another_root_opens_nothing(once: tuple[Path, vault.Founded, str], desk: Path) -> None:
    older = (desk / keyring.FILE).read_bytes()
    with enter(desk, OFFICER) as opened:
        people.join(opened, vault.Member("New", word("New"), ("editor",)), once[1].root, cost=CHEAP)
    enter(desk, OFFICER).close()
    (desk / keyring.FILE).write_bytes(older)
    with pytest.raises(vault.VaultDamaged, match="older than the one"):
        enter(desk, OFFICER)


def test_a_key_put_in_place_of_anothers_is_not_the_roots(desk: Path) -> None:
    """Whoever could pass for the publisher could agree with themselves."""
    ring = keyring.read(desk)
    mine, root = vault.Secret.new(), vault.Secret.new()
    plain: dict[str, Any] = codec.to_builtins(ring)
    for colleague in plain["roster"]["colleagues"]:
        if colleague["name"] == PUBLISHER:
            colleague["public"] = codec.to_builtins(mine.public)
    (desk / keyring.FILE).write_bytes(keyring.canonical(plain))
    with pytest.raises(vault.VaultDamaged, match="root did not sign"):
        enter(desk, OFFICER)
    swapped = codec.convert(plain["roster"], vault.Roster, "roster")
    plain["roster"] = codec.to_builtins(swapped) | {"root": codec.to_builtins(root.public)}
    signed = codec.convert(plain["roster"], vault.Roster, "roster")
    plain["signature"] = codec.to_builtins(roster.sign(signed, root))
    (desk / keyring.FILE).write_bytes(keyring.canonical(plain))
    with pytest.raises(vault.WrongPassphrase):  # a way in is bound to the root: under another nothing opens
        enter(desk, OFFICER)


# At the terminal


def run(desk: Path, name: str, *arguments: str, monkeypatch: pytest.MonkeyPatch, typed: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["farbank", *arguments, "--desk", str(desk), "--as", name])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{word(name)}\n{typed}\n"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_the_command_line_does_nothing_alone_either(
    desk: Path, release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site, out = str(tmp_path / "site"), str(tmp_path / "out")
    assert run(desk, OFFICER, "identity", "propose", JUNE, "--json", monkeypatch=monkeypatch, typed="why") == 0
    act = json.loads(capsys.readouterr().out)["act"]
    for name, *arguments in (
        (OFFICER, "story", "agree", release, "--out", site),
        (EDITOR, "story", "agree", release, "--out", site),
        (PUBLISHER, "desk", "agree", release),
        (OFFICER, "desk", "agree", act),
        (OFFICER, "case", "export", JUNE, out, "--identities"),
        (EDITOR, "case", "export", JUNE, out, "--identities"),
        (PUBLISHER, "identity", "open", act),
        (EDITOR, "desk", "audit", "--read"),
    ):
        assert run(desk, name, *arguments, monkeypatch=monkeypatch) == 3, (name, arguments)
    assert not Path(site).exists() and not Path(out).exists()
    with enter(desk, EDITOR) as opened:
        assert opened.ledger_entries() == ()


# What readers see


def test_an_edition_is_the_same_whoever_signs_it(
    once: tuple[Path, vault.Founded, str], desk: Path, release: str, tmp_path: Path
) -> None:
    other = copied(once[0], tmp_path / "other")
    editions = []
    for folder, act, second in ((desk, release, PUBLISHER), (other, None, OFFICER)):
        with enter(folder, second) as opened:
            if act is None:
                sign_off.withdraw(opened, release)
        act = act or propose(folder, LEAD)
        with enter(folder, second) as opened:
            assert agree_release(opened, act, tmp_path / second).site
        made = tmp_path / second
        editions.append({str(path.relative_to(made)): path.read_bytes() for path in made.rglob("*") if path.is_file()})
    assert editions[0] == editions[1]
    listed = json.loads(editions[0]["manifest.json"])
    assert listed["status"] == "released" and date.fromisoformat(listed["expires"]) > ON
    assert b"it is checked" not in b"".join(editions[0].values())
