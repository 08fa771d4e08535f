"""`story check --sarif` writes the lint beside what it prints, and its answer stays what it was."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from farbank.cli import app

TESTS = Path(__file__).parents[1]


def test_the_lint_is_written_as_sarif(tmp_path: Path) -> None:
    case, pack = TESTS / "cases" / "tiny-ferry", TESTS / "packs" / "tiny"
    asked = ["story", "check", str(case), "--pack", str(pack)]
    file = tmp_path / "lint.sarif"
    plain = CliRunner().invoke(app, [*asked, "--json"])
    written = CliRunner().invoke(app, [*asked, "--json", "--sarif", str(file)])
    assert plain.exit_code == written.exit_code
    told = json.loads(plain.stdout)["lint"]
    results = json.loads(file.read_text("utf-8"))["runs"][0]["results"]
    assert [(each["ruleId"], each["message"]["text"]) for each in results] == [(i["rule"], i["message"]) for i in told]
    assert told
    assert str(tmp_path) not in file.read_text("utf-8")
