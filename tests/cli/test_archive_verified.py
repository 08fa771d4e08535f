"""What the commands say of an archive that was changed, or is read otherwise today."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.watch.test_reread import change, fill, pack


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("verified")
    fill(made / "archive", pack(made / "pack"))
    pack(made / "other", body="p.text")
    return made


def run(folder: Path, *command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "farbank", "watch", *command],
        cwd=folder, capture_output=True, text=True, env=os.environ | {"COLUMNS": "200"},
    )  # fmt: skip
    return done.returncode, done.stdout


def test_an_archive_as_it_was_filed_ends_well(folder: Path) -> None:
    code, said = run(folder, "verify", "--archive", "archive", "--pack", "pack")
    assert code == 0
    assert "are as they were filed." in said


def test_an_archive_that_other_rules_read_otherwise_does_not(folder: Path) -> None:
    code, said = run(folder, "verify", "--archive", "archive", "--pack", "other")
    assert code == 1
    assert "were made by other rules" in said
    assert "are as they were filed." not in said


def test_a_change_is_named_and_ends_with_1(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "archive", tmp_path / "archive")
    shutil.copytree(folder / "pack", tmp_path / "pack")
    change(tmp_path / "archive", "UPDATE article SET lang = 'qtz' WHERE ordinal = 3")
    code, said = run(tmp_path, "verify", "--archive", "archive", "--pack", "pack")
    assert code == 1
    assert "capture 3 (http://varn.example/3): language of article 3 is not what is read from it." in said


def test_what_leads_elsewhere_now_says_where(folder: Path) -> None:
    code, said = run(folder, "diff", "--archive", "archive")
    assert code == 0
    assert "now leads to http://varn.example/" in said
