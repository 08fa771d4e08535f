"""Creating and opening a desk: who gets in, who does not, and what each is told."""

from __future__ import annotations

import json
import os
import stat
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from farbank import vault
from farbank.model.errors import FolderInUse
from farbank.vault import people

Enter = Callable[[str], vault.Vault]
SINCE = date(2031, 1, 1)


def test_everybody_holds_what_their_roles_open(enter: Enter, lead: str, editor: str, handler: str) -> None:
    for name, held in (
        (lead, ("content", "identities", "ledger", "audit")),
        (editor, ("content", "ledger", "audit")),
        (handler, ("content", "audit")),
    ):
        with enter(name) as opened:
            assert opened.compartments == held


def test_wrong_passphrase_is_one_sentence_and_changes_nothing(desk: Path, lead: str) -> None:
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    with pytest.raises(vault.WrongPassphrase) as caught:
        vault.open(desk, lead, "seven grey herons wade!")
    assert str(caught.value) == "this passphrase is not Ines Okafor's; try again, nothing was changed"
    assert {path.name: path.read_bytes() for path in desk.iterdir()} == before


def test_one_persons_passphrase_does_not_open_as_another(
    desk: Path, lead: str, handler: str, words: dict[str, str]
) -> None:
    with pytest.raises(vault.WrongPassphrase):
        vault.open(desk, lead, words[handler])


def test_unknown_person(desk: Path) -> None:
    with pytest.raises(vault.UnknownMember, match="Nobody Here"):
        vault.open(desk, "Nobody Here", "seven grey herons wade")


def test_a_hangul_passphrase_opens_however_the_keyboard_composes_it(
    desk: Path, editor: str, words: dict[str, str]
) -> None:
    import unicodedata

    apart = unicodedata.normalize("NFD", words[editor])
    assert apart != words[editor]
    vault.open(desk, unicodedata.normalize("NFD", editor), apart).close()


def test_no_desk(tmp_path: Path) -> None:
    with pytest.raises(vault.NoDesk):
        vault.open(tmp_path / "nowhere", "Ines Okafor", "seven grey herons wade")
    with pytest.raises(vault.NoDesk):
        vault.open(tmp_path, "Ines Okafor", "seven grey herons wade")


def test_an_existing_desk_is_never_overwritten(desk: Path, members: list[vault.Member], cheap: vault.Cost) -> None:
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    with pytest.raises(FolderInUse):
        vault.create(desk, members, since=SINCE, cost=cheap)
    assert {path.name: path.read_bytes() for path in desk.iterdir()} == before
    assert [path.name for path in desk.parent.iterdir()] == ["desk"]


def test_a_folder_with_anything_in_it_is_refused_and_an_empty_one_is_used(
    tmp_path: Path, members: list[vault.Member], cheap: vault.Cost
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("keep")
    with pytest.raises(FolderInUse):
        vault.create(tmp_path / "notes", members, since=SINCE, cost=cheap)
    (tmp_path / "empty").mkdir()
    vault.create(tmp_path / "empty", members, since=SINCE, cost=cheap)
    assert (tmp_path / "empty" / "keyring.json").exists()


def test_a_key_nobody_would_hold_is_refused(tmp_path: Path, cheap: vault.Cost) -> None:
    with pytest.raises(vault.KeyWithoutHolder, match="identities"):
        vault.create(tmp_path / "d", [vault.Member("A", "long enough", ("editor",))], since=SINCE, cost=cheap)
    assert list(tmp_path.iterdir()) == []


def test_two_people_of_one_name_and_a_short_passphrase_are_refused(tmp_path: Path, cheap: vault.Cost) -> None:
    officer: tuple[vault.Role, ...] = ("safety-officer",)
    with pytest.raises(vault.MemberExists):
        twins = [vault.Member("A", "long enough", officer), vault.Member(" A ", "long enough too", officer)]
        vault.create(tmp_path / "d", twins, since=SINCE, cost=cheap)
    with pytest.raises(vault.PassphraseTooShort):
        vault.create(tmp_path / "d", [vault.Member("A", "short", officer)], since=SINCE, cost=cheap)


@pytest.mark.parametrize("roles", [(), ("content",), ("editor", "administrator")])
def test_a_member_with_roles_no_desk_has(roles: tuple[vault.Role, ...]) -> None:
    with pytest.raises(ValueError, match="expected one or more"):
        vault.Member("A", "long enough", roles)


def test_only_the_owner_can_read_even_under_a_loose_umask(
    tmp_path: Path, members: list[vault.Member], cheap: vault.Cost, lead: str, words: dict[str, str]
) -> None:
    loose = os.umask(0)
    try:
        made = vault.create(tmp_path / "d", members, since=SINCE, cost=cheap)
        with vault.open(tmp_path / "d", lead, words[lead]) as opened:
            opened.put("content", "note", "1", b"x")
            people.join(opened, vault.Member("New Hand", "long enough", ("editor",)), made.root, cost=cheap)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "d").iterdir()}
    finally:
        os.umask(loose)
    assert stat.S_IMODE((tmp_path / "d").stat().st_mode) == 0o700
    assert {"content.db", "content.db-wal", "keyring.json"} <= set(modes)
    assert set(modes.values()) == {0o600}, modes


def test_the_default_cost_is_a_quarter_gibibyte(tmp_path: Path, lead: str) -> None:
    vault.create(tmp_path / "d", [vault.Member(lead, "long enough", ("safety-officer",))], since=SINCE)
    plain = json.loads((tmp_path / "d" / "keyring.json").read_bytes())
    assert plain["people"][0]["ways"][0]["cost"] == {"memory": 256 << 20, "passes": 3}


def test_no_passphrase_or_key_shows_when_things_are_printed_or_fail(
    desk: Path,
    founded: vault.Founded,
    members: list[vault.Member],
    enter: Enter,
    lead: str,
    words: dict[str, str],
) -> None:
    with enter(lead) as opened:
        shown = repr(members) + repr(opened) + str(opened) + repr(opened._files) + repr(opened._files["content"].engine)
        shown += repr(opened.secret) + repr(founded)
        keys = [opened.secret.seed.hex(), founded.root.seed.hex(), repr(opened.secret.seed), repr(founded.root.seed)]
        keys += [key.hex() for key in opened.keys.values()]
    wrong = words[lead][::-1]  # not spelt out, since a traceback quotes the source
    try:
        vault.open(desk, lead, wrong)
    except vault.WrongPassphrase as error:
        shown += "".join(traceback.format_exception(error)) + repr(error) + repr(error.__context__)
    assert not [secret for secret in [*words.values(), *keys, wrong] if secret in shown]
