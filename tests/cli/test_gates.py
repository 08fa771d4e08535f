"""Each closed gate in one sentence; open ones with the first day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from farbank.cli.report import show_gates
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.file_case import file_case
from farbank.desk.report import report
from farbank.intake import case_folder
from farbank.model.dates import When

CASE = Path(__file__).parents[1] / "cases" / "night-train"


def shown(compiled: Compilation, capsys: pytest.CaptureFixture[str]) -> list[str]:
    show_gates(report(compiled, 0.0))
    return capsys.readouterr().out.splitlines()


def test_open_gates_name_the_first_day(capsys: pytest.CaptureFixture[str]) -> None:
    compiled = compile_story(file_case(case_folder.read(CASE)))
    lines = shown(compiled, capsys)
    assert lines[-4] == "Held against no earlier release."
    assert lines[-3].startswith("Every gate is open.")
    assert lines[-2] == f"It may not go out before {compiled.timed.not_before}."
    assert "read it for that yourself" in lines[-1]


def test_closed_gates_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    case = case_folder.read(CASE)
    partners = tuple(msgspec.structs.replace(each, lost=When("2031-10-15")) for each in case.partners)
    told = msgspec.structs.replace(case, partners=partners)
    lines = shown(compile_story(file_case(told), on=date(2031, 10, 15)), capsys)
    told_of = [line for line in lines if line.startswith(("embargo", "timing"))]
    assert told_of[0].startswith("embargo: visit shows a movement and kcna published it on 16 October 2031")
    assert told_of[1].startswith("timing: The first day is ")
    assert told_of[2].startswith("timing (warning): A phone the desk reached sparrow on was lost")
    assert lines[-1] == "The story may not go out as it stands; nothing was written."
