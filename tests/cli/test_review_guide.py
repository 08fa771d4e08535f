"""The guide to reviewing shows what the commands print, and its keys are those that are asked for."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from farbank.cli.claim_review import KEYS
from farbank.cli.output import NARROW

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "review.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n\$ \.venv/bin/farbank (.+)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)


def test_the_commands_print_what_the_guide_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "cases" / "closed-bridge", tmp_path / "tests" / "cases" / "closed-bridge")
    for command, shown in BLOCKS:
        done = subprocess.run(
            [sys.executable, "-m", "farbank", *shlex.split(command)],
            cwd=tmp_path, capture_output=True, text=True, input="q", env=os.environ | {"COLUMNS": "100"},
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr)
        assert "".join(line.rstrip() + "\n" for line in done.stdout.splitlines()) == shown, command
    assert len(BLOCKS) == GUIDE.count("$ .venv/bin/farbank ") == 3


def test_the_keys_in_the_guide_are_those_that_mean_something() -> None:
    keys = {key for question in KEYS.values() for key in question} | {"u", "q"}
    assert set(re.findall(r"^\|[^|]*\| `(.)` ", GUIDE, re.MULTILINE)) == keys
    assert f"fewer than {NARROW} columns" in GUIDE
