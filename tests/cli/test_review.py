"""`watch review`: one key a passage, kept by name in the case, withdrawn by another; the verdict follows."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from farbank.model.statemedia import Article
from farbank.watch import archive
from tests.cli.conftest import ROOT, Run

VAGUE = "People died in the flood; how many died is not known, said the wire."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "flood-2024", tmp_path / "case"))


@pytest.fixture
def held(tmp_path: Path) -> Path:
    days = [date(2024, 7, 27) + timedelta(n) for n in range(45)]
    quiet = [
        Article(id=str(n), outlet="Wire", lang="en", date=day, title="Concert", body="A concert took place.")
        for n, day in enumerate(days)
    ]
    vague = Article(id="v", outlet="Wire", lang="en", date=days[6], title="Report", body=VAGUE)
    archive.build([*quiet, vague], tmp_path / "archive")
    return tmp_path / "archive"


def result(run: Run, case: Path, held: Path) -> dict[str, Any]:
    done = run("watch", "check", str(case), "deaths", "--archive", str(held), "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["search"]
    return found


def test_a_key_decides_and_another_takes_it_back(run: Run, case: Path, held: Path) -> None:
    before = result(run, case, held)
    assert before["result"] in ("cannot-tell", "half-said")
    done = run("watch", "review", str(case), "deaths", "--archive", str(held), "--by", "Vern", typed="xnq")
    assert done.returncode == 0, done.stderr
    assert VAGUE in done.stdout
    after = result(run, case, held)
    assert (after["result"], after.get("waiting", 0)) == ("silent", 0)
    kept = (case / "judgements.toml").read_text("utf-8")
    assert kept.count("[[judgements]]") == 1 and 'by = "Vern"' in kept and VAGUE in kept
    again = run("watch", "review", str(case), "deaths", "--archive", str(held), "--by", "Ada", typed="")
    assert "Nothing is left to judge" in again.stdout
    (case / "judgements.toml").unlink()
    run("watch", "review", str(case), "deaths", "--archive", str(held), "--by", "Vern", typed="q")
    assert not (case / "judgements.toml").exists()


def test_whoever_judges_says_who_they_are(run: Run, case: Path, held: Path) -> None:
    done = run("watch", "review", str(case), "deaths", "--archive", str(held), typed="n")
    assert done.returncode == 2 and "--by" in done.stderr
    assert not (case / "judgements.toml").exists()
