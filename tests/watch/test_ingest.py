from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from farbank.model.errors import DecodeError
from farbank.model.statemedia import Article
from farbank.watch.errors import TruncatedArchive
from farbank.watch.ingest import LONGEST_LINE, read

ROW = {"id": "a1", "outlet": "KCNA", "lang": "en", "date": "2024-07-31", "title": "Rain", "body": "It rained."}


def line(**changes: object) -> bytes:
    return json.dumps(ROW | changes, ensure_ascii=False).encode() + b"\n"


def write(folder: Path, data: bytes) -> Path:
    path = folder / "articles.jsonl"
    path.write_bytes(data)
    return path


def test_plain_and_compressed_files_read_alike(tmp_path: Path) -> None:
    data = line() + b"\n" + line(id="a2", lang="ko", title="비", topics=["Society"])
    plain = write(tmp_path, data)
    packed = tmp_path / "articles.jsonl.gz"
    packed.write_bytes(gzip.compress(data))
    expected = [
        Article(id="a1", outlet="KCNA", lang="en", date=date(2024, 7, 31), title="Rain", body="It rained."),
        Article(id="a2", outlet="KCNA", lang="ko", date=date(2024, 7, 31), title="비", body="It rained."),
    ]
    assert list(read(plain)) == expected == list(read(packed))


def test_compression_is_seen_from_the_bytes_not_the_name(tmp_path: Path) -> None:
    assert [a.id for a in read(write(tmp_path, gzip.compress(line())))] == ["a1"]


def test_not_a_number_in_a_field_nobody_needs_is_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, line(english_prob=float("nan")))
    assert b"NaN" in path.read_bytes()
    assert [a.id for a in read(path)] == ["a1"]


def test_an_empty_file_has_no_articles(tmp_path: Path) -> None:
    assert list(read(write(tmp_path, b""))) == []


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b'{"id": "a2",', "line 2"),
        (b"[]\n", "line 2"),
        (line(date="2024-02-30"), "line 2"),
        (line(date="31 July"), "$.date"),
        (line(lang="English"), "$.lang"),
        (line(body=None), "$.body"),
        (b'{"id": "\xff"}\n', "line 2"),
        (line(title=7), "$.title"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad: bytes, says: str) -> None:
    path = write(tmp_path, line() + bad)
    with pytest.raises(DecodeError) as caught:
        list(read(path))
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.where == "line 2"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_cut_off_says_so(tmp_path: Path, kept: float) -> None:
    data = gzip.compress(b"".join(line(id=f"a{n}", body=f"{n * 7919 % 104729}") for n in range(3000)))
    with pytest.raises(TruncatedArchive, match="fetch it again"):
        list(read(write(tmp_path, data[: int(len(data) * kept)])))


def test_a_file_with_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b"".join(line(id=f"a{n}") for n in range(500))))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises((TruncatedArchive, DecodeError)):
        list(read(write(tmp_path, bytes(data))))


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    with pytest.raises(DecodeError, match="longer than"):
        list(read(write(tmp_path, gzip.compress(b"x" * (3 * LONGEST_LINE)))))
