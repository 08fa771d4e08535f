"""Which articles are one text, found as the embedded catalogue finds it: in the order taken in.

Worked out anew at every build, in this process: some 200 bytes an article, and the texts that may be near copies.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from farbank.watch import likeness
from farbank.watch.catalogue import COMPARED
from farbank.watch.cluster.tables import COPIES

COLUMNS = ["id", "outlet", "lang", "day", "url", "kind", "item", "exact", "bands", "full"]
"""What of ARTICLES is needed to fold and to count."""

Bodies = Callable[[Sequence[int]], list[str]]
"""The bodies of some rows."""


def same(articles: pa.Table, bodies: Bodies) -> NDArray[np.int64]:
    """Of every row the first row whose version, other language version, copy or near copy it is; itself if of none."""
    found = np.arange(len(articles))
    banded = _banded(articles["bands"])
    texts = dict(zip(banded, bodies([*banded]), strict=True))
    known: dict[Hashable, int] = {}
    bands: dict[int, list[int]] = {}
    for row, keys in _keyed(articles, banded):
        one = next((known[key] for key in keys if key in known), None)
        if one is None and row in banded:
            one = _near(row, banded[row], bands, texts, found)
        found[row] = row if one is None else one
        for key in keys:
            known.setdefault(key, int(found[row]))
        for band in banded.get(row, ()):
            bands.setdefault(band, []).append(row)
    return found


def copies(articles: pa.Table, found: NDArray[np.int64]) -> pa.Table:
    """The rows of COPIES: one an article, of those that are one text with another."""
    ids = _codes(named(articles, "id"))
    first = np.sort(np.unique(ids, return_index=True)[1])
    texts, sizes = np.unique(found[first], return_counts=True)
    rows = first[np.isin(found[first], texts[sizes > 1])]
    table = articles.select(["id", "outlet", "lang", "day", "url"]).take(pa.array(rows, pa.int64()))
    return table.append_column("same", pa.array(found[rows], pa.int64())).select(COPIES.names).cast(COPIES)


def _keyed(articles: pa.Table, banded: dict[int, list[int]]) -> Iterator[tuple[int, list[Hashable]]]:
    """The rows that may be one with another, and what they would share, what weighs most first."""
    names = named(articles, "id"), named(articles, "item"), articles["exact"]
    apart = np.ones(len(articles), bool), _held(articles["item"]), _held(articles["exact"])
    codes = [_codes(column) for column in names]
    shared = [(np.bincount(code, minlength=1)[code] > 1) & held for code, held in zip(codes, apart, strict=True)]
    maybe = np.logical_or.reduce(shared)
    maybe[[*banded]] = True
    for row in np.flatnonzero(maybe).tolist():
        yield row, [(kind, int(code[row])) for kind, code in enumerate(codes) if shared[kind][row]]


def _near(
    row: int, keys: list[int], bands: dict[int, list[int]], texts: dict[int, str], found: NDArray[np.int64]
) -> int | None:
    compared: set[int] = set()
    for key in keys:
        for other in bands.get(key, ())[:COMPARED]:
            one = int(found[other])
            if one not in compared and likeness.near(texts[row], texts[other]):
                return one
            compared.add(one)
    return None


def _banded(column: pa.ChunkedArray) -> dict[int, list[int]]:
    """The bands that several rows have, by row."""
    lists = column.combine_chunks()
    rows, bands = lists.value_parent_indices().to_numpy(), lists.flatten().to_numpy()
    _, code, sizes = np.unique(bands, return_inverse=True, return_counts=True)
    many = sizes[code] > 1
    found: dict[int, list[int]] = {}
    for row, band in zip(rows[many].tolist(), bands[many].tolist(), strict=True):
        found.setdefault(row, []).append(band)
    return found


def named(articles: pa.Table, column: str) -> pa.ChunkedArray:
    """What an outlet calls something, with whose it is: two outlets may use one id."""
    return pc.binary_join_element_wise(articles["outlet"], articles[column], "\0")


def _codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = column.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes


def _held(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    held: NDArray[np.bool_] = pc.greater(pc.binary_length(column), 0).to_numpy()
    return held
