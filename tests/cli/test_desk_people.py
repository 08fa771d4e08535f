"""The root's ceremonies in a terminal: every secret is a line of standard input, none is an argument."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from farbank import vault
from farbank.cli import app
from farbank.publish import desk_keys
from farbank.vault import older, people, recovery, ways, words
from tests.cli.conftest import CHEAP

ADA, BEN = "Ada Weir", "Ben Achterberg"
PASS = {ADA: "ada long enough", BEN: "ben long enough"}
NEW = "a new one, long enough"
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    for made in (people.join, people.give_passphrase, ways.change_passphrase, recovery.recover, older.move):
        monkeypatch.setitem(made.__kwdefaults__, "cost", CHEAP)


@pytest.fixture
def founded(tmp_path: Path) -> vault.Founded:
    members = [vault.Member(ADA, PASS[ADA], ("safety-officer",)), vault.Member(BEN, PASS[BEN], ("editor",))]
    return vault.create(tmp_path / "desk", members, since=date(2031, 1, 1), recoverable=True, cost=CHEAP)


@pytest.fixture
def shares(founded: vault.Founded) -> tuple[str, ...]:
    return words.split(founded.root, 2, 3)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run farbank desk … as Ada with these lines on standard input."""

    def ran(command: str, *arguments: str, lines: tuple[str, ...] = (), as_: str | None = ADA) -> Result:
        who = ["--desk", str(tmp_path / "desk"), "--as", as_] if as_ else []
        typed = "".join(f"{line}\n" for line in lines)
        return CliRunner().invoke(app, ["desk", command, *arguments, *who], input=typed)

    return ran


def test_somebody_joins_changes_roles_and_leaves(run: Run, tmp_path: Path, shares: tuple[str, ...]) -> None:
    root = (PASS[ADA], shares[2], shares[0])
    assert run("join", "Cho=handler", lines=(*root, NEW)).exit_code == 0
    vault.open(tmp_path / "desk", "Cho", NEW).close()
    assert run("roles", "Cho=publisher", lines=root).exit_code == 0
    with vault.open(tmp_path / "desk", "Cho", NEW) as opened:
        assert opened.me.roles == ("publisher",)
    assert run("leave", "Cho", "--on", "2031-05-01", lines=root).exit_code == 0
    with pytest.raises(vault.UnknownMember):
        vault.open(tmp_path / "desk", "Cho", NEW)


def test_shares_of_another_root_change_nothing(run: Run, founded: vault.Founded, tmp_path: Path) -> None:
    before = (tmp_path / "desk" / "keyring.json").read_bytes()
    wrong = words.split(vault.Secret.new(), 2, 2)
    for command, arguments in (
        ("join", ("Cho=handler",)),
        ("leave", (BEN,)),
        ("rotate-key", ()),
        ("revoke-key", (founded.key.hex(),)),
    ):
        result = run(command, *arguments, lines=(PASS[ADA], *wrong, NEW))
        assert isinstance(result.exception, vault.NotTheRoot)
    assert (tmp_path / "desk" / "keyring.json").read_bytes() == before


def test_a_lost_passphrase_and_ones_own(run: Run, tmp_path: Path, shares: tuple[str, ...]) -> None:
    assert run("passphrase", lines=(PASS[ADA], NEW)).exit_code == 0
    assert run("passphrase", "--of", BEN, lines=(NEW, *shares[:2], "ben has another")).exit_code == 0
    for name, word in ((ADA, NEW), (BEN, "ben has another")):
        vault.open(tmp_path / "desk", name, word).close()


def test_recovery_from_paper(run: Run, tmp_path: Path, shares: tuple[str, ...]) -> None:
    folder = str(tmp_path / "desk")
    assert run("recover", folder, BEN, lines=(*shares[1:], NEW), as_=None).exit_code == 0
    with vault.open(tmp_path / "desk", BEN, NEW) as opened:
        assert opened.me.roles == ("editor",)
    assert run("recover", folder, "Dee=safety-officer", lines=(*shares[1:], NEW), as_=None).exit_code == 0
    with vault.open(tmp_path / "desk", "Dee", NEW) as opened:
        assert "identities" in opened.compartments
    assert run("recover", folder, "Eli", lines=(*shares[1:], NEW), as_=None).exit_code == 2


def test_the_root_split_anew_is_the_same_root(run: Run, tmp_path: Path, shares: tuple[str, ...]) -> None:
    result = run("shares", "3-of-4", "--qr", str(tmp_path / "qr"), lines=shares[:2], as_=None)
    assert result.exit_code == 0
    printed = " ".join(result.output.split())
    new = [part.split(" Share")[0].split(" They")[0] for part in printed.split("are needed: ")[1:]]
    assert len(new) == 4
    assert words.join(new[1:]).seed == words.join(shares[1:]).seed
    assert sorted(path.name for path in (tmp_path / "qr").iterdir()) == [f"share-{n}.svg" for n in (1, 2, 3, 4)]
    for wrong in ("1-of-3", "3-of-2", "two"):
        assert run("shares", wrong, lines=shares[:2], as_=None).exit_code == 2


def test_a_desk_of_before_is_moved(run: Run, tmp_path: Path) -> None:
    fixture = Path(__file__).parents[1] / "vault" / "fixtures" / "schema-1.tar.xz"
    with tarfile.open(fixture) as stored:
        stored.extractall(tmp_path / "before", filter="data")
    name, word = "Ines Okafor", "seven grey herons wade"
    members = ("--member", f"{name}=safety-officer", "--member", "박서윤=editor", "--as", name)
    new = str(tmp_path / "now")
    moved = run("renew", str(tmp_path / "before"), new, *members, lines=(word, NEW, NEW), as_=None)
    assert moved.exit_code == 0
    assert moved.output.count("are needed: ") == 3
    with vault.open(tmp_path / "now", name, NEW) as opened:
        assert opened.get("content", "note", "1") == b"a note of before"
    again = run("renew", new, str(tmp_path / "again"), *members, lines=(word, NEW, NEW), as_=None)
    assert isinstance(again.exception, vault.NotOlder)


def test_the_list_of_keys_follows_a_rotation_and_a_revocation(
    run: Run, founded: vault.Founded, shares: tuple[str, ...], tmp_path: Path
) -> None:
    root = (PASS[ADA], *shares[:2])
    second = json.loads(run("rotate-key", "--on", "2031-05-01", "--json", lines=root).output)["key"]
    third = json.loads(run("revoke-key", second, "--on", "2031-06-01", "--json", lines=root).output)["key"]
    listed = CliRunner().invoke(app, ["desk", "keys", "--desk", str(tmp_path / "desk")]).output
    read = desk_keys.read(listed.encode(), founded.root.public.signing.hex())
    assert [(each.key, each.revoked) for each in read.keys] == [
        (founded.key.hex(), None),
        (second, date(2031, 6, 1)),
        (third, None),
    ]
