"""Whole or not at all: what is replaced or built is there as it should be, or as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from farbank import whole
from farbank.model.errors import FolderInUse


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes of what was made durable, in that order: a file keeps its own when it is renamed."""
    order: list[int] = []

    def note(handle: int) -> None:
        order.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(os, "fsync", note)
    return order


def test_a_file_is_replaced_and_private(tmp_path: Path) -> None:
    path = tmp_path / "ring.json"
    path.write_bytes(b"a longer text than what comes")
    path.chmod(0o644)
    whole.file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ring.json"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        whole.file(path, b"new")
    assert path.read_bytes() == b"old"


def inode(path: Path) -> int:
    return path.stat().st_ino


def test_a_file_is_durable_before_it_takes_over_and_its_name_after(tmp_path: Path, synced: list[int]) -> None:
    whole.file(tmp_path / "ring.json", b"new")
    assert synced == [inode(tmp_path / "ring.json"), inode(tmp_path)]


def test_a_folder_is_durable_to_its_last_file_before_it_appears(tmp_path: Path, synced: list[int]) -> None:
    with whole.folder(tmp_path / "below" / "site") as building:
        (building / "deeper").mkdir()
        (building / "deeper" / "en.html").write_bytes(b"page")
        (building / "index.html").write_bytes(b"index")
        assert not (tmp_path / "below" / "site").exists()
        assert stat.S_IMODE(building.stat().st_mode) == 0o700
        assert synced == []
    site = tmp_path / "below" / "site"
    assert set(synced[:-1]) == {inode(site), *map(inode, site.rglob("*"))}
    assert synced[-1] == inode(tmp_path / "below")
    assert (tmp_path / "below" / "site" / "deeper" / "en.html").read_bytes() == b"page"
    assert [path.name for path in (tmp_path / "below").iterdir()] == ["site"]


def test_a_folder_given_up_half_way_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), whole.folder(tmp_path / "site") as building:
        (building / "index.html").write_bytes(b"index")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_of_two_who_build_one_folder_the_first_stays(tmp_path: Path) -> None:
    with pytest.raises(FolderInUse), whole.folder(tmp_path / "site") as building:
        (building / "index.html").write_bytes(b"second")
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "index.html").write_bytes(b"first")
    assert (tmp_path / "site" / "index.html").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _holds_something(path: Path) -> Path:
    path.mkdir()
    (path / "mine.txt").write_text("keep")
    return path


def _is_a_file(path: Path) -> Path:
    path.write_text("keep")
    return path


def _is_a_link(path: Path) -> Path:
    (path.parent / "elsewhere").mkdir()
    path.symlink_to("elsewhere")
    return path


def _is_where_we_are(path: Path) -> Path:
    path.mkdir()
    os.chdir(path)
    return Path()


@pytest.mark.parametrize("place", [_holds_something, _is_a_file, _is_a_link, _is_where_we_are])
def test_a_place_that_is_taken_is_refused_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object
) -> None:
    monkeypatch.chdir(tmp_path)
    taken = place(tmp_path / "taken")  # type: ignore[operator]
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(FolderInUse, match="nothing was changed"), whole.folder(taken):
        pytest.fail("the block ran")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_what_could_not_be_made_is_said_before_anything_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("keep")
    whole.assert_free(tmp_path / "new" / "deeper" / "site")
    with pytest.raises(NotADirectoryError):
        whole.assert_free(tmp_path / "file" / "below" / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_one_may_not_write_to_is_said_before_anything_is(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(PermissionError):
        whole.assert_free(tmp_path / "locked" / "site")
