"""A backup is whole or it is the one before, opens for whom the desk opens, and is refused if one byte is not right."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from small_desk import EDITOR, HANDLER, OFFICER, PAYMASTER, WORDS, case, enter, found

from farbank import vault
from farbank.model.errors import FolderInUse
from farbank.vault import age, backup, burn, case_store, keyring, restore, sign_off
from farbank.vault.backup_parts import SEGMENTS, latest


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Path, vault.Secret]:
    """A desk with a case, a release and a payment, and its root."""
    folder = tmp_path / "desk"
    root = found(folder).root
    with enter(folder, OFFICER) as opened:
        opened.open_scope("content", "partner/wren", [HANDLER])
        opened.put("content", "report", "r0", b"She saw the ferry.", scope="partner/wren")
        case_store.save(opened, case(), forbidden=b"the gate's list")
        opened.append("content", "judgements:mill-order", b"what Ines thought")
        act = sign_off.propose(opened, "release", "ed-1", "it is ready")
    with enter(folder, EDITOR) as other:
        sign_off.agree(other, act)
        other.ledger_append(vault.LedgerEntry(kind="intent", edition="ed-1"), sign_off.signing_key(other, act))
        sign_off.done(other, act)
    with enter(folder, PAYMASTER) as paying:
        paying.put("payments", "payment", "p1", b"nine coins")
    return folder, root


def backed_up(folder: Path, name: str, place: Path) -> None:
    with enter(folder, name) as opened:
        backup.backup(opened, place)


def contents(folder: Path, name: str) -> dict[str, object]:
    with enter(folder, name) as opened:
        kinds = ("report", "case", "forbidden", "media:mill-order", "identities-of")
        seen: dict[str, object] = {kind: opened.all("content", kind) for kind in kinds}
        if "ledger" in opened.compartments:
            seen["ledger"] = opened.ledger_entries()
            seen["judged"] = opened.log("content", "judgements:mill-order")
        if "identities" in opened.compartments:
            seen["people"] = case_store.people(opened, "mill-order")
        seen["acts"] = list(sign_off.every(opened))
        return seen


def test_a_restored_desk_is_the_desk(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    with enter(folder, EDITOR) as opened:
        opened.put("content", "report", "r9", b"Later.")
        opened.delete("content", "media:mill-order", "mill.png")
    backed_up(folder, PAYMASTER, tmp_path / "place")
    backed_up(folder, OFFICER, tmp_path / "place")
    done = restore.restore(tmp_path / "place", tmp_path / "again", root, OFFICER, WORDS[OFFICER])
    assert set(done.compartments) == {"content", "identities", "ledger", "audit"}
    assert done.left_out == ("payments",) and done.audit is not None
    rest = restore.restore_rest(tmp_path / "place", tmp_path / "again", PAYMASTER, WORDS[PAYMASTER])
    assert (rest.compartments, rest.left_out) == (("payments",), ())
    for name in (OFFICER, EDITOR, HANDLER):
        assert contents(tmp_path / "again", name) == contents(folder, name)
    with enter(tmp_path / "again", PAYMASTER) as paying:
        assert paying.get("payments", "payment", "p1") == b"nine coins"
    with enter(tmp_path / "again", OFFICER) as opened:
        opened.check()
        assert opened.get("content", "report", "r9") == b"Later."
        act = sign_off.propose(opened, "release", "ed-2", "the next")
    with enter(tmp_path / "again", EDITOR) as other:  # the desk's key can be put together again, too
        sign_off.agree(other, act)
        other.ledger_append(vault.LedgerEntry(kind="intent", edition="ed-2"), sign_off.signing_key(other, act))


def test_only_what_is_new_is_added_and_old_segments_stay_as_they_are(
    desk: tuple[Path, vault.Secret], tmp_path: Path
) -> None:
    folder, _ = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    before = {path.name: path.read_bytes() for path in (tmp_path / "place" / SEGMENTS).iterdir()}
    with enter(folder, EDITOR) as opened:
        opened.put("content", "report", "big", bytes(300_000))
    backed_up(folder, OFFICER, tmp_path / "place")
    after = {path.name: path.read_bytes() for path in (tmp_path / "place" / SEGMENTS).iterdir()}
    assert before.items() <= after.items()
    assert 300_000 < sum(map(len, after.values())) - sum(map(len, before.values())) < 330_000
    with enter(folder, OFFICER) as opened:
        assert set(restore.verify(opened, tmp_path / "place").compartments) == set(opened.compartments)
    assert not list((tmp_path / "place").glob(".verifying-*"))


def test_a_place_that_is_found_opens_for_nobody(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    said = (b"ferry", b"mill", b"wren", b"Ines", b"argon", b"nine coins", b"SQLite")
    for path in (path for path in (tmp_path / "place").rglob("*") if path.is_file()):
        data = path.read_bytes()
        assert not [word for word in said if word in data], path.name
        assert age.open(data, vault.Secret.new()) is None
        assert path.stat().st_mode & 0o077 == 0
        opens = age.open(data, root) is not None
        assert opens == (path.name == "keyring.age")  # the root alone reads no compartment of a desk without recovery
    with enter(folder, EDITOR) as editor:
        for name, opens in {"content": True, "identities": False, "ledger": True, "audit": True}.items():
            sealed = (latest(tmp_path / "place") / f"{name}.age").read_bytes()
            assert (age.open(sealed, editor.secret) is not None) == opens


def test_the_root_alone_restores_no_desk_that_did_not_choose_so(
    desk: tuple[Path, vault.Secret], tmp_path: Path
) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    with pytest.raises(vault.NotAllowed):
        restore.restore_by_root(tmp_path / "place", tmp_path / "again", root)


def test_the_root_opens_a_recoverable_desks_backup(tmp_path: Path) -> None:
    members = [vault.Member("Ada", "ada long enough", ("safety-officer",))]
    cost = vault.Cost(passes=1, memory=8192)
    root = vault.create(tmp_path / "desk", members, since=date(2031, 1, 1), recoverable=True, cost=cost).root
    with vault.open(tmp_path / "desk", "Ada", "ada long enough") as opened:
        backup.backup(opened, tmp_path / "place")
        opened.put("content", "report", "r0", b"She saw the ferry.")
        backup.backup(opened, tmp_path / "place")
    done = restore.restore_by_root(tmp_path / "place", tmp_path / "again", root)
    assert set(done.compartments) == {"content", "identities", "ledger", "audit"}
    with vault.open(tmp_path / "again", "Ada", "ada long enough") as opened:
        assert opened.get("content", "report", "r0") == b"She saw the ferry."


@pytest.mark.parametrize("how", ["flipped", "cut", "gone", "emptied"])
def test_a_backup_that_is_not_whole_is_refused_and_the_file_named(
    desk: tuple[Path, vault.Secret], tmp_path: Path, how: str
) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    files = sorted(path.relative_to(tmp_path / "place") for path in (tmp_path / "place").rglob("*.age"))
    assert len(files) >= 9
    for relative in files:
        broken = tmp_path / "broken"
        shutil.copytree(tmp_path / "place", broken)
        path, data = broken / relative, bytearray((broken / relative).read_bytes())
        if how == "flipped":
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
        elif how == "gone":
            path.unlink()
        else:
            path.write_bytes(data[: -1 if how == "cut" else 0])
        with pytest.raises((vault.BackupDamaged, vault.NotTheRoot), match=relative.name):
            restore.restore(broken, tmp_path / "again", root, OFFICER, WORDS[OFFICER])
        assert not (tmp_path / "again").exists()
        shutil.rmtree(broken)


def test_a_backup_somebody_else_made_up_is_refused(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    ring = keyring.read(folder)
    officer = ring.roster.colleague(OFFICER)
    assert officer is not None
    stranger = found(tmp_path / "other")  # anybody can seal to a public key; only the desk's people can sign
    with enter(tmp_path / "other", OFFICER) as opened:
        backup.backup(opened, tmp_path / "theirs")
        forged = age.open((latest(tmp_path / "theirs") / "audit.age").read_bytes(), opened.secret)
    assert forged is not None and stranger.root.public != root.public
    (latest(tmp_path / "place") / "audit.age").write_bytes(age.seal(forged, [officer.public]))
    with pytest.raises(vault.BackupDamaged, match="nobody of this desk signed it"):
        restore.restore(tmp_path / "place", tmp_path / "again", root, OFFICER, WORDS[OFFICER])
    (latest(tmp_path / "place") / "audit.age").write_bytes(age.seal(b"\x01nonsense", [officer.public]))
    with pytest.raises(vault.BackupDamaged, match="not what farbank writes"):
        restore.restore(tmp_path / "place", tmp_path / "again", root, OFFICER, WORDS[OFFICER])


def test_one_compartments_keys_in_anothers_place_are_refused(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    keys = latest(tmp_path / "place")
    (keys / "identities.age").write_bytes((keys / "content.age").read_bytes())
    with pytest.raises(vault.BackupDamaged, match="another's place"):
        restore.restore(tmp_path / "place", tmp_path / "again", root, OFFICER, WORDS[OFFICER])


def test_nothing_is_restored_over_a_desk_nor_an_older_desk_backed_up_over_a_newer(
    desk: tuple[Path, vault.Secret], tmp_path: Path
) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    restore.restore(tmp_path / "place", tmp_path / "older", root, OFFICER, WORDS[OFFICER])
    for refused in (folder, tmp_path / "older"):
        with pytest.raises(FolderInUse):
            restore.restore(tmp_path / "place", refused, root, OFFICER, WORDS[OFFICER])
    with pytest.raises(FolderInUse):
        restore.restore_rest(tmp_path / "place", folder, OFFICER, WORDS[OFFICER])
    backed_up(folder, OFFICER, tmp_path / "place")  # from here on the two desks are no longer one
    for _ in range(6):
        with enter(tmp_path / "older", OFFICER) as opened:
            with pytest.raises(vault.OtherBackup):
                backup.backup(opened, tmp_path / "place")
            opened.put("content", "report", "r1", b"another history")
            opened.note("another history")
    found(tmp_path / "stranger")
    with pytest.raises(vault.OtherBackup):
        backed_up(tmp_path / "stranger", OFFICER, tmp_path / "place")
    restore.restore(tmp_path / "place", tmp_path / "newer", root, OFFICER, WORDS[OFFICER])


def test_who_may_not_and_where_not(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    with pytest.raises(vault.NotAllowed):
        backed_up(folder, HANDLER, tmp_path / "place")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mother.txt").write_text("dear")
    with pytest.raises(FolderInUse):
        backed_up(folder, OFFICER, tmp_path / "letters")
    with pytest.raises(vault.NoBackup):
        restore.restore(tmp_path / "letters", tmp_path / "again", root, OFFICER, WORDS[OFFICER])
    backed_up(folder, OFFICER, tmp_path / "place")
    for error, secret, name, word in (
        (vault.NotTheRoot, vault.Secret.new(), OFFICER, WORDS[OFFICER]),
        (vault.WrongPassphrase, root, OFFICER, WORDS[EDITOR]),
        (vault.UnknownMember, root, "Nobody", WORDS[OFFICER]),
    ):
        with pytest.raises(error):
            restore.restore(tmp_path / "place", tmp_path / "again", secret, name, word)
    assert not (tmp_path / "again").exists()


def test_somebody_writes_while_a_backup_is_made_and_two_are_made_at_once(
    desk: tuple[Path, vault.Secret], tmp_path: Path
) -> None:
    folder, root = desk

    def write() -> None:
        with enter(folder, EDITOR) as opened:
            for i in range(40):
                opened.put("content", "report", f"w{i:02}", b"said " * 100)

    with ThreadPoolExecutor(3) as pool:
        made = [pool.submit(backed_up, folder, OFFICER, tmp_path / "place") for _ in range(2)]
        for each in (pool.submit(write), *made):
            each.result()
    restore.restore(tmp_path / "place", tmp_path / "again", root, OFFICER, WORDS[OFFICER])
    with enter(tmp_path / "again", OFFICER) as opened:
        ids = opened.ids("content", "report")
        assert ids[1:] == tuple(f"w{i:02}" for i in range(len(ids) - 1))  # up to some instant, without a gap


def test_a_full_disk_leaves_the_backup_before(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    backed_up(folder, OFFICER, tmp_path / "place")
    with enter(folder, OFFICER) as opened:
        opened.put("content", "report", "big", bytes(2_000_000))
        before = {path: path.read_bytes() for path in (tmp_path / "place").rglob("*") if path.is_file()}
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limit[1]))  # the kernel refuses to write past it
        try:
            with pytest.raises(OSError):
                backup.backup(opened, tmp_path / "place")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        assert {path: path.read_bytes() for path in (tmp_path / "place").rglob("*") if path.is_file()} == before
        backup.backup(opened, tmp_path / "place")
    restore.restore(tmp_path / "place", tmp_path / "again", root, OFFICER, WORDS[OFFICER])
    with enter(tmp_path / "again", OFFICER) as opened:
        assert opened.get("content", "report", "big") == bytes(2_000_000)


def test_a_killed_backup_leaves_the_one_before_or_the_new_one(desk: tuple[Path, vault.Secret], tmp_path: Path) -> None:
    folder, root = desk
    program = Path(__file__).with_name("back_up_for_ever.py")
    for i in range(6):
        child = subprocess.Popen(
            [sys.executable, program, folder, tmp_path / "place"], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        acknowledged = int(child.stdout.readline())
        time.sleep(0.11 * i)
        child.kill()
        acknowledged = max([acknowledged, *map(int, child.communicate()[0].split())])
        restore.restore(tmp_path / "place", tmp_path / f"again{i}", root, OFFICER, WORDS[OFFICER])
        with enter(tmp_path / f"again{i}", OFFICER) as opened:
            opened.check()
            numbers = [int(id[1:]) for id in opened.ids("content", "report") if id != "r0"]
            assert len(numbers) >= acknowledged and len(numbers) % 20 == 0
    backed_up(folder, OFFICER, tmp_path / "place")  # and what the dead ones left is swept away
    assert len(list((tmp_path / "place").iterdir())) == 2
    assert not list((tmp_path / "place").rglob("*.new"))


def test_a_place_begins_anew_once_it_is_mostly_noise(
    desk: tuple[Path, vault.Secret], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = desk
    monkeypatch.setattr(backup, "_NOISE", 100_000)
    with enter(folder, OFFICER) as opened:
        for _ in range(4):
            opened.put("content", "report", "same", bytes(200_000))
            backup.backup(opened, tmp_path / "place")
        burn.spike(opened, "report", "same", "x")
        burn.burn(opened, "report", "same", "x", date.today())
        backup.backup(opened, tmp_path / "place")
        restore.verify(opened, tmp_path / "place")
    assert sum(path.stat().st_size for path in (tmp_path / "place" / SEGMENTS).iterdir()) < 200_000


@given(st.binary(min_size=32, max_size=32))
def test_age_reads_our_spelling_of_a_persons_keys(seed: bytes) -> None:
    secret = vault.Secret(seed)
    identity = pyrage.x25519.Identity.from_str(age.identity(secret))
    assert str(identity.to_public()) == age.recipient(secret.public)
    assert age.open(age.seal(b"said", [secret.public]), secret) == b"said"
