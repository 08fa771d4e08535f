"""Bad input: one clear sentence each, nothing half-written, nothing lost."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from farbank.desk.examples import example
from farbank.watch import archive
from tests.cli.conftest import ran


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the June order to spoil."""
    return Path(shutil.copytree(example("june-order"), tmp_path / "case"))


def run(*arguments: str, cwd: Path, stdin: str = "") -> CompletedProcess[str]:
    return ran(*arguments, cwd=cwd, typed=stdin)


def assert_refused(case: Path, *words: str) -> str:
    """Compiling `case` fails with exit code 3 and one line that holds all `words`, and writes nothing."""
    out = case.parent / "out"
    refused = run("story", "compile", str(case), "--out", str(out), cwd=case.parent)
    assert refused.returncode == 3, refused.stdout + refused.stderr
    assert refused.stderr.startswith("farbank: ")
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert "Traceback" not in refused.stderr
    for word in words:
        assert word in refused.stderr
    assert not out.exists()
    assert sorted(path.name for path in case.parent.iterdir()) == ["case"]
    return refused.stderr


def spoil(case: Path, file: str, old: str, new: str) -> None:
    path = case / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_malformed_toml_names_file_and_line(case: Path) -> None:
    spoil(case, "claims.toml", "[[claims]]\n", "[[claims]]\nid = \n")
    assert_refused(case, "claims.toml", "line 4")


def test_an_unknown_place_says_where_it_is_used(case: Path) -> None:
    spoil(case, "claims.toml", 'place = "kp:KP02"', 'place = "kp:KP99"')
    assert_refused(case, "claim order", "kp:KP99")


def test_an_impossible_date_names_the_field(case: Path) -> None:
    spoil(case, "claims.toml", 'when = "2023-06-17"', 'when = "2023-02-30"')
    assert_refused(case, "claims.toml", "claims[0].when", "2023-02-30")


def test_a_citation_without_a_claim_names_the_line(case: Path) -> None:
    spoil(case, "story.en.md", "[@lead]", "[@led]")
    assert_refused(case, "story.en.md:9", "'led'")


def test_a_claim_without_a_chain(case: Path) -> None:
    spoil(case, "claims.toml", 'chains = ["via-alder"]\n', "")
    assert_refused(case, "order", "chain")


def test_a_picture_that_is_not_a_picture(case: Path) -> None:
    (case / "media" / "levee.png").write_bytes(b"GIF89a not a picture at all")
    assert_refused(case, "levee.png", "cannot be published", "of a kind farbank does not know")


def test_a_link_out_of_the_folder(case: Path) -> None:
    secret = case.parent / "case" / ".." / "elsewhere.toml"
    (case / "statements" / "kcna-2023-06-19.toml").unlink()
    (case / "statements" / "kcna-2023-06-19.toml").symlink_to("../../../etc/hostname")
    assert not secret.exists()
    assert_refused(case, "kcna-2023-06-19.toml")


def test_a_misspelt_key_is_named(case: Path) -> None:
    spoil(case, "claims.toml", "audience =", "audiense =")
    assert_refused(case, "claims.toml", "audiense")


def test_of_a_truncated_archive_file_what_came_before_is_filed(tmp_path: Path) -> None:
    line = b'{"id":"a1","outlet":"KCNA","lang":"en","date":"2031-01-02","title":"T","body":"Water rose."}\n'
    whole, cut = tmp_path / "whole.jsonl.gz", tmp_path / "cut.jsonl.gz"
    whole.write_bytes(gzip.compress(line))
    cut.write_bytes(gzip.compress(line.replace(b"a1", b"a2") * 500)[:-20])
    assert run("watch", "ingest", "whole.jsonl.gz", "--archive", "archive", cwd=tmp_path).returncode == 0
    failed = run("watch", "ingest", "cut.jsonl.gz", "--archive", "archive", cwd=tmp_path)
    assert failed.returncode == 3
    assert "cut.jsonl.gz" in failed.stderr
    assert "Traceback" not in failed.stderr
    with archive.open(tmp_path / "archive") as opened:
        assert opened.store.article(1).id == "a1"
        assert opened.extent.articles == 2


def test_a_wrong_passphrase_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    made = run(
        "desk",
        "init",
        "desk",
        "--member",
        "Ryu=safety-officer",
        cwd=tmp_path,
        stdin="correct horse battery\n",
    )
    assert made.returncode == 0, made.stderr
    before = {p.name: p.read_bytes() for p in (tmp_path / "desk").iterdir()}
    tried = run("desk", "status", "--desk", "desk", "--as", "Ryu", cwd=tmp_path, stdin="wrong horse battery\n")
    assert tried.returncode == 3
    assert "passphrase" in tried.stderr
    assert "horse" not in tried.stderr
    assert {p.name: p.read_bytes() for p in (tmp_path / "desk").iterdir()} == before
    right = run("desk", "status", "--desk", "desk", "--as", "Ryu", cwd=tmp_path, stdin="correct horse battery\n")
    assert right.returncode == 0, right.stderr
