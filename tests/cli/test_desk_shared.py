"""The guide to a shared desk, run as it is written: on a server of its own, and between two folders."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bench import _cluster
from farbank import vault
from farbank.cli import app
from farbank.vault import server

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "shared-desk.md").read_text("utf-8")
COMMANDS = re.findall(r"^(desk (?:share|fetch|bundle|conflicts) .+)$", GUIDE, re.MULTILINE)
INES, TOMAS = "Ines Okafor", "Tomas Lindqvist"
WORDS = {INES: "seven grey herons wade", TOMAS: "lamp under the bridge"}
Run = Callable[[str], Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of the guide where a desk lies, with the passphrase of whoever runs it."""
    members = [vault.Member(INES, WORDS[INES], ("safety-officer",)), vault.Member(TOMAS, WORDS[TOMAS], ("editor",))]
    vault.create(tmp_path / "desk", members, since=date(2031, 1, 1), cost=vault.Cost(passes=1, memory=8192))
    monkeypatch.chdir(tmp_path)

    def ran(command: str) -> Result:
        words = shlex.split(command)
        return CliRunner().invoke(app, words, input=f"{WORDS[words[-1]]}\n")

    return ran


@pytest.fixture
def url() -> Iterator[str]:
    if not _cluster.installed():
        pytest.skip(_cluster.MISSING)
    with _cluster.cluster() as running:
        running.run("createdb", "-U", "postgres", "desk")
        yield running.url("desk")


def put(folder: str, name: str, body: bytes) -> None:
    with vault.open(Path(folder), name, WORDS[name]) as opened:
        opened.put("content", "note", "n0", body)


def test_a_desk_is_shared_and_opens_there(run: Run, url: str) -> None:
    put("desk", INES, b"as it was filed")
    (share,) = [command for command in COMMANDS if command.startswith("desk share")]
    done = run(share.replace("postgresql://db.example/desk", url))
    assert done.exit_code == 0, done.output
    assert server.read(Path("shared")) == url
    with vault.open(Path("shared"), TOMAS, WORDS[TOMAS]) as opened:
        assert opened.get("content", "note", "n0") == b"as it was filed"
        with pytest.raises(vault.NotOnAServer):
            opened.assert_in_files("a backup")
    shown = run(f'desk status --json --desk shared --as "{TOMAS}"')
    assert json.loads(shown.output)["person"] == TOMAS
    put("shared", TOMAS, b"written on the server")
    (fetch,) = [command for command in COMMANDS if command.startswith("desk fetch")]
    done = run(fetch)
    assert done.exit_code == 0 and "The server takes no more of it." in done.output, done.output
    with vault.open(Path("home"), TOMAS, WORDS[TOMAS]) as opened:
        assert opened.get("content", "note", "n0") == b"written on the server"


def test_a_journey_out_and_back(run: Run) -> None:
    out, taken_in, back, brought, conflicts, keep = [
        command for command in COMMANDS if "bundle" in command or "conflicts" in command
    ]
    put("desk", INES, b"as it was filed")
    assert run(out).exit_code == 0
    shutil.copytree("desk", "laptop")
    assert "0 records" in run(taken_in).output
    put("laptop", TOMAS, b"on the way")
    put("desk", INES, b"at home")
    assert run(back).exit_code == 0
    assert "1 of them" in run(brought).output
    (home, away) = json.loads(run(conflicts.replace(" --desk", " --json --desk")).output)["conflicts"]
    assert [(each["by"], each["says"]) for each in (home, away)] == [(INES, "at home"), (TOMAS, "on the way")]
    assert run(keep.replace("3fb2", "zzzz")).exit_code != 0
    assert "0 in conflict" in run(keep.replace("3fb2", away["version"])).output
    with vault.open(Path("desk"), INES, WORDS[INES]) as opened:
        assert opened.get("content", "note", "n0") == b"on the way"


def test_a_file_that_is_no_bundle_is_one_sentence(run: Run) -> None:
    Path("noise.age").write_bytes(b"noise")
    done = run(f'desk bundle in noise.age --desk desk --as "{INES}"')
    assert done.exit_code != 0
    assert isinstance(done.exception, vault.NotABundle)
