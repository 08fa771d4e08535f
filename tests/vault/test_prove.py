"""A backup is proved by reading it: what was proved before by its bits, what is new by opening it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_desk import EDITOR, OFFICER, PAYMASTER, case, enter, found

from farbank import vault
from farbank.vault import backup, case_store, prove, restore
from farbank.vault.backup_parts import SEGMENTS, Keys, latest, read_keys, sealed_chunk, sealed_keys

Change = Callable[[Keys], Keys]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and a place, proved once, and backed up again since."""
    folder = tmp_path_factory.mktemp("prove")
    found(folder / "desk")
    with enter(folder / "desk", OFFICER) as opened:
        case_store.save(opened, case())
        backup.backup(opened, folder / "place")
        prove.prove(opened, folder / "place")
        opened.put("content", "report", "r1", b"They closed the mill.")
        opened.append("content", "judgements:mill-order", b"doubtful")
        backup.backup(opened, folder / "place")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    # in the same place by name, since it is by its name that a place was proved
    shutil.copytree(made, tmp_path / "kept")
    return made


@pytest.fixture(autouse=True)
def put_back(made: Path, tmp_path: Path) -> Iterator[None]:
    """Each test finds the place as it was made, under the name by which it was proved."""
    shutil.copytree(made, tmp_path / "before")
    yield
    shutil.rmtree(made)
    shutil.copytree(tmp_path / "before", made)


def proved(folder: Path, name: str = OFFICER) -> restore.Restored:
    with enter(folder / "desk", name) as opened:
        return prove.prove(opened, folder / "place")


def rewritten(folder: Path, compartment: vault.Compartment, change: Change) -> None:
    """The keys of a compartment as somebody of the desk would have made them up."""
    with enter(folder / "desk", OFFICER) as opened:
        path = latest(folder / "place") / f"{compartment}.age"
        keys = change(read_keys(path, opened.secret, opened.roster))
        path.write_bytes(sealed_keys(keys, [opened.me.public], opened.person, opened.secret))


def test_it_says_what_restoring_says(made: Path) -> None:
    with enter(made / "desk", OFFICER) as opened:
        assert prove.prove(opened, made / "place") == restore.verify(opened, made / "place")
        assert prove.prove(opened, made / "place") == restore.verify(opened, made / "place")
    assert not list((made / "place").glob(".verifying-*"))


def test_whoever_holds_less_proves_less(made: Path) -> None:
    with enter(made / "desk", PAYMASTER) as opened:
        backup.backup(opened, made / "place")
        done = prove.prove(opened, made / "place")
    assert set(done.compartments) == {"payments", "audit"} and "content" in done.left_out


@pytest.mark.parametrize("how", ["flipped", "cut", "gone"])
def test_every_file_is_read_whether_it_was_proved_before_or_not(made: Path, tmp_path: Path, how: str) -> None:
    place = made / "place"
    files = [path for path in sorted(place.rglob("*.age")) if path.name != "keyring.age"]
    assert len(files) >= 8
    for path in files:
        whole = path.read_bytes()
        if how == "gone":
            path.unlink()
        else:
            broken = bytearray(whole if how == "flipped" else whole[:-1])
            broken[len(broken) // 2] ^= how == "flipped"
            path.write_bytes(broken)
        with pytest.raises(vault.BackupDamaged, match=path.name):
            proved(made)
        path.write_bytes(whole)
    proved(made)


def lacking_the_newest(keys: Keys) -> Keys:
    return msgspec.structs.replace(keys, segments=keys.segments[:-1])


def with_another_key(kind: str) -> Change:
    def change(keys: Keys) -> Keys:
        rows = [[*row] for row in keys.records]
        (at,) = [n for n, row in enumerate(rows) if row[0] == kind]
        rows[at][3] = bytes(len(rows[at][3]))
        return msgspec.structs.replace(keys, records=[tuple(row) for row in rows])

    return change


def under_the_number_of_another(keys: Keys) -> Keys:
    rows = [(*row[:5], 1, *row[6:]) for row in keys.records]
    return msgspec.structs.replace(keys, records=rows)


@pytest.mark.parametrize(
    "change",
    [lacking_the_newest, with_another_key("report"), with_another_key("case"), under_the_number_of_another],
    ids=["a segment left out", "the key of what is new", "the key of what is old", "one put in place of all"],
)
def test_keys_somebody_made_up_are_refused(made: Path, change: Change) -> None:
    rewritten(made, "content", change)
    with pytest.raises(vault.BackupDamaged):
        proved(made)


def test_a_body_that_is_not_the_records_is_found(made: Path) -> None:
    def change(keys: Keys) -> Keys:
        segment, sealed = sealed_chunk("content", {"record": [(row[5], b"x" * 80) for row in keys.records]})
        (made / "place" / SEGMENTS / segment.name).write_bytes(sealed)
        return msgspec.structs.replace(keys, segments=(segment,))

    rewritten(made, "content", change)
    with pytest.raises(vault.BackupDamaged, match="was altered"):
        proved(made)


def test_the_audit_goes_on_from_where_it_was_followed_to(made: Path) -> None:
    first = proved(made).audit
    with enter(made / "desk", EDITOR) as opened:
        opened.note("looked")
    with enter(made / "desk", OFFICER) as opened:
        backup.backup(opened, made / "place")
    second = proved(made).audit
    assert first is not None and second is not None
    assert second.lines == first.lines + 2  # the look, and that a backup was made before

    def change(keys: Keys) -> Keys:
        return msgspec.structs.replace(keys, segments=keys.segments[:-1])

    with enter(made / "desk", OFFICER) as opened:
        opened.note("looked again")
        backup.backup(opened, made / "place")
    rewritten(made, "audit", change)
    with pytest.raises(vault.AuditBroken):
        proved(made)


def test_a_place_begun_anew_is_proved_from_nothing(made: Path) -> None:
    shutil.rmtree(made / "place")
    with enter(made / "desk", OFFICER) as opened:
        backup.backup(opened, made / "place")
        assert prove.prove(opened, made / "place") == restore.verify(opened, made / "place")
