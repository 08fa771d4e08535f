"""Captures out of WARC and article files in a folder or an object store, read by daft in as many processes as work."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import reduce
from io import BytesIO
from itertools import groupby
from typing import Any, BinaryIO, cast

import daft
import msgspec
import pyarrow as pa
from daft import DataFrame, col, lit
from daft.functions import file, monotonically_increasing_id

from farbank.model import codec
from farbank.model.captures import Capture, Missed, Sweep
from farbank.model.errors import DecodeError
from farbank.model.statemedia import Article
from farbank.watch import likeness, line
from farbank.watch.catalogue import micro
from farbank.watch.cluster.tables import ARTICLES, MISSED, SWEEPS
from farbank.watch.errors import SourceNotRead, UnreadableSource
from farbank.watch.prepare import plain
from farbank.watch.sources import lines, warc


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is read from a capture: its article, that there should have been a whole one, or how a sweep went."""

    article: Article | None = None
    missed: Missed | None = None
    sweep: Sweep | None = None


Read = Callable[[Capture], Found]
"""Reads a capture. It is sent to other processes."""

BATCH = 256
"""Captures handed to a reader at once: some megabytes of pages."""
WARCS = (".warc", ".warc.gz")
LINES = (".jsonl", ".jsonl.gz")
NAMES = "no file here ends in " + ", ".join((*WARCS, *LINES))
NOTHING = "Need at least 1 MicroPartition"
"""What daft says of a pattern that nothing matches. Of a store that does not answer it says something else."""
WANTED = ("response", "resource")
PLACE = ("part", "at")
FIELDS = pa.struct([*ARTICLES, pa.field("missed", pa.struct(MISSED)), pa.field("sweep", pa.struct(SWEEPS))])
ROW = daft.DataType.from_arrow_type(FIELDS)
"""A row of ARTICLES, of MISSED and of SWEEPS, each only nulls where the capture holds none."""


def articles(sources: Sequence[str], read: Read, taken: datetime) -> DataFrame:
    """What can be read from `sources`: `found`, a row of FIELDS, and where it stood, by `PLACE`.

    A source is a file, a folder or a pattern (`s3://crawl/2031/*.warc.gz`); the ending says what a file holds. `taken`
    (UTC) is when files that do not say it were taken. Raises UnreadableSource where nothing is found, SourceNotRead
    where a file is cut off.
    """
    found = [name for source in sources for name in _files(source)]
    if not found:
        raise UnreadableSource(f"{', '.join(sources)}: {NAMES}")
    _check([name for name in found if name.endswith(WARCS)])
    reader = Reader(read, taken)
    parts = [
        (_crawled(list(files), reader) if crawl else _listed(list(files), reader)).with_column("part", lit(part))
        for part, (crawl, files) in enumerate(groupby(found, lambda name: name.endswith(WARCS)))
    ]
    # Collected, as daft keeps the order of rows only where what comes of them depends on it.
    return reduce(DataFrame.concat, parts).where(col("found").not_null()).collect()


def _files(source: str) -> list[str]:
    if source.endswith((*WARCS, *LINES)) and "*" not in source:
        return [source]
    found = listed(source if "*" in source else f"{source.rstrip('/')}/**")
    return [path for path in found if path.endswith((*WARCS, *LINES))]


def listed(pattern: str) -> list[str]:
    """The files of that pattern, in order. Raises ValueError where nobody can say what there is."""
    try:
        found: list[str] = daft.from_glob_path(pattern).to_pydict()["path"]
    except FileNotFoundError:
        return []
    except ValueError as error:
        if NOTHING not in str(error):
            raise
        return []
    return sorted(found)


def _check(crawls: list[str]) -> None:
    """Read every WARC to its end first: daft takes one that is cut off in the head of a record for a whole one."""
    if not crawls:
        return
    rows = daft.from_pydict({"name": crawls}).into_batches(1).select("name", _wrong(file(col("name"))).alias("wrong"))
    for row in rows.where("wrong <> ''").to_pylist():
        raise SourceNotRead(f"{row['name']}: {row['wrong']}. {SourceNotRead.__doc__}")


