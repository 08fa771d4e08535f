"""What the commands say of an archive that was changed, or is read otherwise today."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.watch.test_reread import change, fill, pack


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("verified")
    fill(made / "archive", pack(made / "pack"))
    pack(made / "other", body="p.text")
    return made


def watched(run: Run, folder: Path, *command: str) -> tuple[int, str]:
    done = run("watch", *command, cwd=folder, columns=200)
    return done.returncode, done.stdout


def test_an_archive_as_it_was_filed_ends_well(run: Run, folder: Path) -> None:
    code, said = watched(run, folder, "verify", "--archive", "archive", "--pack", "pack")
    assert code == 0
    assert "are as they were filed." in said


def test_an_archive_that_other_rules_read_otherwise_does_not(run: Run, folder: Path) -> None:
    code, said = watched(run, folder, "verify", "--archive", "archive", "--pack", "other")
    assert code == 1
    assert "were made by other rules" in said
    assert "are as they were filed." not in said


def test_a_change_is_named_and_ends_with_1(run: Run, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "archive", tmp_path / "archive")
    shutil.copytree(folder / "pack", tmp_path / "pack")
    change(tmp_path / "archive", "UPDATE article SET lang = 'qtz' WHERE ordinal = 3")
    code, said = watched(run, tmp_path, "verify", "--archive", "archive", "--pack", "pack")
    assert code == 1
    assert "capture 3 (http://varn.example/3): language of article 3 is not what is read from it." in said


def test_what_leads_elsewhere_now_says_where(run: Run, folder: Path) -> None:
    code, said = watched(run, folder, "diff", "--archive", "archive")
    assert code == 0
    assert "now leads to http://varn.example/" in said
