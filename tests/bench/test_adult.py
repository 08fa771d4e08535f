"""The bench of recoding takes any folder laid out like Adult's."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def bench(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", "adult", "--quick", "--data", str(folder), *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def ferry(folder: Path, hierarchy: str = "north;coast;*\nsouth;coast;*\nhills;inland;*\n") -> Path:
    """Four passengers; where they came from has a hierarchy, what they paid has none."""
    with gzip.open(folder / "ferry.csv.gz", "wt") as file:
        file.write("paid;from\n3;north\n5;south\n7;hills\n9;hills\n")
    (folder / "hierarchies").mkdir()
    with gzip.open(folder / "hierarchies" / "ferry_hierarchy_from.csv.gz", "wt") as file:
        file.write(hierarchy)
    (folder / "notes.csv").write_text("not;a;table\n")
    return folder


def test_a_column_without_a_hierarchy_is_no_quasi_identifier(tmp_path: Path) -> None:
    done = bench(ferry(tmp_path))
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["rows"], figures["quasi_identifiers"], figures["nodes"]) == (4, 1, 3)
    answers = {(answer.pop("k"), answer.pop("suppression")): answer for answer in figures["answers"]}
    assert answers[2, 0.0] == {"loss": 0.25, "node": [1], "rows_suppressed": 0}
    assert answers[5, 0.05] == {"loss": None, "node": None, "rows_suppressed": None}
    assert figures.get("peer_pycanon_agrees") == figures.get("peer_pycanon_answers")
    assert done.stdout.splitlines()[-3].split() == ["100", "0.02", "–", "–", "–"]


def test_what_is_wrong_with_the_data_is_said(tmp_path: Path) -> None:
    nothing = bench(tmp_path)
    assert nothing.returncode == 3 and "no table with hierarchies" in nothing.stderr
    stray = bench(ferry(tmp_path, "north;*\nhills;*\n"))
    assert stray.returncode == 1 and "ferry_hierarchy_from.csv.gz: no line begins with 'south'" in stray.stderr
