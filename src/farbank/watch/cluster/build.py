"""Building an archive at scale, or adding to one: captures to articles, articles to passages, passages to an index.

Each step adds to a table in the open; what was there stays what it was until the last step names the new versions
(`tables.seal`). A build that is killed before leaves the archive as it was, and the next one begins where that stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import daft
import lance
import msgspec
from daft import DataFrame, Window, col
from daft.functions import row_number

from farbank.watch.cluster import count, fragments, index, tables
from farbank.watch.cluster.engine import start
from farbank.watch.cluster.sources import PLACE, Read, articles
from farbank.watch.errors import NoArchive, SourceNotRead
from farbank.watch.store import Extent


def build(sources: Sequence[str], url: str, read: Read, ray: str | None = None) -> Extent:
    """Take what `sources` hold into the archive at `url`, which is made if it is not there, and say what it then holds.

    `sources` are WARC and article files, folders or patterns of them, in the order taken in; `read` gives the article
    of a capture (`extract.article`). A text that is there already under its id is passed over. `ray` is the address of
    a Ray cluster, `local` for one started here; without it everything is done by this machine.
    Raises UnreadableSource, SourceNotRead, DamagedArchive, StaleArchive.
    """
    versions, before = _found(url)
    held = {name: tables.writable(url, name, versions.get(name)) for name in tables.SCHEMAS}
    workers = start(ray)
    rows = _new(articles(sources, read, datetime.now(UTC)), held["articles"])
    try:
        written = fragments.add_articles(held["articles"], rows)
    except (RuntimeError, ValueError, OSError) as error:  # daft raises the first two, whatever happened
        raise SourceNotRead(f"{_last_line(error)}. {SourceNotRead.__doc__}") from error
    cut = fragments.add_passages(held["passages"], written, before)
    cut = index.write(cut, workers)
    table, extent = count.days(written)
    days = lance.write_dataset(table, held["days"].uri, mode="overwrite")
    extent = msgspec.structs.replace(extent, passages=cut.count_rows())
    tables.seal(url, {"articles": written.version, "passages": cut.version, "days": days.version}, extent)
    return extent


def _found(url: str) -> tuple[dict[str, int], int]:
    """The versions that count, and how many articles there are."""
    try:
        made = tables.made(url)
    except NoArchive:
        return {}, 0
    return made.versions, made.extent.articles + made.extent.versions


def _new(rows: DataFrame, held: lance.LanceDataset) -> DataFrame:
    """The first of every text under its id, and none that is held, in the order taken in."""
    named = rows.with_columns({name: col("article").get(name) for name in ("id", "text")})
    first = Window().partition_by("id", "text").order_by(*PLACE)
    fresh = named.with_column("turn", row_number().over(first)).where("turn = 1")
    if held.count_rows():
        known = daft.from_arrow(held.to_table(["id", "text"]))
        fresh = fresh.join(known, on=["id", "text"], how="anti")
    return fresh.sort(list(PLACE))


def _last_line(error: Exception) -> str:
    return next(line for line in reversed(str(error).splitlines() or [repr(error)]) if line.strip()).strip()
