"""The restore drill of the guide, run as it is written; and the other commands of forgetting, once each."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from farbank import vault
from farbank.vault import words
from tests.cli.conftest import Run

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "backup.md").read_text("utf-8")
DRILL = re.findall(r"^```\n\$ \.venv/bin/farbank (.+)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)
WORDS = {"Ines Okafor": "seven grey herons wade", "Mirea Holub": "nine coins in a jar", "Ada Lim": "ferry in the fog"}
ROLES: dict[str, tuple[vault.Role, ...]] = {
    "Ines Okafor": ("safety-officer",),
    "Mirea Holub": ("paymaster",),
    "Ada Lim": ("editor",),
}


@pytest.fixture
def root(tmp_path: Path) -> vault.Secret:
    members = [vault.Member(name, WORDS[name], ROLES[name]) for name in ROLES]
    cost = vault.Cost(passes=1, memory=8192)
    made = vault.create(tmp_path / "desk", members, since=date(2031, 1, 1), cost=cost)
    with vault.open(tmp_path / "desk", "Ines Okafor", WORDS["Ines Okafor"]) as opened:
        opened.open_scope("content", "partner/wren", [])
        opened.put("content", "report", "r1", b'"They closed the mill."', scope="partner/wren")
    return made.root


def printed(run: Run, where: Path, *arguments: str, said: str = "", fails: int = 0) -> str:
    done = run(*arguments, cwd=where, typed=said)
    assert done.returncode == fails, (arguments, done.stdout, done.stderr)
    return done.stderr if fails else done.stdout


def test_the_drill_goes_as_the_guide_says(run: Run, tmp_path: Path, root: vault.Secret) -> None:
    shares = words.split(root, 2, 3)
    restored = False
    for command, shown in DRILL:
        typed = shlex.split(command)
        said = WORDS[typed[typed.index("--as") + 1]] + "\n"
        if typed[1] == "restore" and not restored:
            said, restored = f"{shares[0]}\n{shares[2]}\n\n{said}", True
        shows = printed(run, tmp_path, *typed, said=said)
        pattern = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", shown))
        assert re.fullmatch(pattern, shows, re.DOTALL), (command, shows)
    assert len(DRILL) == GUIDE.count("$ .venv/bin/farbank ") == 6
    with vault.open(tmp_path / "drill", "Ines Okafor", WORDS["Ines Okafor"]) as opened:
        assert opened.get("content", "report", "r1") == b'"They closed the mill."'


def test_wrong_shares_restore_nothing(run: Run, tmp_path: Path, root: vault.Secret) -> None:
    ines = ("--as", "Ines Okafor")
    printed(run, tmp_path, "desk", "backup", "stick", "--desk", "desk", *ines, said=WORDS["Ines Okafor"] + "\n")
    other = words.split(vault.Secret.new(), 1, 1)[0]
    for shares in (words.split(root, 2, 3)[0], other):
        said = f"{shares}\n\n{WORDS['Ines Okafor']}\n"
        assert "shares" in printed(run, tmp_path, "desk", "restore", "stick", "new", *ines, said=said, fails=3)
        assert not (tmp_path / "new").exists()


def test_every_command_of_forgetting_once(run: Run, tmp_path: Path, root: vault.Secret) -> None:
    ines = ("--desk", "desk", "--as", "Ines Okafor")
    word = WORDS["Ines Okafor"] + "\n"

    def ran(*arguments: str, said: str = word, fails: int = 0) -> str:
        return printed(run, tmp_path, *arguments, *ines, said=said, fails=fails)

    ran("desk", "backup", "stick")
    ran("forget", "hold", "partner", "wren", "--why", "-", said=word + "a court asks\n")
    assert "a court asks" in ran("forget", "spike", "report", "r1", "--why", "x", fails=3)
    ran("forget", "let-go", "partner", "wren")
    ran("forget", "spike", "report", "r1", "--why", "x")
    ran("forget", "unspike", "report", "r1")
    assert "spike it first" in ran("forget", "burn", "report", "r1", "--why", "x", fails=3)
    ran("forget", "spike", "report", "r1", "--why", "x")
    burned = json.loads(ran("forget", "burn", "report", "r1", "--why", "x", "--json"))
    assert burned["backups_that_hold_it"] == [str(tmp_path / "stick")]
    assert json.loads(ran("desk", "backups", "--json"))["places"][0]["holds_burned"] == ["content"]
    ran("forget", "keep", "contact", "30")
    assert json.loads(ran("forget", "due", "--json"))["days"]["contact"] == 30
    ran("forget", "purge")
    assert "no such profile" in ran("forget", "people", "mill-order", "--why", "x", fails=3)
    ran("desk", "export", "plain")
    assert (tmp_path / "plain" / "index.html").exists()

    journey = json.loads(ran("desk", "travel", "key", "--json"))["journey"]
    note = "partner: wren\nwhen: 2031-07-02\nchannel: call\nlanguage: en\n\nThey opened the mill.\n"
    printed(run, tmp_path, "note", "seal", "key", "sealed", said=note)
    (filed,) = json.loads(ran("note", "open", "sealed", "--json"))["filed"]
    with vault.open(tmp_path / "desk", "Ada Lim", WORDS["Ada Lim"]) as opened:
        assert b"They opened the mill." in opened.get("content", "report", filed)
    ran("desk", "travelled", journey)
    assert "no journey's key" in ran("note", "open", "sealed", fails=3)

    rules = 'agreed = 2031-01-01\nexecutors = ["Ines Okafor", "Ada Lim"]\n[parts.editions]\nfate = "publish"\n'
    (tmp_path / "succession.toml").write_text(rules)
    ran("desk", "succession", "succession.toml")
    assert "burned" in ran("desk", "succession")
    act = json.loads(ran("desk", "destroy", "--why", "-", "--json", said=word + "we close\n"))["act"]
    assert "waiting" in ran("desk", "destroy", act, fails=3)
    with vault.open(tmp_path / "desk", "Ada Lim", WORDS["Ada Lim"]) as opened:
        vault.sign_off.agree(opened, act)
    assert json.loads(ran("desk", "destroy", act, "--json"))["left"] == []
    assert not (tmp_path / "desk").exists()
