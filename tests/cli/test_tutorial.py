"""The tutorial's commands, run in order as a newcomer would."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run

PASSPHRASES = {
    "Han": "six words nobody will ever guess",
    "Ryu": "six other words nobody will guess",
    "Seo": "six words more that nobody will guess",
}


def commands() -> list[list[str]]:
    text = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    return [shlex.split(line) for line in re.findall(r"^\$ \.venv/bin/farbank (.+)$", text, re.MULTILINE)]


def typed(command: list[str]) -> str:
    """What is typed: the passphrase of whoever runs it, of everybody where a desk is set up, and a reason if asked."""
    names = [command[command.index("--as") + 1]] if "--as" in command else PASSPHRASES
    return "".join(f"{PASSPHRASES[name]}\n" for name in names) + "so that somebody learns it\n"


def test_every_command_does_what_the_tutorial_says(run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "examples").symlink_to(ROOT / "examples")
    ran, act = 0, ""
    for command in commands():
        command = [act if word == "ACT" else word for word in command]
        if "kcna" in command:  # the state-media commands need the source data
            try:
                shared: Path = request.getfixturevalue("shared_data")
            except pytest.skip.Exception:
                continue
            if not (tmp_path / "shared").exists():
                (tmp_path / "shared").mkdir()
                (tmp_path / "shared" / "data").symlink_to(shared)
        done = run(*command, cwd=tmp_path / "here", typed=typed(command))
        ends = 1 if "--ledger" in command and "show" in command else 0  # the tutorial says so
        assert done.returncode == ends, (command, done.stdout[-500:], done.stderr)
        for proposed in re.findall(r"agree ([0-9a-f]{16})", done.stdout):
            act = proposed
        ran += 1
    assert ran >= 9
