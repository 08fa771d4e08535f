"""Rows written as fragments of a Lance table by whoever has them, and made part of the table by one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any

import daft
import lance
import pyarrow as pa
from daft import DataFrame, col
from lance.fragment import FragmentMetadata, write_fragments

from farbank.watch.catalogue import FIELDS, article_of
from farbank.watch.cluster.sources import PLACE
from farbank.watch.cluster.tables import ARTICLES, PASSAGES
from farbank.watch.index import key
from farbank.watch.passages import cut

ROWS = 16_384
"""Articles of a fragment: some tens of megabytes, what one process holds."""
BATCH = 256
WRITTEN = daft.DataType.string()
"""Fragments as a list in JSON; daft cannot join no lists at all into a column."""


def add_articles(table: lance.LanceDataset, rows: DataFrame) -> lance.LanceDataset:
    """Add the articles of `rows` (`found`, a row with the columns of ARTICLES; sorted by PLACE), in their order."""
    writer: Any = ArticleWriter(table.uri)  # daft makes expressions of its methods
    rows = rows.select(*PLACE, writer.write(col("found")).alias("made")).where(col("made").not_null())
    return _commit(table, rows.to_pydict(), PLACE)


def add_passages(table: lance.LanceDataset, articles: lance.LanceDataset, after: int) -> lance.LanceDataset:
    """Cut every article after the first `after` into passages, and add them; each fragment is one process's work."""
    first, work = 1, []
    for fragment in articles.get_fragments():
        if first > after:
            work.append((fragment.fragment_id, first))
        first += fragment.count_rows()
    if not work:
        return table
    numbers, firsts = map(list, zip(*work, strict=True))
    writer: Any = PassageWriter(table.uri, articles.uri, articles.version)
    rows = daft.from_pydict({"fragment": numbers, "first": firsts})
    rows = rows.select("first", writer.write(col("fragment"), col("first")).alias("made"))
    return _commit(table, rows.to_pydict(), ["first"])


def _commit(table: lance.LanceDataset, written: dict[str, list[Any]], order: Sequence[str]) -> lance.LanceDataset:
    """Add what was written, in the order of some columns: a cluster gives it in the order in which it was done."""
    parts = sorted(zip(*(written[name] for name in (*order, "made")), strict=True))
    made = [json.dumps(one) for *_, fragments in parts for one in json.loads(fragments)]
    if not made:
        return table
    added = lance.LanceOperation.Append([FragmentMetadata.from_json(one) for one in made])
    return lance.LanceDataset.commit(table.uri, added, read_version=table.version)


@daft.cls
class ArticleWriter:
    """Writes articles, a fragment at a time."""

    def __init__(self, url: str) -> None:
        self._url = url

    @daft.method.batch(return_dtype=WRITTEN, batch_size=ROWS)
    def write(self, articles: Any) -> list[str | None]:
        """What was written, as JSON, in the first place; nothing in the others."""
        table = pa.Table.from_struct_array(articles.to_arrow()).select(ARTICLES.names).cast(ARTICLES)
        return [_json(write_fragments(table, self._url, ARTICLES)), *[None] * (len(table) - 1)]


@daft.cls(use_process=True, max_concurrency=os.cpu_count() or 1)
class PassageWriter:
    """Cuts the articles of a fragment and writes their passages."""

    def __init__(self, url: str, articles: str, version: int) -> None:
        self._url = url
        self._articles = lance.dataset(articles, version=version)

    @daft.method.batch(return_dtype=WRITTEN, batch_size=1)
    def write(self, fragment: Any, first: Any) -> list[str]:
        """What was written, as JSON."""
        return [
            _json(write_fragments(self._cut(*which), self._url, PASSAGES))
            for which in zip(fragment.to_pylist(), first.to_pylist(), strict=True)
        ]

    def _cut(self, fragment: int, ordinal: int) -> pa.RecordBatchReader:
        (part,) = (one for one in self._articles.get_fragments() if one.fragment_id == fragment)
        batches = part.to_batches(columns=FIELDS.split(", "), batch_size=BATCH)
        return pa.RecordBatchReader.from_batches(PASSAGES, _passages(batches, ordinal))


def _passages(batches: Iterator[pa.RecordBatch], ordinal: int) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        columns: tuple[list[object], ...] = tuple([] for _ in PASSAGES)
        for fields in batch.to_pylist():
            article = article_of(tuple(fields.values()))
            for place, words in enumerate(cut(article)):
                row = key(ordinal, place), article.outlet, article.lang, article.date.toordinal(), words
                for column, value in zip(columns, row, strict=True):
                    column.append(value)
            ordinal += 1
        arrays = [pa.array(column, field.type) for column, field in zip(columns, PASSAGES, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=PASSAGES)


def _json(fragments: Sequence[FragmentMetadata]) -> str:
    return json.dumps([fragment.to_json() for fragment in fragments])
