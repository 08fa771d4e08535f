"""Whatever is typed wrongly, one sentence says what to do next, and nothing is left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from farbank import cli, vault
from farbank.cli import report
from farbank.desk.init_desk import init_desk
from farbank.watch import archive

ROOT = Path(__file__).parents[2]
JUNE = str(ROOT / "examples" / "june-order")
WORD = "correct horse battery"
HAN = ("--desk", "desk", "--as", "Han")
COMPILE = ("story", "compile", JUNE, "--out")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk, a plain file and two archives that are none."""
    folder = tmp_path_factory.mktemp("place")
    cheap = vault.Cost(passes=1, memory=8192)
    init_desk(folder / "desk", [vault.Member("Han", WORD, ("safety-officer",))], cost=cheap)
    (folder / "file").write_text("a file where a folder is expected")
    (folder / "empty").mkdir()
    (folder / "broken").mkdir()
    (folder / "broken" / "archive.json").write_text("{")
    return folder


def refused(
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str = WORD + "\n",
) -> tuple[int, str]:
    """Run farbank in this process; its exit code and the last line of what it said."""
    monkeypatch.setattr(sys, "argv", ["farbank", *arguments])
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return int(ended.value.code or 0), said.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("case", "check", "nowhere"), 3, "give the folder that holds case.toml"),
        (("case", "check", "file"), 3, "give the folder that holds case.toml"),
        (("case", "check", "empty"), 3, "there is no case.toml"),
        (("case", "check", "desk"), 3, "there is no case.toml"),
        (("claim", "show", "nowhere", "order"), 3, "add --desk FOLDER --as NAME"),
        (("claim", "show", JUNE, "ordre"), 3, "it has order, length"),
        (("protect", "show", "june-order", "--as", "Han"), 2, "--desk FOLDER --as NAME"),
        (("protect", "show", "june-order", "--desk", "desk"), 2, "--desk FOLDER --as NAME"),
        (("story", "check", "june-order", *HAN), 3, "no case june-order is filed here; there is none yet"),
        (("case", "export", "june-order", "out", *HAN), 3, "no case june-order is filed here"),
        (("case", "import", "nowhere", *HAN), 3, "give the folder that holds case.toml"),
        (("desk", "status", "--desk", "desk", "--as", "Ryu"), 3, "nobody called Ryu"),
        (("desk", "status", "--desk", "file", "--as", "Han"), 3, "create it with farbank desk init"),
        (("desk", "status", "--desk", "empty", "--as", "Han"), 3, "create it with farbank desk init"),
        ((*COMPILE, "desk"), 3, "name another, nothing was changed"),
        ((*COMPILE, "."), 3, "name another, nothing was changed"),
        ((*COMPILE, "file/below"), 3, "file: there is a file where a folder is needed; name another folder"),
        ((*COMPILE, "site", "--edition", "June Order"), 3, "use lower-case letters, digits and hyphens"),
        ((*COMPILE, "site", "--pack", "nowhere"), 3, "a folder with a pack.toml"),
        ((*COMPILE, "site", "--archive", "empty"), 3, "with farbank watch ingest"),
        ((*COMPILE, "site", "--archive", "file"), 3, "with farbank watch ingest"),
        ((*COMPILE, "site", "--archive", "broken"), 3, "build it anew"),
        (("watch", "check", JUNE, "order", "--archive", "broken"), 3, "build it anew"),
        (("watch", "check", JUNE, "ordre", "--archive", "broken"), 3, "it has order, length"),
        (("watch", "ingest", "nowhere", "--archive", "new"), 3, "nowhere: there is no such file"),
        (("watch", "ingest", "empty", "--archive", "new"), 3, "empty: Nothing to read was found"),
        (("watch", "ingest", "file", "--archive", "file"), 3, "name another folder"),
        (("watch", "ingest", "file", "--archive", "new"), 3, "file: line 1: expected an article"),
        (("edition", "verify", "nowhere"), 3, "name the folder that holds manifest.json"),
        (("demo", "--out", "file"), 3, "name another folder"),
        (("desk", "init", "file", "--member", "Han=safety-officer"), 3, "name another, nothing was changed"),
        (("desk", "init", "new", "--member", "Han=editor"), 3, "nobody would hold the key to identities"),
        (("desk", "init", "new", "--member", "Han"), 2, "got none, as in NAME=editor,publisher"),
        (("desk", "init", "new", "--member", "Han=attic"), 2, "got attic, as in NAME=editor,publisher"),
        (("desk", "init", "new", "--member", "=editor"), 2, "expected a name"),
        (("desk", "init", "new", "--member", "Han=safety-officer", "--root", "1-of-3"), 2, "as in 2-of-3"),
        (("desk", "init", "new", "--member", "Han=safety-officer", "--qr", "broken"), 3, "name another"),
        (("story", "release", "june-order", *HAN), 2, "say why"),
        (("story", "agree", "1234", "--out", "site", *HAN), 3, "nobody proposed 1234; look with farbank desk acts"),
        (("story", "agree", "1234", "--out", "desk", *HAN), 3, "name another, nothing was changed"),
        (("desk", "agree", "1234", *HAN), 3, "nobody proposed 1234"),
        (("desk", "withdraw", "1234", *HAN), 3, "nobody proposed 1234"),
        (("desk", "audit", "--who", "Han", *HAN), 2, "add --read"),
        (("identity", "open", "1234", *HAN), 3, "nobody proposed 1234"),
        (("partner", "assign", "wren", "--to", "Ryu", *HAN), 3, "nobody called Ryu is of this desk"),
        (("partner", "assign", "wren", "--to", "Han", *HAN), 3, "no filed case has a partner wren"),
    ],
)
def test_one_sentence_says_what_to_do_next(
    place: Path,
    arguments: tuple[str, ...],
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(place)
    before = sorted(place.rglob("*"))
    ended, said = refused(arguments, monkeypatch, capsys)
    assert (ended, told in said) == (code, True), said
    assert said.startswith("farbank: " if code == 3 else "Error: ")
    assert sorted(place.rglob("*")) == before, "something was left behind"


@pytest.mark.parametrize("typed", ["", "wrong horse battery\n"])
def test_a_wrong_passphrase_or_none(
    place: Path, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    code, said = refused(("desk", "status", *HAN), monkeypatch, capsys, typed)
    assert (code, said) == (3, "farbank: this passphrase is not Han's; try again, nothing was changed")


def test_a_fault_of_our_own_says_where_and_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(_: object) -> None:
        raise KeyError("Marubong")

    monkeypatch.setattr(report, "show_report", fault)
    code, said = refused(("case", "check", JUNE), monkeypatch, capsys)
    assert code == 4
    assert "Marubong" not in said
    assert "KeyError at test_refusals.py:" in said


def test_a_terminal_that_knows_no_hangul_shows_the_rest() -> None:
    command = [sys.executable, "-m", "farbank", "claim", "show", JUNE, "order"]
    shown = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, cwd=ROOT)
    assert shown.returncode == 0, shown.stderr
    assert b"Second-hand" in shown.stdout


def test_ctrl_c_in_the_middle_leaves_what_was_filed(tmp_path: Path) -> None:
    line = '{"id":"a%d","outlet":"KCNA","lang":"en","date":"2031-01-02","title":"T","body":"Water rose."}\n'
    pipe = tmp_path / "endless.jsonl"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "farbank", "watch", "ingest", str(pipe), "--archive", str(tmp_path / "archive")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as child, pipe.open("w") as articles:
        articles.writelines(line % number for number in range(2000))
        articles.flush()
        raw = tmp_path / "archive" / "captures" / "00001.warc.gz"
        while child.poll() is None and not (raw.exists() and raw.stat().st_size):
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate()
    assert child.returncode == 130
    assert said.splitlines()[-1].startswith("farbank: stopped, and nothing is left half done")
    with archive.open(tmp_path / "archive") as opened:
        assert opened.extent.articles > 0
