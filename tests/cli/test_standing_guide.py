"""The guide to where an edition stands names every step there is, and its commands do what it says."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from farbank import cli, vault
from farbank.desk import take_step
from farbank.desk.init_desk import init_desk
from farbank.publish.states import EVENTS, table
from tests.cli.conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "desk"))  # what is compiled is shared with that room

from given import DAY, STORY, case, compiled, unread

GUIDE = (ROOT / "docs" / "guide" / "standing.md").read_text("utf-8")
COMMANDS = re.findall(r"^farbank (story .+?)(?: +#.*)?$", GUIDE, re.MULTILINE)
WORD = "seven grey herons wade"
SAID = {
    "state": ("mill-order", "draft", "farbank story step mill-order submit."),
    "submit": ("mill-order is in review.",),
    "clear": ("mill-order is cleared.",),
    "schedule": ("mill-order is scheduled, and may not go out before 2031-05-31 21:00 UTC.",),
    "kill": ("mill-order is killed.",),
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of one, who filed nothing: what the compiler would make is given."""
    filed: Any = unread(STORY)
    monkeypatch.setattr(take_step, "filed", lambda *_: filed)
    monkeypatch.setattr(take_step, "compile_story", compiled)
    officers = [vault.Member(name, WORD, ("safety-officer",)) for name in ("Han", "Mun")]
    init_desk(tmp_path / "desk", officers, since=DAY, cost=vault.Cost(passes=1, memory=8192))
    with vault.open(tmp_path / "desk", "Han", WORD) as opened:
        opened.put("content", "case", STORY, case())
    return tmp_path / "desk"


def run(desk: Path, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["farbank", *arguments, "--desk", str(desk), "--as", "Han"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{WORD}\nbecause\n"))
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_commands_do_what_the_guide_says(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(COMMANDS) == 6
    monkeypatch.setenv("COLUMNS", "200")
    for command in map(shlex.split, COMMANDS):
        assert run(desk, *command, monkeypatch=monkeypatch) == 0, (command, capsys.readouterr().err)
        said = capsys.readouterr().out
        for expected in SAID[command[3] if command[1] == "step" else "state"]:
            assert expected in said, (command, said)
    assert run(desk, "story", "state", STORY, "--json", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out.count('"event"') == 4
    assert run(desk, "story", "cancel", STORY, "--out", "x", monkeypatch=monkeypatch) == 3
    assert "nothing to cancel" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("schedule", "--at", "2031-06-01T06:00"), "has no zone"),
        (("embargo", "--at", "2031-02-30"), "there is no day 2031-02-30"),
        (("embargo",), "Only what is cleared is put under an embargo"),
        (("unpublish",), "there is nothing to take back"),
    ],
)
def test_what_is_refused_is_one_sentence_and_moves_nothing(
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    assert run(desk, "story", "step", STORY, *arguments, monkeypatch=monkeypatch) == 3
    assert said in capsys.readouterr().err
    with vault.open(desk, "Han", WORD) as opened:
        assert vault.steps.kept(opened, STORY).steps == {}


def test_the_guide_names_every_step_somebody_takes_and_the_command_line_asks_for_no_other() -> None:
    named = set(re.findall(r"^\| `([a-z-]+)(?: --at)?` \|", GUIDE, re.MULTILINE))
    assert named == {*EVENTS} - {*table().comes_of} - {"unpublish", "resurrect"}
    step = get_command(cli.app).commands["story"].commands["step"]  # type: ignore[attr-defined]
    assert all(name in step.help for name in named)
