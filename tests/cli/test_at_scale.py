"""One command whatever the archive is: what is asked of one at scale is answered as the small one answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from farbank.model import codec
from farbank.model.statemedia import Article
from tests.cli.conftest import ROOT, Run

for needed in ("daft", "lance"):
    pytest.importorskip(needed, reason="needs farbank[cluster]")

FIRST = date(2031, 6, 1)
JUNE = str(ROOT / "examples" / "june-order")


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    """June 2031 in two files, the second of which begins on the 16th."""
    files = [tmp_path / "early.jsonl", tmp_path / "late.jsonl"]
    for number in range(60):
        day = FIRST + timedelta(number // 2)
        body = f"Water stood in house {number}.\nBread for {number} men came over the bridge." if number % 9 else ""
        one = Article(id=f"a{number}", outlet="KCNA", lang="en", date=day, title=f"Report {number}", body=body)
        with files[day.day > 15].open("ab") as file:
            file.write(codec.to_json(one) + b"\n")
    return files


def told(run: Run, *arguments: object) -> Any:
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if "hits" in found:
        found["hits"].sort(key=lambda hit: hit["article"])
    return found


def test_every_question_gets_the_same_answer(run: Run, articles: list[Path], tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    told(run, "watch", "ingest", *articles, "--archive", tmp_path / "small")
    made = told(run, "watch", "ingest", articles[0], "--archive", tmp_path / "scale", "--at-scale")
    assert (made["articles"], made["captures"]) == (30, 0)
    assert told(run, "watch", "ingest", articles[1], "--archive", tmp_path / "scale")["articles"] == 60
    told(run, "watch", "ingest", articles[0], "--archive", parts / "early" / "en", "--at-scale")
    told(run, "watch", "ingest", articles[1], "--archive", parts / "late")
    each = ["--archive", parts / "late", "--archive", parts / "early"]
    questions = (
        ("search", '"stood in house" water', "--limit", 100, "--from", "2031-06-10"),
        ("coverage", "--topic", "food", "--from", "2031-05-20", "--to", "2031-07-10"),
        ("coverage",),
        ("check", JUNE, "order"),
    )
    answers = [told(run, "watch", *question, "--archive", tmp_path / "small") for question in questions]
    checked = run("case", "check", JUNE).returncode
    for given in (["--archive", tmp_path / "scale"], ["--archive", parts], each):
        assert [told(run, "watch", *question, *given) for question in questions] == answers
        assert run("case", "check", JUNE, *given).returncode == checked


def test_what_needs_raw_captures_says_so(run: Run, articles: list[Path], tmp_path: Path) -> None:
    told(run, "watch", "ingest", *articles, "--archive", tmp_path / "scale", "--at-scale")
    before = sorted(tmp_path.rglob("*"))
    for place in (tmp_path / "scale", "s3://bucket/archive"):
        for command in (("diff",), ("verify",), ("collect",), ("stamp", "--authority", "http://127.0.0.1:1")):
            done = run("watch", *command, "--archive", place)
            assert (done.returncode, "keeps no raw captures" in done.stderr) == (3, True), done.stderr
    assert set(tmp_path.rglob("*")) - {*before} <= {tmp_path / "scale" / ".lock"}


def test_an_archive_stays_of_its_kind(run: Run, articles: list[Path], tmp_path: Path) -> None:
    told(run, "watch", "ingest", articles[0], "--archive", tmp_path / "small")
    for option in (["--at-scale"], ["--ray", "local"]):
        done = run("watch", "ingest", articles[1], "--archive", tmp_path / "small", *option)
        assert (done.returncode, "leave --at-scale and --ray out" in done.stderr) == (3, True), done.stderr
    assert told(run, "watch", "ingest", articles[1], "--archive", tmp_path / "small")["articles"] == 60


HIDDEN = """
import contextlib, io, json, sys
sys.modules["daft"] = sys.modules["lance"] = None
from farbank import cli
ended = []
for command in json.load(sys.stdin):
    sys.argv = ["farbank", "watch", *command]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            cli.main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    ended.append((code, said.getvalue()))
print(json.dumps(ended))
"""


def test_where_the_engine_is_not_installed_small_ones_work_and_the_others_say_how_to_get_it(
    run: Run, articles: list[Path], tmp_path: Path
) -> None:
    told(run, "watch", "ingest", articles[0], "--archive", tmp_path / "all" / "scale", "--at-scale")
    told(run, "watch", "ingest", articles[1], "--archive", tmp_path / "all" / "small")
    small, places = tmp_path / "all" / "small", (tmp_path / "all", tmp_path / "all" / "scale", "s3://bucket/archive")
    asked = [
        [*map(str, command), "--archive", str(place)]
        for place in places
        for command in (("search", "water"), ("coverage",), ("ingest", articles[0]))
    ]
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN],
        input=json.dumps([["search", "water", "--archive", str(small)], *asked]),
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (found, _), *refused = json.loads(done.stdout)
    assert found == 0
    for command, (code, said) in zip(asked, refused, strict=True):
        needed = "a new folder" if (command[0], command[-1]) == ("ingest", str(places[0])) else "farbank[cluster]"
        assert (code, needed in said) == (3, True), (command, said)
