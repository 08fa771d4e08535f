from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from farbank.watch.errors import UnreadableSource
from farbank.watch.sources import MOST, read

TAKEN = datetime(2024, 8, 2, 6, tzinfo=UTC)
PAGE = b"<!doctype html><html><head>%s</head><body><p>The dam at Sorim holds.</p></body></html>"


def test_pages_are_read_in_order_from_every_folder_below(tmp_path: Path) -> None:
    for name in ("b.html", "a/2.htm", "a/1", "a/c/댐.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PAGE % b"")
    (tmp_path / "a" / "style.css").write_text("body { color: red }")
    (tmp_path / "a" / "dam.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    found = list(read(tmp_path, TAKEN))
    assert [c.url for c in found] == [
        f"urn:farbank:file:{name}" for name in ("a/1", "a/2.htm", "a/c/%EB%8C%90.html", "b.html")
    ]
    assert {(c.taken, c.status, c.body) for c in found} == {(TAKEN, 0, PAGE % b"")}


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (b'<link rel="canonical" href="http://paper.example/1">', "http://paper.example/1"),
        (b'<link rel="canonical" href="/1">', "urn:farbank:file:p.html"),
        (b'<link rel="canonical" href="javascript:alert(1)">', "urn:farbank:file:p.html"),
        (b'<link rel="canonical" href="http://[">', "urn:farbank:file:p.html"),
        (b"<link rel=canonical>", "urn:farbank:file:p.html"),
    ],
)
def test_the_address_is_the_one_the_page_gives_if_it_is_one(tmp_path: Path, link: bytes, url: str) -> None:
    (tmp_path / "p.html").write_bytes(PAGE % link)
    (found,) = read(tmp_path, TAKEN)
    assert found.url == url


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.html").write_bytes(PAGE % b"")
    (folder / "page.html").write_bytes(PAGE % b"")
    (folder / "up").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "secret.html").symlink_to(outside / "secret.html")
    os.mkfifo(folder / "pipe.html")
    assert [c.url for c in read(folder, TAKEN)] == ["urn:farbank:file:page.html"]


def test_a_giant_page_is_cut(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_bytes(PAGE % b"" + b"x" * (2 * MOST))
    (found,) = read(tmp_path, TAKEN)
    assert (len(found.body), found.cut) == (MOST, True)


def test_folders_nested_deeper_than_the_stack(tmp_path: Path) -> None:
    nested = [tmp_path / "d"]
    while len(nested) < 1200:
        nested.append(nested[-1] / "d")
    for folder in nested:
        folder.mkdir()
    page = nested[-1] / "p.html"
    page.write_bytes(PAGE % b"")
    (found,) = read(tmp_path, TAKEN)
    assert found.url.endswith("d/p.html")
    page.unlink()
    for folder in reversed(nested):  # what clears up after the tests would recurse
        folder.rmdir()


def test_a_folder_without_pages_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("rain")
    with pytest.raises(UnreadableSource):
        list(read(tmp_path, TAKEN))
