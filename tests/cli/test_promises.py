"""`watch promises` and `watch close`: what is due, what is overdue, and who says how it came out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Run

JUNE = ROOT / "examples" / "june-order"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(JUNE, tmp_path / "case"))


def listed(run: Run, case: Path, *more: str) -> dict[str, Any]:
    done = run("watch", "promises", str(case), "--json", *more)
    assert done.returncode == 0, done.stderr
    return {one["of"]: one for one in json.loads(done.stdout)}


def test_the_maize_falls_due_and_is_closed_and_opened_again(run: Run, case: Path) -> None:
    assert listed(run, case)["survive"]["overdue"] is False
    assert listed(run, case, "--on", "2023-08-15")["survive"]["overdue"] is False
    late = listed(run, case, "--on", "2023-08-16")
    assert late["survive"]["overdue"] is True and late["promise"]["overdue"] is False

    report = next((case / "reports").iterdir()).stem
    closed = ("close", str(case), "survive", "unmet", "--why", "Nothing ripened.", "--evidence", report, "--by", "Vern")
    assert run("watch", *closed).returncode == 0
    after = listed(run, case, "--on", "2023-08-16")["survive"]
    assert (after["outcome"], after["overdue"], after["closed"]["by"]) == ("unmet", False, "Vern")

    assert run("watch", "close", str(case), "survive", "open", "--why", "Too early.", "--by", "Ada").returncode == 0
    assert listed(run, case, "--on", "2023-08-16")["survive"]["overdue"] is True
    assert (case / "judgements.toml").read_text("utf-8").count("[[judgements]]") == 2


def test_what_the_state_promised_is_kept_and_closed_too(run: Run, case: Path) -> None:
    (case / "statements" / "grain.toml").write_text(
        'outlet = "kcna"\nlanguage = "ko"\npublished = "2023-06-19"\nrestated = true\ndue = "2023-07-01/2023-07-10"\n'
        '[text]\nen = "Grain would be on sale within three weeks"\nko = "삼 주 안에 곡물을 판다는 내용"\n'
    )
    kept = listed(run, case)["grain"]
    assert (kept["overdue"], kept["due"], kept["text"]["en"]) == (
        True,
        "2023-07-01/2023-07-10",
        "Grain would be on sale within three weeks",
    )
    assert run("watch", "close", str(case), "grain", "unmet", "--why", "None came.", "--by", "Vern").returncode == 0
    assert listed(run, case)["grain"]["outcome"] == "unmet"


def test_a_statement_that_promises_nothing_is_not_closed(run: Run, case: Path) -> None:
    done = run("watch", "close", str(case), "kcna-2023-06-19", "met", "--why", "x", "--by", "Vern")
    assert done.returncode != 0 and "kcna-2023-06-19" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("survive", "done", "--why", "x", "--by", "Vern"), "OUTCOME"),
        (("surviv", "met", "--why", "x", "--by", "Vern"), "surviv"),
        (("survive", "met", "--why", "x"), "--by"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    run: Run, case: Path, arguments: tuple[str, ...], named: str
) -> None:
    done = run("watch", "close", str(case), *arguments)
    assert done.returncode != 0 and named in done.stderr
    assert not (case / "judgements.toml").exists()


def test_evidence_that_is_not_there_is_refused(run: Run, case: Path) -> None:
    done = run("watch", "close", str(case), "survive", "met", "--why", "x", "--by", "Vern", "--evidence", "nothing")
    assert done.returncode != 0 and "nothing" in done.stderr
    assert not (case / "judgements.toml").exists()
