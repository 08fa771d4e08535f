"""`farbank claim show` draws who told whom, unknown links and the desk's own word included."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from farbank.cli import app
from farbank.desk.examples import example


@pytest.fixture
def june(tmp_path: Path) -> Path:
    return Path(shutil.copytree(example("june-order"), tmp_path / "june"))


def shown(case: Path, claim: str) -> str:
    done = CliRunner().invoke(app, ["claim", "show", str(case), claim])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_june_order_came_down_one_line(june: Path) -> None:
    said = shown(june, "order")
    assert "a source, never sources" in said
    assert (
        "body:wpk-central-committee\n"
        "└─ body:wpk-provincial-committee, was told, 2023-06-17/2023-06-30\n"
        "   └─ person:alder, was told, 2023-06-20/2023-06-30\n"
        "      └─ person:heron, was told, 2023-06-20/2023-07-19 → desk [via-alder]\n"
    ) in said


def test_what_the_desk_had_told_the_cadre_is_drawn_and_counts_for_nothing(june: Path) -> None:
    claims = june / "claims.toml"
    told = '\n[[seeds]]\nclaim = "survive"\nwho = "person:heron"\nsource = "desk"\nprobability = 1.0\n'
    claims.write_text(claims.read_text("utf-8") + told, "utf-8")
    said = shown(june, "survive")
    assert "unknown\n└─ person:heron, was told, had it from desk → desk [told-heron the desk's own word]\n" in said
    assert "desk → person:heron → desk" in said
    assert "unsupported" in said
