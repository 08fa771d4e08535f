"""The bench of style takes any folder laid out like PAN's, packed or not; a sealed set is never fitted on."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from bench import MissingData, style
from bench._authorship import read_sets
from bench._style_fit import fit, measured

LINES = ("Well, we went; nobody asked.", "They came, anyhow!", "It was, perhaps, too late.", "The road is shut.")


def laid_out(home: Path, problems: int = 6) -> None:
    home.mkdir(parents=True)
    (home / "contents.json").write_text(json.dumps({"language": "english"}))
    (home / "truth.txt").write_text("\ufeff" + "".join(f"P{at} {'YN'[at % 2]}\n" for at in range(problems)), "utf-8")
    for at in range(problems):
        (home / f"P{at}").mkdir()
        (home / f"P{at}" / "known01.txt").write_text(f"Case {at // 2}. " + LINES[at % 2] * 9)
        (home / f"P{at}" / "unknown.txt").write_text(f"Letter {at}. " + LINES[at % 4] * 9)


def test_folders_and_archives_read_alike(tmp_path: Path) -> None:
    laid_out(tmp_path / "open" / "essays" / "train")
    (tmp_path / "packed").mkdir()
    with tarfile.open(tmp_path / "packed" / "essays.tar.gz", "w:gz") as packed:
        for path in sorted((tmp_path / "open").rglob("*.*")):
            data = path.read_bytes()
            member = tarfile.TarInfo(path.relative_to(tmp_path / "open").as_posix())
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))
    assert read_sets(tmp_path / "open") == read_sets(tmp_path / "packed")
    (found,) = read_sets(tmp_path / "packed")
    assert (found.name, found.language, len(found.problems), found.sealed) == ("essays", "en", 6, False)


def test_problems_that_share_a_text_are_one_group(tmp_path: Path) -> None:
    laid_out(tmp_path / "essays" / "train")
    (tmp_path / "essays" / "train" / "P5" / "known02.txt").write_text("Case 0. " + LINES[0] * 9)
    (found,) = read_sets(tmp_path)
    groups = [problem.group for problem in found.problems]
    assert groups[0] == groups[5]
    assert len(set(groups)) == 5


def test_an_empty_folder_is_missing_data(tmp_path: Path) -> None:
    with pytest.raises(MissingData):
        style.run(tmp_path, quick=True)


def test_a_sealed_set_is_scored_and_changes_no_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path / "essays" / "train", 24)
    before = fit([measured(each) for each in read_sets(tmp_path)])
    laid_out(tmp_path / "essays" / "test")
    fitted = []
    monkeypatch.setattr(style, "fit", lambda sets: fitted.append(fit(sets)) or fitted[-1])
    monkeypatch.setattr(style, "_speakers", dict)
    report = style.run(tmp_path, quick=True)
    assert {"essays_auc", "essays_test_auc", "essays_test_cllr"} <= report.keys()
    assert before in fitted
    assert "essays_test_alone_auc" not in report
