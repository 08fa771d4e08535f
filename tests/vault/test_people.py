"""Who joins, changes roles and leaves: what each can open afterwards, and that nothing is ever locked for good."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from farbank import vault
from farbank.model.case import Case
from farbank.vault import acts, audit, case_store, cipher, envelope, keyring, people, sign_off

Enter = Callable[[str], vault.Vault]
BEN = "Ben Achterberg"
BENS = "a tern over low water"


@pytest.fixture
def join(enter: Enter, founded: vault.Founded, lead: str, cheap: vault.Cost) -> Callable[..., None]:
    """Have Ben join in some roles, by the safety officer."""

    def joined(*roles: vault.Role) -> None:
        with enter(lead) as opened:
            people.join(opened, vault.Member(BEN, BENS, roles), founded.root, cost=cheap)

    return joined


def file_keys_of(opened: vault.Vault) -> dict[vault.Compartment, bytes]:
    return dict(opened.keys)


def test_a_newcomer_reads_and_releases_and_gets_only_what_the_giver_holds(
    enter: Enter,
    desk: Path,
    founded: vault.Founded,
    join: Callable[..., None],
    lead: str,
    editor: str,
    cheap: vault.Cost,
) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "1", b"shared")
    join("publisher")
    with vault.open(desk, BEN, BENS) as opened:
        assert opened.compartments == ("content", "ledger", "audit")
        assert opened.get("content", "note", "1") == b"shared"
        act = sign_off.propose(opened, "release", "e1", "ready")
    with enter(editor) as opened:
        sign_off.agree(opened, act)
        assert bytes(sign_off.signing_key(opened, act).verify_key) == founded.key
        mole = vault.Member("Mole", "long enough", ("safety-officer",))
        with pytest.raises(vault.CompartmentClosed, match="identities"):
            people.join(opened, mole, founded.root, cost=cheap)
        again = vault.Member(f" {BEN} ", "long enough", ("editor",))
        with pytest.raises(vault.MemberExists):
            people.join(opened, again, founded.root, cost=cheap)
    with pytest.raises(vault.UnknownMember):
        vault.open(desk, "Mole", "long enough")


@pytest.mark.parametrize("stand_in", ["another root", "a colleague", "the desk's key"])
def test_nothing_stands_in_for_the_root(
    enter: Enter,
    desk: Path,
    founded: vault.Founded,
    lead: str,
    editor: str,
    stand_in: str,
    cheap: vault.Cost,
    since: date,
) -> None:
    before = (desk / keyring.FILE).read_bytes()
    with enter(lead) as opened, enter(editor) as other:
        act = sign_off.propose(opened, "release", "e1", "ready")
        sign_off.agree(other, act)
        desk_key = vault.Secret(bytes(sign_off.signing_key(other, act)))
        false = {"another root": vault.Secret.new(), "a colleague": other.secret, "the desk's key": desk_key}[stand_in]
        for ceremony in (
            lambda: people.join(opened, vault.Member(BEN, BENS, ("editor",)), false, cost=cheap),
            lambda: people.leave(opened, editor, false, on=since),
            lambda: people.change_roles(opened, editor, ("publisher",), false, on=since),
            lambda: people.give_passphrase(opened, editor, BENS, false, cost=cheap),
            lambda: vault.rotation.rotate(opened, false, since=since),
            lambda: vault.rotation.revoke(opened, false, founded.key, on=since),
            lambda: vault.recovery.open(desk, false),
        ):
            with pytest.raises(vault.NotTheRoot):
                ceremony()
    assert (desk / keyring.FILE).read_bytes() == before


def test_whoever_leaves_is_out_of_everything(
    enter: Enter, desk: Path, founded: vault.Founded, join: Callable[..., None], lead: str, editor: str, case: Case
) -> None:
    join("safety-officer")
    with enter(lead) as opened:
        case_store.save(opened, case)
        opened.put("content", "note", "1", b"kept")
        opened.open_scope("content", "partner/wren", [])
        opened.put("content", "report", "r", b"said", scope="partner/wren")
    with vault.open(desk, BEN, BENS) as opened:
        files, scope_keys, was = file_keys_of(opened), dict(opened._scopes["content"]), opened.roster.sequence
    with enter(lead) as opened:
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
        assert opened.get("content", "note", "1") == b"kept"
    with pytest.raises(vault.UnknownMember):
        vault.open(desk, BEN, BENS)
    for compartment, key in files.items():
        assert not cipher.fits(desk / f"{compartment}.db", key)
    with enter(editor) as opened:
        assert opened.get("content", "note", "1") == b"kept"
        assert opened.get("content", "report", "r") == b"said"
        assert opened.roster.sequence == was + 1
        assert not {*opened._scopes["content"].values()} & {*scope_keys.values()}
        with opened.file("audit") as file:
            left = file.exec_driver_sql("SELECT count(*) FROM pair WHERE ? IN (agreeing, opening)", (BEN,)).scalar()
            assert left == 0
            assert file.exec_driver_sql("SELECT count(*) FROM reading WHERE person = ?", (BEN,)).scalar() == 0
            assert audit.verify(file, opened.roster).lines > 0
        assert opened.roster.desk_key.signing != founded.key
        opened.check()
    assert b"Ben" not in b"".join(entry.name.encode() for entry in keyring.read(desk).people)


def test_a_copy_of_a_record_key_taken_before_does_not_open_what_is_written_after(
    enter: Enter, desk: Path, founded: vault.Founded, join: Callable[..., None], lead: str
) -> None:
    join("editor")
    with vault.open(desk, BEN, BENS) as opened:
        known = opened._scopes["content"]["desk"]
    with enter(lead) as opened:
        opened.put("content", "note", "1", b"kept")
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
        with opened.file("content") as file:
            wrapped, body = file.exec_driver_sql("SELECT key, body FROM record WHERE kind = 'note'").one()
        assert envelope.open(wrapped, body, ("content", "note", "1"), known) is None


def test_a_handler_who_leaves_takes_the_keys_of_their_partners_only(
    enter: Enter, desk: Path, founded: vault.Founded, lead: str, handler: str, words: dict[str, str]
) -> None:
    with enter(lead) as opened:
        opened.open_scope("content", "partner/wren", [handler])
        opened.put("content", "report", "r", b"said", scope="partner/wren")
        opened.put("content", "note", "1", b"the desk's")
        before = dict(opened._scopes["content"])
        changed = opened._files["content"].exec_driver_sql("SELECT changed FROM record WHERE kind = 'note'").scalar()
    with enter(handler) as opened:
        assert opened.all("content", "report") == {"r": b"said"}
        assert opened.all("content", "note") == {}
    with enter(lead) as opened:
        people.leave(opened, handler, founded.root, on=date(2031, 5, 1))
        after = opened._scopes["content"]
        assert opened.get("content", "report", "r") == b"said"
        assert after["desk"] == before["desk"]
        assert after["partner/wren"] != before["partner/wren"]
        assert opened.roster.desk_key.signing == founded.key
        again = opened._files["content"].exec_driver_sql("SELECT changed FROM record WHERE kind = 'note'").scalar()
        assert again == changed
    with pytest.raises(vault.UnknownMember):
        vault.open(desk, handler, words[handler])


def test_an_editor_who_becomes_a_handler_keeps_only_their_partners(
    enter: Enter, desk: Path, founded: vault.Founded, join: Callable[..., None], lead: str
) -> None:
    join("editor", "handler")
    with enter(lead) as opened:
        opened.open_scope("content", "partner/wren", [BEN])
        opened.put("content", "report", "r", b"said", scope="partner/wren")
        opened.put("content", "note", "1", b"the desk's")
        people.change_roles(opened, BEN, ("handler",), founded.root, on=date(2031, 5, 1))
    with vault.open(desk, BEN, BENS) as opened:
        assert opened.compartments == ("content", "audit")
        assert opened.all("content", "report") == {"r": b"said"}
        assert opened.all("content", "note") == {}
        with pytest.raises(vault.NotAllowed):
            sign_off.propose(opened, "release", "e1", "ready")
    with enter(lead) as opened:
        assert opened.all("content", "note") == {"1": b"the desk's"}
        people.change_roles(opened, BEN, ("editor",), founded.root, on=date(2031, 6, 1))
    with vault.open(desk, BEN, BENS) as opened:
        assert opened.compartments == ("content", "ledger", "audit")
        assert opened.all("content", "note") == {"1": b"the desk's"}
        assert opened.all("content", "report") == {"r": b"said"}


def test_nobody_leaves_with_the_last_key_or_the_last_seal_of_a_profile(
    enter: Enter, desk: Path, founded: vault.Founded, join: Callable[..., None], lead: str, editor: str, case: Case
) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
    join("safety-officer")
    before = (desk / keyring.FILE).read_bytes()
    with vault.open(desk, BEN, BENS) as opened:
        with pytest.raises(vault.NobodyToAgree, match="hand profiles on"):
            people.leave(opened, lead, founded.root, on=date(2031, 5, 1))
        with pytest.raises(vault.NotAllowed, match="oneself"):
            people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
        with pytest.raises(vault.UnknownMember):
            people.leave(opened, "Nobody Here", founded.root, on=date(2031, 5, 1))
    with enter(editor) as opened, pytest.raises(vault.CompartmentClosed, match="identities"):
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
    assert (desk / keyring.FILE).read_bytes() == before
    with enter(lead) as opened:
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
    with enter(lead) as opened, pytest.raises(vault.NobodyToAgree):
        people.leave(opened, editor, founded.root, on=date(2031, 5, 1))


def test_the_last_paymaster_does_not_leave(tmp_path: Path, cheap: vault.Cost, since: date) -> None:
    desk = tmp_path / "paying"
    members = [
        vault.Member("Ada", "ada long enough", ("safety-officer", "paymaster")),
        vault.Member("Kim", "kim long enough", ("paymaster",)),
    ]
    founded = vault.create(desk, members, since=since, cost=cheap)
    with vault.open(desk, "Ada", "ada long enough") as opened:
        opened.put("payments", "payment", "1", b"forty")
        people.leave(opened, "Kim", founded.root, on=since)
        assert opened.get("payments", "payment", "1") == b"forty"
        people.join(opened, vault.Member("Lee", "lee long enough", ("safety-officer",)), founded.root, cost=cheap)
    with vault.open(desk, "Lee", "lee long enough") as opened, pytest.raises(vault.CompartmentClosed, match="payments"):
        people.change_roles(opened, "Ada", ("safety-officer",), founded.root, on=since)


def test_whoever_has_the_desk_open_while_keys_are_replaced_is_told_to_open_it_again(
    enter: Enter, founded: vault.Founded, join: Callable[..., None], lead: str, editor: str
) -> None:
    join("editor")
    with enter(lead) as opened, enter(editor) as other:
        other.put("content", "note", "1", b"kept")
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
        for use in (
            lambda: other.put("content", "note", "2", b"late"),
            lambda: other.get("content", "note", "1"),
            lambda: other.note("late"),
        ):
            with pytest.raises(vault.DeskChanged, match="open it again"):
                use()
    with enter(editor) as other:
        assert other.all("content", "note") == {"1": b"kept"}


def test_what_a_leaver_signed_still_counts_and_nothing_new_is_taken(
    enter: Enter, desk: Path, founded: vault.Founded, join: Callable[..., None], lead: str
) -> None:
    join("editor")
    with vault.open(desk, BEN, BENS) as opened:
        act = sign_off.propose(opened, "lift-embargo", "a movement", "it is over")
        secret = opened.secret
    with enter(lead) as opened:
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
        assert sign_off.look(opened, act).by == BEN
        sign_off.agree(opened, act)
        with pytest.raises(vault.NotAllowed, match="proposed anew"):
            sign_off.agreed(opened, act, "lift-embargo", "a movement")
        with opened.file("audit") as file, pytest.raises(vault.ActNotOpen):
            acts.record(file, "ff", "proposed", BEN, b"{}", secret)


KILLS = int(os.environ.get("FARBANK_KILLS", "12"))


def leaving(desk: Path, lead: str, word: str, root: vault.Secret) -> int:
    """A process in which the lead has the desk open and begins to have Ben leave; its id."""
    opened_there, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with vault.open(desk, lead, word) as opened:
                os.write(tell, b"open")
                people.leave(opened, BEN, root, on=date(2031, 5, 1))
        finally:
            os._exit(0)
    os.close(tell)
    assert os.read(opened_there, 4) == b"open"
    os.close(opened_there)
    return child


def test_killed_at_any_instant_the_desk_opens_and_at_the_end_the_leaver_is_out(
    enter: Enter,
    desk: Path,
    founded: vault.Founded,
    join: Callable[..., None],
    lead: str,
    editor: str,
    words: dict[str, str],
    tmp_path: Path,
) -> None:
    join("safety-officer")
    with enter(lead) as opened, opened.transaction():
        for number in range(300):
            opened.put("content", "note", f"{number:03}", os.urandom(2000))
    with enter(lead) as opened:
        notes = opened.all("content", "note")
    with vault.open(desk, BEN, BENS) as opened:
        old = file_keys_of(opened)
    after: list[bool] = []
    chance = random.Random(8)
    longest = 0.0  # as long as the first takes, which is left alone
    for number in range(-1, KILLS):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(desk, copy)
        child = leaving(copy, lead, words[lead], founded.root)
        began = time.monotonic()
        if number >= 0:
            time.sleep((number + chance.random()) / KILLS * longest)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        longest = longest or 1.3 * (time.monotonic() - began)
        for name in (editor, lead, lead):
            with vault.open(copy, name, words[name]) as opened:
                opened.check()
                assert opened.all("content", "note") == notes
        gone = keyring.read(copy).person(BEN) is None
        assert all(cipher.fits(copy / f"{each}.db", key) != gone for each, key in old.items())
        assert gone or all(len(keys) == 1 for each in keyring.read(copy).people for keys in each.held.values())
        if number < 0:
            assert gone, "who was let finish did not"
        else:
            after.append(gone)
    assert {True, False} == set(after), "the kills did not land on both sides"


def test_a_leave_that_was_cut_short_between_two_files_is_finished_by_whoever_opens_the_desk(
    enter: Enter, desk: Path, founded: vault.Founded, lead: str, editor: str
) -> None:
    """The keyring names both keys; one file is under the new one, the others still under the old."""
    fresh: dict[vault.Compartment, bytes] = {each: os.urandom(32) for each in ("content", "ledger", "audit")}
    with enter(lead) as opened:
        opened.put("content", "note", "1", b"kept")
        old = file_keys_of(opened)
    keyring.write(desk, keyring.read(desk).replacing(fresh, founded.root))
    cipher.rekey(desk / "content.db", old["content"], fresh["content"])
    with enter(editor) as opened:
        assert opened.keys == fresh
        assert opened.get("content", "note", "1") == b"kept"
    assert keyring.read(desk).person(lead).held["content"][1:] == ()  # type: ignore[union-attr]
    with enter(lead) as opened:
        assert opened.keys == {**old, **fresh}


def test_a_leave_cut_short_before_the_keyring_is_done_again(
    enter: Enter,
    desk: Path,
    founded: vault.Founded,
    join: Callable[..., None],
    lead: str,
    editor: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join("safety-officer")
    with enter(lead) as opened:
        opened.put("content", "note", "1", b"kept")
        with monkeypatch.context() as patch:
            patch.setattr(keyring, "write", pulled_plug)
            with pytest.raises(SystemExit):
                people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
    with vault.open(desk, BEN, BENS) as opened:
        assert opened.all("content", "note") == {}, "they are still in the keyring, and out of what was taken"
    with enter(lead) as opened, enter(editor) as other:
        act = sign_off.propose(opened, "release", "e1", "ready")
        sign_off.agree(other, act)
        assert bytes(sign_off.signing_key(other, act).verify_key) == founded.key, "the old key still signs"
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
    with enter(editor) as opened:
        assert opened.all("content", "note") == {"1": b"kept"}
        assert opened.roster.desk_key.signing != founded.key
    with pytest.raises(vault.UnknownMember):
        vault.open(desk, BEN, BENS)


@pytest.mark.parametrize("ceremony", ["join", "give_passphrase", "rotate"])
def test_other_ceremonies_cut_short_before_the_keyring_leave_a_desk_that_works_and_are_done_again(
    enter: Enter,
    desk: Path,
    founded: vault.Founded,
    join: Callable[..., None],
    lead: str,
    editor: str,
    ceremony: str,
    cheap: vault.Cost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join("publisher")
    new = vault.Member("Cho", "cho long enough", ("editor",))

    def carry_out(opened: vault.Vault) -> None:
        if ceremony == "join":
            people.join(opened, new, founded.root, cost=cheap)
        elif ceremony == "rotate":
            vault.rotation.rotate(opened, founded.root, since=date(2031, 5, 1))
        else:
            people.give_passphrase(opened, BEN, BENS, founded.root, cost=cheap)

    with enter(lead) as opened:
        opened.put("content", "note", "1", b"kept")
        with monkeypatch.context() as patch:
            patch.setattr(keyring, "write", pulled_plug)
            with pytest.raises(SystemExit):
                carry_out(opened)
    for again in (False, True):
        with enter(lead) as opened, enter(editor) as other:
            act = sign_off.propose(opened, "release", "e1", "ready")
            sign_off.agree(other, act)
            assert bytes(sign_off.signing_key(other, act).verify_key) == opened.roster.desk_key.signing
            assert other.get("content", "note", "1") == b"kept"
            if not again:
                carry_out(opened)
    with vault.open(desk, BEN, BENS) as opened:
        assert opened.get("content", "note", "1") == b"kept"
    if ceremony == "join":
        vault.open(desk, "Cho", "cho long enough").close()


def pulled_plug(*_: object) -> None:
    raise SystemExit


def test_people_who_join_at_the_same_time_are_all_there(
    desk: Path, founded: vault.Founded, lead: str, words: dict[str, str]
) -> None:
    joining = (
        "import sys; from pathlib import Path; from farbank import vault\n"
        "folder, name, word, seed, new = sys.stdin.read().split('\\n')\n"
        "with vault.open(Path(folder), name, word) as opened:\n"
        "    vault.people.join(opened, vault.Member(new, 'long enough', ('editor',)),\n"
        "                      vault.Secret(bytes.fromhex(seed)), cost=vault.Cost(passes=1, memory=8192))\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", joining], stdin=subprocess.PIPE, env={**os.environ}, text=True)
        for _ in range(4)
    ]
    for number, run in enumerate(runs):
        assert run.stdin is not None
        run.stdin.write(f"{desk}\n{lead}\n{words[lead]}\n{founded.root.seed.hex()}\nHand {number}")
        run.stdin.close()
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    for number in range(4):
        vault.open(desk, f"Hand {number}", "long enough").close()


def test_the_old_key_reads_no_page_once_it_was_replaced(
    enter: Enter, desk: Path, founded: vault.Founded, join: Callable[..., None], lead: str
) -> None:
    join("editor")
    with vault.open(desk, BEN, BENS) as opened:
        old = opened.keys["content"]
    with enter(lead) as opened:
        people.leave(opened, BEN, founded.root, on=date(2031, 5, 1))
    file = dbapi2.connect(desk / "content.db")
    file.execute(f"""PRAGMA key = "x'{old.hex()}'" """)
    with pytest.raises(dbapi2.DatabaseError, match="not a database"):
        file.execute("SELECT * FROM record")
    file.close()
