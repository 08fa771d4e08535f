"""Desks that earlier code wrote are read whole and moved; what is newer is refused."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from farbank import vault
from farbank.desk.standing import standing
from farbank.desk.take_step import take_step
from farbank.model.case import Case
from farbank.publish.errors import StepRefused
from farbank.vault import case_store, cipher, identities, keyring, older, sign_off

FIXTURES = Path(__file__).with_name("fixtures")
Move = Callable[[Path], vault.Founded]


@pytest.fixture(params=["schema-1", "schema-2"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A desk as earlier code wrote it."""
    with tarfile.open(FIXTURES / f"{request.param}.tar.xz") as stored:
        stored.extractall(tmp_path / request.param, filter="data")
    return tmp_path / str(request.param)


@pytest.fixture
def move(
    tmp_path: Path, members: list[vault.Member], lead: str, words: dict[str, str], since: date, cheap: vault.Cost
) -> Move:
    def moved(before: Path) -> vault.Founded:
        read = older.read(before, lead, words[lead])
        return older.move(read, tmp_path / "desk", members, by=lead, since=since, cost=cheap)

    return moved


def test_all_of_it_is_there_afterwards(
    before: Path, move: Move, tmp_path: Path, case: Case, lead: str, editor: str, words: dict[str, str]
) -> None:
    was = {path.name: path.read_bytes() for path in before.glob("*.*")}
    founded = move(before)
    with vault.open(tmp_path / "desk", editor, words[editor]) as opened:
        assert opened.get("content", "note", "1") == b"a note of before"
        assert case_store.forbidden(opened, case.name) == b"key and hashes"
        seen = case_store.load(opened, case.name)
        assert msgspec.structs.replace(seen, judgements=(), places=case.places, identities=case.identities) == case
        assert len(seen.judgements) == (before.name == "schema-2")
        assert [(each.kind, each.edition) for each in opened.ledger_entries()] == [
            ("intent", "e1"),
            ("confirmation", "e1"),
            ("intent", "e2"),
        ]
        assert opened.unconfirmed() == ("e2",)
        assert opened.released()[0].body == b'{"place":"qz:north"}'
        assert case_store.authors(opened, case.name) == (lead,)
        assert opened.ids("content", "desk-key") == ()
        assert opened.roster.desk_key.signing == founded.key
    assert {path.name: path.read_bytes() for path in before.glob("*.*") if path.name in was} == was


def test_what_it_released_is_out_and_no_story_takes_its_name(
    before: Path, move: Move, tmp_path: Path, case: Case, editor: str, words: dict[str, str]
) -> None:
    move(before)
    now = datetime(2031, 8, 1, tzinfo=UTC)
    with vault.open(tmp_path / "desk", editor, words[editor]) as opened:
        assert standing(opened, case.name).editions == {}
        for name in ("e1", "e2"):
            with pytest.raises(StepRefused, match="a name is used once"):
                take_step(opened, case.name, "submit", edition=name, now=now, reason="it is written")
        assert take_step(opened, case.name, "submit", now=now, reason="it is written").moved == {case.name: "review"}


def test_profiles_are_sealed_one_by_one_and_open_to_two(
    before: Path, move: Move, tmp_path: Path, case: Case, lead: str, editor: str, words: dict[str, str]
) -> None:
    move(before)
    with vault.open(tmp_path / "desk", lead, words[lead]) as officer:
        sealed = case_store.people(officer, case.name)
        assert b"Orla Fenwick" not in b"".join(officer.all("identities", case_store.PRIVATE).values())
        act = sign_off.propose(officer, "open-identity", case.name, "x", keys=tuple(each.about for each in sealed))
        with vault.open(tmp_path / "desk", editor, words[editor]) as other:
            sign_off.agree(other, act)
        opened = [identities.open(officer, each, act) for each in sealed]
    assert tuple(each.identity for each in opened) == case.identities
    assert {place.id for place in opened[0].places} == {place.id for place in case.places}


def test_whoever_does_not_open_all_of_it_cannot_move_it(before: Path, editor: str, words: dict[str, str]) -> None:
    with pytest.raises(vault.CompartmentClosed, match="opens all"):
        older.read(before, editor, words[editor])
    with pytest.raises(vault.WrongPassphrase):
        older.read(before, editor, words[editor] + "x")
    with pytest.raises(vault.UnknownMember):
        older.read(before, "Nobody Here", words[editor])


def test_it_is_not_opened_as_if_it_were_of_now(before: Path, lead: str, words: dict[str, str]) -> None:
    with pytest.raises(vault.MadeByOlderFarbank, match="farbank desk renew"):
        vault.open(before, lead, words[lead])


def test_a_desk_of_now_and_one_of_later_are_not_moved(
    desk: Path, before: Path, lead: str, words: dict[str, str]
) -> None:
    with pytest.raises(vault.NotOlder):
        older.read(desk, lead, words[lead])
    plain = keyring.undamaged((before / keyring.FILE).read_bytes(), before)
    (before / keyring.FILE).write_bytes(keyring.canonical({**plain, "version": 3}))
    with pytest.raises(vault.MadeByNewerFarbank):
        older.read(before, lead, words[lead])


def test_a_flipped_byte_is_named(before: Path, lead: str, words: dict[str, str]) -> None:
    data = bytearray((before / "content.db").read_bytes())
    data[len(data) // 2] ^= 1
    (before / "content.db").write_bytes(data)
    with pytest.raises(vault.VaultDamaged, match=r"content\.db"):
        older.read(before, lead, words[lead])


def test_a_ledger_with_a_gap_is_not_moved(before: Path, lead: str, words: dict[str, str]) -> None:
    keys = older.keys((before / keyring.FILE).read_bytes(), before, lead, words[lead])
    with cipher.connect(before / "ledger.db", keys["ledger"]) as file:
        file.exec_driver_sql("DROP TRIGGER entry_remains")
        file.exec_driver_sql("DELETE FROM entry WHERE sequence = 2")
    with pytest.raises(vault.VaultDamaged, match="missing"):
        older.read(before, lead, words[lead])


def test_people_nobody_could_open_stop_the_move_and_leave_nothing(
    before: Path, tmp_path: Path, lead: str, words: dict[str, str], since: date, cheap: vault.Cost
) -> None:
    alone = [vault.Member(lead, words[lead], ("safety-officer",))]
    with pytest.raises(vault.NobodyToAgree):
        older.move(older.read(before, lead, words[lead]), tmp_path / "new", alone, by=lead, since=since, cost=cheap)
    assert not (tmp_path / "new").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".new")]
