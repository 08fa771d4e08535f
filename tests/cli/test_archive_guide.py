"""The archive guide's commands print what it shows."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta
from pathlib import Path

from farbank.desk.collect import collect
from tests.cli.conftest import ROOT, Run
from tests.desk.test_collect import Desk, gazette, page

GUIDE = (ROOT / "docs" / "guide" / "archive.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n\$ \.venv/bin/farbank (.+)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)

__all__ = ["gazette"]


def printed(run: Run, command: str, cwd: Path) -> str:
    """What a command prints on a terminal of 100 columns, without the blanks that end its lines."""
    done = run(*shlex.split(command), cwd=cwd, columns=100)
    assert done.returncode == 0, (command, done.stderr)
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def test_the_commands_on_real_articles_print_what_the_guide_shows(run: Run, tmp_path: Path, shared_data: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "data").symlink_to(shared_data)
    ran = 0
    for command, shown in BLOCKS:
        if "--archive kcna" in command:
            assert printed(run, command, tmp_path / "here") == shown
            ran += 1
    assert ran >= 4
    assert (tmp_path / "here" / "august.svg").read_bytes().startswith(b"<svg")


def test_the_guide_shows_what_is_found_changed_on_an_invented_paper(run: Run, tmp_path: Path, gazette: object) -> None:
    desk = Desk(tmp_path, gazette)
    desk.folder = tmp_path / "gazette"
    pages = desk.served.pages  # type: ignore[attr-defined]
    pages["/en/article/2"] = page("Bridge at Varn reopened", "Carts crossed the bridge at Varn; two had been hurt.")
    desk.collect()
    pages["/en/article/2"] = page("Bridge at Varn reopened", "Carts crossed the bridge at Varn; seven had been hurt.")
    pages["/ko/article/3"] = (404, {}, b"")
    desk.clock.now += timedelta(hours=6)
    collect(desk.folder, desk.pack, clock=desk.clock, sleep=desk.clock.sleep)
    ((command, shown),) = [block for block in BLOCKS if "diff" in block[0]]
    assert printed(run, command, tmp_path) == shown


def test_the_guide_shows_nothing_else() -> None:
    assert len(BLOCKS) == GUIDE.count("$ .venv/bin/farbank ") >= 5
