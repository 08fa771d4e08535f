from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from farbank.model.captures import Capture
from farbank.watch.errors import PackedTooTight, TruncatedArchive, UnreadableSource
from farbank.watch.sources import read
from tests.watch.sources.warcs import http, packed, record

TAKEN = datetime(2024, 8, 2, 6, tzinfo=UTC)
ONE, TWO = (packed([record(http(), url=f"http://paper.example/{n}")]) for n in (1, 2))


def wacz(*parts: tuple[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as packing:
        for name, data in parts:
            packing.writestr(name, data)
    return held.getvalue()


def captures(folder: Path, data: bytes) -> list[Capture]:
    path = folder / "crawl.bin"
    path.write_bytes(data)
    return list(read(path, TAKEN))


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_warc_in_it_is_read_and_nothing_else(tmp_path: Path, how: int) -> None:
    data = wacz(("pages/pages.jsonl", b"{}"), ("archive/b.warc.gz", TWO), ("archive/a.warc.gz", ONE), how=how)
    assert [c.url for c in captures(tmp_path, data)] == ["http://paper.example/1", "http://paper.example/2"]


def test_no_path_leaves_the_zip(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    found = captures(inside, wacz(("../out.warc.gz", ONE), ("/abs.warc.gz", TWO)))
    assert len(found) == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["crawl.bin", "inside"]


def test_a_part_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = record(http(b"\0" * 50 * 2**20))
    with pytest.raises(PackedTooTight, match=r"a\.warc"):
        captures(tmp_path, wacz(("a.warc", bomb), how=zipfile.ZIP_DEFLATED))


def test_parts_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packing:
        packing.writestr("a0.warc.gz", ONE)
        for n in range(1, 50):
            again = zipfile.ZipInfo(f"a{n}.warc.gz")
            first = packing.filelist[0]
            for field in ("header_offset", "CRC", "compress_size", "file_size"):
                setattr(again, field, getattr(first, field))
            packing.filelist.append(again)
        packing._didModify = True
    with pytest.raises(PackedTooTight):
        captures(tmp_path, held.getvalue())


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_zip_cut_off_says_so(tmp_path: Path, kept: float) -> None:
    data = wacz(("archive/a.warc.gz", ONE * 50))
    with pytest.raises(TruncatedArchive, match=r"crawl\.bin: .*fetch it again"):
        captures(tmp_path, data[: int(len(data) * kept)])


def test_a_flipped_byte_in_a_part_is_refused(tmp_path: Path) -> None:
    data = bytearray(wacz(("archive/a.warc.gz", ONE)))
    data[120] ^= 0xFF
    with pytest.raises(TruncatedArchive, match=r"crawl\.bin"):
        captures(tmp_path, bytes(data))


def test_a_warc_cut_off_before_it_was_zipped_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruncatedArchive, match=r"archive/a\.warc\.gz: at or after record"):
        captures(tmp_path, wacz(("archive/a.warc.gz", ONE[:-20])))


def test_a_zip_without_a_warc_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="WACZ"):
        captures(tmp_path, wacz(("letter.txt", b"hello")))


def test_a_part_under_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(wacz(("a.warc.gz", ONE)))
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start] |= 1
    with pytest.raises(TruncatedArchive):
        captures(tmp_path, bytes(data))
