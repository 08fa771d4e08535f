"""farbank partner compromised, and that the command line leaves no core."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from farbank import vault
from farbank.cli import app
from farbank.desk.drill import SAY_NOTHING
from farbank.desk.examples import example
from farbank.desk.import_case import import_case
from farbank.desk.init_desk import init_desk

CHEAP = vault.Cost(passes=1, memory=8192)
OFFICER, EDITOR, WORD = "Noor Salvinck", "Ilse Vargason", "seven grey herons wade"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    members = [vault.Member(OFFICER, WORD, ("safety-officer",)), vault.Member(EDITOR, WORD, ("editor",))]
    init_desk(tmp_path / "desk", members, since=date(2023, 1, 1), cost=CHEAP)
    with vault.open(tmp_path / "desk", OFFICER, WORD) as opened:
        import_case(opened, example("june-order"))
    return tmp_path / "desk"


def run(desk: Path, *arguments: str) -> Result:
    given = ["partner", "compromised", *arguments, "--desk", str(desk), "--as", OFFICER]
    return CliRunner().invoke(app, given, input=f"{WORD}\nher brother says they came\n")


def test_it_lists_what_is_exposed_and_lays_out_the_drill(desk: Path) -> None:
    ran = run(desk, "heron")
    assert ran.exit_code == 0, ran.output
    for part in ("alder", "frozen", SAY_NOTHING, "Do not call"):
        assert part in " ".join(ran.output.split())
    told = json.loads(run(desk, "heron", "--json").output)
    assert told["found"]["frozen"] == ["june-order"]
    assert told["found"]["handset"]["lost"] == date.today().isoformat()


def test_the_day_it_happened_is_kept_and_undo_takes_all_of_it_back(desk: Path) -> None:
    told = json.loads(run(desk, "heron", "--lost", "2024-03-09", "--json").output)
    assert told["found"]["handset"]["lost"] == "2024-03-09"
    undone = json.loads(run(desk, "heron", "--undo", "--json").output)
    assert undone == {"partner": "heron", "undone": told["found"]["mark"]}
    assert run(desk, "heron", "--undo").exit_code != 0


@pytest.mark.parametrize("command", [["--help"], ["desk", "seize", "nowhere", "--as", "server"]])
def test_no_command_leaves_a_core_even_where_the_system_allows_it(tmp_path: Path, command: list[str]) -> None:
    asked = (
        "import resource, sys, farbank.cli as cli, atexit;"
        " atexit.register(lambda: print(resource.getrlimit(resource.RLIMIT_CORE), cli_dumpable(), file=sys.stderr));"
        " import ctypes; cli_dumpable = lambda: ctypes.CDLL(None).prctl(3);"
        f" sys.argv[1:] = {command!r}; cli.main()"
    )
    allowed = resource.getrlimit(resource.RLIMIT_CORE)[1]
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (allowed, allowed)),
    )
    assert ran.stderr.decode().splitlines()[-1] == ("(0, 0) 0" if sys.platform == "linux" else "(0, 0) 1")
