"""`farbank chart`: one drawing of a case, its table, and what is the desk's alone."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from farbank.cli import app
from farbank.desk.errors import NotForReaders

JUNE = Path(__file__).parents[2] / "examples" / "june-order"


def chart(shows: str, *more: str) -> Result:
    return CliRunner().invoke(app, ["chart", shows, str(JUNE), *more])


def test_a_drawing_is_written_and_told_as_a_table(tmp_path: Path) -> None:
    done = chart("timeline", "--out", str(tmp_path / "a.svg"), "--table")
    assert done.exit_code == 0, done.output
    assert "17 June 2023" in done.output and "No more than readers may see." in done.output
    assert "17 June 2023" in "".join(ET.parse(tmp_path / "a.svg").getroot().itertext())


@pytest.mark.parametrize("shows", ["map", "themes", "attention"])
def test_the_desks_own_says_that_it_is(shows: str, tmp_path: Path) -> None:
    done = chart(shows, "--out", str(tmp_path / "a.svg"), "--desk-view", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["desk_view"] is True and told["table"]["note"] in (tmp_path / "a.svg").read_text("utf-8")
    assert (tmp_path / "a.svg").stat().st_mode & 0o077 == 0


def test_counts_of_reports_are_not_for_readers(tmp_path: Path) -> None:
    done = chart("themes", "--out", str(tmp_path / "a.svg"))
    assert isinstance(done.exception, NotForReaders)
    assert not (tmp_path / "a.svg").exists()
