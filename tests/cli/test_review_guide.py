"""The guide to reviewing shows what the commands print, and its keys are those that are asked for."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from farbank.cli.claim_review import KEYS
from farbank.cli.output import NARROW
from tests.cli.conftest import ROOT, Run

GUIDE = (ROOT / "docs" / "guide" / "review.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n\$ \.venv/bin/farbank (.+)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)


def test_the_commands_print_what_the_guide_shows(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "cases" / "closed-bridge", tmp_path / "tests" / "cases" / "closed-bridge")
    for command, shown in BLOCKS:
        done = run(*shlex.split(command), cwd=tmp_path, typed="q", columns=100)
        assert done.returncode == 0, (command, done.stderr)
        assert "".join(line.rstrip() + "\n" for line in done.stdout.splitlines()) == shown, command
    assert len(BLOCKS) == GUIDE.count("$ .venv/bin/farbank ") == 3


def test_the_keys_in_the_guide_are_those_that_mean_something() -> None:
    keys = {key for question in KEYS.values() for key in question} | {"u", "q"}
    assert set(re.findall(r"^\|[^|]*\| `(.)` ", GUIDE, re.MULTILINE)) == keys
    assert f"fewer than {NARROW} columns" in GUIDE
