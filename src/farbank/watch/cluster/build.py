"""Building an archive at scale, or adding to one: captures to articles, articles to passages, passages to an index.

Each step adds to a table in the open; what was there stays what it was until the last step names the new versions
(`tables.seal`). A build that is killed before leaves the archive as it was, and the next one begins where that stood.
Two at once would spoil each other's: in a folder the second is refused, in an object store nothing stops it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import daft
import lance
import pyarrow as pa
from daft import DataFrame, Window, col
from daft.functions import row_number

from farbank.model.errors import FarbankError
from farbank.watch import layout
from farbank.watch.cluster import count, folding, fragments, index, tables
from farbank.watch.cluster.engine import start
from farbank.watch.cluster.sources import PLACE, Read, articles
from farbank.watch.errors import ArchiveNotWritten, HasCaptures, NoArchive, SourceNotRead
from farbank.watch.filing import alone
from farbank.watch.store import Extent


def build(sources: Sequence[str], url: str, read: Read, ray: str | None = None) -> Extent:
    """Take what `sources` hold into the archive at `url`, which is made if it is not there, and say what it then holds.

    `sources` are WARC and article files, folders or patterns of them, in the order taken in; `read` gives the article
    of a capture (`reader`). A text that is there already under its outlet and id is passed over. `ray` is the address
    of a Ray cluster, `local` for one started here; without it everything is done by this machine.
    Raises UnreadableSource, SourceNotRead, ArchiveNotWritten, ArchiveBusy, DamagedArchive, StaleArchive, HasCaptures.
    """
    with _alone(url):
        versions, before = _found(url)
        with _or(ArchiveNotWritten):
            held = {name: tables.writable(url, name, versions.get(name)) for name in tables.SCHEMAS}
        workers = start(ray)
        with _or(SourceNotRead):
            found = articles(sources, read, datetime.now(UTC))
        with _or(ArchiveNotWritten):
            held["articles"] = fragments.add_articles(held["articles"], _new(found, held["articles"]))
            held["passages"] = fragments.add_passages(held["passages"], held["articles"], before)
            held["passages"] = index.write(held["passages"], workers)
            for name in ("missed", "sweeps"):
                held[name] = _write(held[name], _noted(found, name), "append")
            extent = _count(held)
            tables.seal(url, {name: table.version for name, table in held.items()}, extent)
    return extent


def _found(url: str) -> tuple[dict[str, int], int]:
    """The versions that count, and how many texts there are."""
    try:
        made = tables.made(url)
    except NoArchive:
        return {}, 0
    return made.versions, made.extent.articles + made.extent.versions


def _new(rows: DataFrame, held: lance.LanceDataset) -> DataFrame:
    """The first of every text under its outlet and id, and none that is held, in the order taken in."""
    keys = ["outlet", "id", "text"]
    named = rows.with_columns({name: col("found").get(name) for name in keys}).where(col("id").not_null())
    first = Window().partition_by(*keys).order_by(*PLACE)
    fresh = named.with_column("turn", row_number().over(first)).where("turn = 1")
    if held.count_rows():
        known = daft.from_arrow(held.to_table(keys))
        fresh = fresh.join(known, on=[*keys], how="anti")
    return fresh.sort(list(PLACE))


def _noted(rows: DataFrame, name: str) -> pa.Table:
    note = col("found").get({"missed": "missed", "sweeps": "sweep"}[name])
    columns = {field: note.get(field) for field in tables.SCHEMAS[name].names}
    return rows.with_columns(columns).where(col("outlet").not_null()).select(*columns).to_arrow()


def _count(held: dict[str, lance.LanceDataset]) -> Extent:
    """Fold and count everything that is held, and write down what comes of it."""
    texts = held["articles"].to_table(folding.COLUMNS)
    same = folding.same(texts, lambda rows: held["articles"].take(rows, ["body"])["body"].to_pylist())
    missed = count.missed(texts, held["missed"].to_table())
    days = count.days(texts, same, missed)
    held["days"] = _write(held["days"], days, "overwrite")
    held["unread"] = _write(held["unread"], missed, "overwrite")
    held["copies"] = _write(held["copies"], folding.copies(texts, same), "overwrite")
    return count.extent(days, texts, same, held["passages"].count_rows())


def _write(table: lance.LanceDataset, rows: pa.Table, mode: str) -> lance.LanceDataset:
    return lance.write_dataset(rows.cast(table.schema), table.uri, mode=mode)


@contextmanager
def _alone(url: str) -> Iterator[None]:
    if "://" in url:
        yield
        return
    if (Path(url) / layout.CATALOGUE).exists():
        raise HasCaptures(f"{url}: {HasCaptures.__doc__}")
    Path(url).mkdir(parents=True, exist_ok=True)
    with alone(Path(url)):
        yield


@contextmanager
def _or(failure: type[FarbankError]) -> Iterator[None]:
    """Say of whatever daft and Lance raise, of which these three are all, what it means here."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        last = next((line for line in reversed(str(error).splitlines()) if line.strip()), repr(error))
        raise failure(f"{last.strip()}. {failure.__doc__}") from error
