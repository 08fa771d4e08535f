"""The tables of an archive at scale, and the one row that says which version of each counts.

`articles` holds a text a row, in the order taken in: the ordinal of an article is its row number, from 1. `passages`
holds their tokens and the full-text index, `missed` what could not be read, `sweeps` how our own collection went. Rows
of these are only ever added, so an ordinal stays. `days` counts what is held of each day, `unread` is what is missed
still, `copies` lists what stands in several places. `archive` is written last, whole; until then readers see the
versions it named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import lance
import msgspec
import pyarrow as pa

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.watch import layout
from farbank.watch.errors import DamagedArchive, NoArchive, StaleArchive, StoreSilent
from farbank.watch.store import Extent

ARTICLES = pa.schema(
    [
        ("id", pa.string()), ("text", pa.binary()), ("outlet", pa.string()), ("lang", pa.string()),
        ("day", pa.int32()), ("title", pa.string()), ("body", pa.string()), ("url", pa.string()),
        ("kind", pa.string()), ("item", pa.string()), ("exact", pa.binary()), ("bands", pa.list_(pa.int64())),
        ("full", pa.bool_()),
    ]
)  # fmt: skip
"""`text`, `exact` and `bands` are those of `likeness`; `day` is a proleptic ordinal; `full`: there is a body."""

PASSAGES = pa.schema(
    [("key", pa.int64()), ("outlet", pa.string()), ("lang", pa.string()), ("day", pa.int32()), ("tokens", pa.string())]
)
"""`tokens` are ours, joined by spaces; `key` is that of `index`."""

DAYS = pa.schema(
    [
        ("outlet", pa.string()), ("lang", pa.string()), ("day", pa.int32()), ("bodies", pa.int64()),
        ("titles", pa.int64()), ("other", pa.int64()), ("missed", pa.int64()),
    ]
)  # fmt: skip
"""`other` counts what is not the outlet's own text."""

COPIES = pa.schema(
    [
        ("id", pa.string()), ("same", pa.int64()), ("outlet", pa.string()), ("lang", pa.string()),
        ("day", pa.int32()), ("url", pa.string()),
    ]
)  # fmt: skip
"""The articles that share their text with another, which have one `same`."""

MISSED = pa.schema(
    [
        ("url", pa.string()), ("outlet", pa.string()), ("lang", pa.string()), ("day", pa.int32()),
        ("noticed", pa.int64()), ("why", pa.string()), ("title", pa.string()), ("site", pa.string()),
    ]
)  # fmt: skip
"""Items that were listed and could not be read. `day` is null where nobody knows it; `noticed` is in microseconds."""

SWEEPS = pa.schema([("outlet", pa.string()), ("swept", pa.string())])
"""How the passes over sites went: each a `Sweep` in JSON."""

NOTHING = "was not found"
"""What Lance says of an address where there is no table. Whatever else it says, there may be one."""
UNANSWERED = re.compile(r"Generic \w+ error")
"""What it says of a store that cannot be asked, or answers something else than that there is nothing."""

MADE = pa.schema([("made", pa.string())])
FORMAT = 2
SCHEMAS = {
    "articles": ARTICLES, "passages": PASSAGES, "missed": MISSED, "sweeps": SWEEPS, "days": DAYS, "unread": MISSED,
    "copies": COPIES,
}  # fmt: skip


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive is made of: the version of each table that counts, how words were cut, and how much it holds."""

    format: int
    cut: str
    versions: dict[str, int]
    extent: Extent


def made(url: str) -> Made:
    """What the archive at `url` is made of. Raises NoArchive, DamagedArchive, StaleArchive, StoreSilent."""
    with sound(url):
        try:
            table = lance.dataset(_at(url, "archive"))
        except ValueError as error:
            if NOTHING not in str(error):
                raise
            raise NoArchive(f"{url}: {NoArchive.__doc__}") from None
        found = codec.from_json(table.to_table()["made"][0].as_py().encode(), Made, url)
    if (found.format, found.cut) != (FORMAT, layout.cut()):
        raise StaleArchive(f"{url}: {StaleArchive.__doc__}")
    return found


def seal(url: str, versions: dict[str, int], extent: Extent) -> None:
    """Say that those versions count from now on."""
    found = Made(format=FORMAT, cut=layout.cut(), versions=versions, extent=extent)
    row = pa.table({"made": [codec.to_json(found).decode()]}, schema=MADE)
    lance.write_dataset(row, _at(url, "archive"), mode="overwrite")


def table(url: str, name: str, version: int) -> lance.LanceDataset:
    """One table at one version. Raises DamagedArchive."""
    with sound(url):
        return lance.dataset(_at(url, name), version=version)


def writable(url: str, name: str, version: int | None) -> lance.LanceDataset:
    """One table to be added to: made if there is none yet, set back to `version` if a killed build went beyond it."""
    if version is None:
        return lance.write_dataset(SCHEMAS[name].empty_table(), _at(url, name), mode="overwrite")
    found = lance.dataset(_at(url, name))
    if found.version != version:
        back: Any = lance.dataset(_at(url, name), version=version)
        back.restore()
        found = lance.dataset(_at(url, name))
    return found


@contextmanager
def sound(url: str) -> Iterator[None]:
    """Say what it means that the archive at `url` does not read. Raises DamagedArchive, StoreSilent."""
    try:
        yield
    except (OSError, ValueError, RuntimeError, IndexError, DecodeError) as error:  # Lance raises the first three
        failure = StoreSilent if "://" in url and UNANSWERED.search(str(error)) else DamagedArchive
        raise failure(f"{url}: {failure.__doc__}") from error


def _at(url: str, name: str) -> str:
    return f"{url.rstrip('/')}/{name}.lance"
