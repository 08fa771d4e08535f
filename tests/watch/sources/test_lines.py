from __future__ import annotations

import gzip
import json
import os
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.captures import Capture
from farbank.model.errors import DecodeError
from farbank.model.statemedia import Article
from farbank.watch import archive, filing
from farbank.watch.errors import TruncatedArchive
from farbank.watch.extract import article
from farbank.watch.line import LONGEST
from farbank.watch.sources import read

TAKEN = datetime(2024, 8, 2, 6, tzinfo=UTC)
ROW = {"id": "a1", "outlet": "KCNA", "lang": "en", "date": "2024-07-31", "title": "Rain", "body": "It rained."}


def line(**changes: object) -> bytes:
    return json.dumps(ROW | changes, ensure_ascii=False).encode() + b"\n"


def captures(folder: Path, data: bytes) -> list[Capture]:
    path = folder / "articles"
    path.write_bytes(data)
    return list(read(path, TAKEN))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_line_is_a_capture_with_its_bytes_as_they_are(tmp_path: Path, pack: type[bytes]) -> None:
    first, second = line(url="http://paper.example/1"), b"  " + line(id="a2", title="비")
    found = captures(tmp_path, pack(first + b"\n" + second))
    assert [(c.url, c.body) for c in found] == [("http://paper.example/1", first), ("urn:farbank:a2", second)]
    assert {(c.taken, c.status, c.header("content-type"), c.cut) for c in found} == {
        (TAKEN, 0, "application/json", False)
    }


def test_an_article_comes_out_as_it_went_in(tmp_path: Path) -> None:
    (found,) = captures(tmp_path, line(id="a2", title="비", english_prob=float("nan"), item="k7"))
    read_back = article(found, ())
    assert read_back is not None
    assert (read_back.id, read_back.title, read_back.body, read_back.item) == ("a2", "비", "It rained.", "k7")


def test_a_pipe_is_read_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(line()),))
    writer.start()
    assert [c.url for c in read(pipe, TAKEN)] == ["urn:farbank:a1"]
    writer.join()


def spelled(name: str, value: str) -> bytes:
    """A line with a value as JSON may spell it."""
    return line(**{name: "@"}).replace(b'"@"', f'"{value}"'.encode())


HALF = [
    spelled(name, f"x{half}") for name in ("id", "outlet", "url", "kind", "item") for half in (r"\ud800", r"\udfff")
]


@pytest.mark.parametrize(
    "bad",
    [
        b'{"id": "a2",', b"[]\n", line(date="2024-02-30"), line(lang="English"), b"[" * 200_000 + b"\n",
        b'{"x": NaN, "y": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n", b'{"x": NaN, "y": ' + b"9" * 9999 + b"}\n",
        line(date="0000-01-01"), line(date="10000-01-01"), spelled("lang", r"en-\ud800"), spelled("date", r"\ud800"),
        *HALF,
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_those_before_it_are_given(tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(line() + bad)
    found = read(path, TAKEN)
    assert next(found).url == "urn:farbank:a1"
    with pytest.raises(DecodeError) as caught:
        next(found)
    assert (caught.value.file, caught.value.where) == (str(path), "line 2")


def test_half_a_character_in_what_is_said_loses_no_article(tmp_path: Path) -> None:
    (found,) = captures(tmp_path, spelled("body", r"It \ud83d rained."))
    archive.build([Article(id="a0", outlet="KCNA", lang="en", date=date(2024, 7, 31), title="Sun")], tmp_path / "held")
    filing.file([found], tmp_path / "held")
    with archive.open(tmp_path / "held") as opened:
        assert {opened.store.article(n).body for n in (1, 2)} == {"", "It ? rained."}


STRANGE = st.text(alphabet=st.characters(codec=None), max_size=9).map(json.dumps)
VALUES = STRANGE | st.sampled_from(
    ["NaN", "1e999", "null", "[]", "9" * 30, '"9999-12-31"', '"0001-01-01"', '"en"', '"ko"']
)


@given(st.dictionaries(st.sampled_from([*ROW, "url", "kind", "item", "x"]), VALUES))
def test_any_line_is_filed_or_refused_by_name(tmp_path_factory: pytest.TempPathFactory, odd: dict[str, str]) -> None:
    fields = {name: json.dumps(value) for name, value in ROW.items()} | odd
    text = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    folder = tmp_path_factory.mktemp("odd")
    try:
        found = captures(folder, f"{{{text}}}\n".encode())
    except DecodeError as refused:
        assert refused.where == "line 1" and str(refused).encode()
    else:
        filing.file(found, folder / "held")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_cut_off_says_where(tmp_path: Path, kept: float) -> None:
    data = gzip.compress(b"".join(line(id=f"a{n}", body=f"{n * 7919 % 104729}") for n in range(3000)))
    with pytest.raises(TruncatedArchive, match=r"articles: line \d+: .*fetch it again"):
        captures(tmp_path, data[: int(len(data) * kept)])


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    with pytest.raises(DecodeError, match="line 1: longer than"):
        captures(tmp_path, gzip.compress(b"x" * (3 * LONGEST)))


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert captures(tmp_path, b"") == []