@daft.func
def _wrong(crawl: daft.File) -> str:
    with crawl.open() as opened:
        try:
            warc.check_end(cast(BinaryIO, opened), 0)
        except (EOFError, zlib.error) as error:
            return str(error)
    return ""


def _crawled(files: list[str], reader: Reader) -> DataFrame:
    rows = daft.read_warc(files, file_path_column="file")
    rows = rows.with_column("at", monotonically_increasing_id()).where(col("WARC-Type").is_in(WANTED))
    columns = ("WARC-Type", "WARC-Target-URI", "WARC-Date", "warc_headers", "warc_content", "file")
    return rows.select(reader.page(*map(col, columns)).alias("found"), "at")


def _listed(files: list[str], reader: Reader) -> DataFrame:
    rows = daft.read_text(files, file_path_column="file").with_column("at", monotonically_increasing_id())
    return rows.select(reader.line(col("text"), col("file")).alias("found"), "at")


@daft.cls(use_process=True, max_concurrency=os.cpu_count() or 1)
class Reader:
    """Reads captures in a process of its own, a batch at a time."""

    def __init__(self, read: Read, taken: datetime) -> None:
        self._read = read
        self._taken = taken

    @daft.method.batch(return_dtype=ROW, batch_size=BATCH)
    def page(self, kind: Any, url: Any, taken: Any, headers: Any, content: Any, file: Any) -> pa.Array:
        """Articles of records of a WARC, as daft gives them."""
        columns = (column.to_pylist() for column in (kind, url, taken, headers, content, file))
        return self._rows(_capture(*record) for record in zip(*columns, strict=True))

    @daft.method.batch(return_dtype=ROW, batch_size=BATCH)
    def line(self, text: Any, file: Any) -> pa.Array:
        """Articles of lines of article files."""
        columns = text.to_pylist(), file.to_pylist()
        return self._rows(_line(*one, self._taken) for one in zip(*columns, strict=True))

    def _rows(self, captures: Iterable[Capture | None]) -> pa.Array:
        found = [self._read(capture) if capture else Found() for capture in captures]
        return pa.array([_row(one) if one != Found() else None for one in found], FIELDS)


def _capture(kind: str, url: str | None, taken: datetime, headers: str, content: bytes, file: str) -> Capture | None:
    """A record put together again and read as one that was never taken apart, so that both engines read it alike."""
    head = {"WARC-Type": kind, "WARC-Target-URI": url or "", "WARC-Date": f"{taken:%Y-%m-%dT%H:%M:%SZ}"}
    head |= json.loads(headers) | {"Content-Length": str(len(content))}
    fields = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""])
    return next(warc.read(BytesIO(fields.encode() + content + b"\r\n\r\n"), file), None)


def _line(text: str, file: str, taken: datetime) -> Capture:
    body = text.encode()
    try:
        found = line.article(body)
    except ValueError as error:
        raise DecodeError(file, repr(text[:60]), f"expected an article as one JSON object: {error}") from None
    return lines.capture(found, body, taken)


def _row(found: Found) -> dict[str, object]:
    """Columns that are left out are null."""
    row = {} if found.article is None else _article(plain(found.article))
    if found.missed is not None:
        row["missed"] = _missed(found.missed)
    if found.sweep is not None:
        row["sweep"] = {"outlet": found.sweep.outlet, "swept": codec.to_json(found.sweep).decode()}
    return row


def _missed(missed: Missed) -> dict[str, object]:
    return {
        "url": missed.url,
        "outlet": missed.outlet,
        "lang": missed.language,
        "day": missed.day and missed.day.toordinal(),
        "noticed": micro(missed.noticed),
        "why": missed.why,
        "title": missed.title,
        "site": missed.site,
    }


def _article(article: Article) -> dict[str, object]:
    words = likeness.words(article.body)
    return {
        "id": article.id,
        "text": likeness.fingerprint(article),
        "outlet": article.outlet,
        "lang": article.lang,
        "day": article.date.toordinal(),
        "title": article.title,
        "body": article.body,
        "url": article.url,
        "kind": article.kind,
        "item": article.item,
        "exact": likeness.exact(words),
        "bands": likeness.bands(words),
        "full": bool(article.body),
    }
