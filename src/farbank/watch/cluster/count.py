"""What is held, counted as the embedded archive counts it, except that near copies are not looked for.

Day and language of every article are counted at once, in this process: some 150 bytes an article.
"""

from __future__ import annotations

from datetime import date

import lance
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from farbank.watch.cluster.tables import DAYS
from farbank.watch.store import Extent


def days(articles: lance.LanceDataset) -> tuple[pa.Table, Extent]:
    """The table of days, and how much there is; passages are left at 0.

    A text under two ids is one, as are two texts under one id. What is not the outlet's own text shows nothing about
    what the outlet did not say.
    """
    rows = articles.to_table(["id", "outlet", "lang", "day", "kind", "exact", "full"])
    ids = rows["id"].combine_chunks().dictionary_encode()
    codes = ids.indices.to_numpy()
    first = np.unique(codes, return_index=True)[1]
    name = pc.if_else(pc.equal(rows["exact"], b""), pc.cast(rows["id"], pa.binary()), rows["exact"])
    text = name.combine_chunks().dictionary_encode().indices.to_numpy()[first]
    rows = pa.table(
        {
            "outlet": rows["outlet"], "lang": rows["lang"], "day": rows["day"], "id": codes, "same": text[codes],
            "own": pc.equal(rows["kind"], ""), "full": rows["full"],
        }
    )  # fmt: skip
    each = rows.group_by(["outlet", "lang", "day", "id", "same"]).aggregate([("own", "max"), ("full", "max")])
    own, full = each["own_max"], each["full_max"]
    nothing = pa.scalar(None, pa.int64())
    marked = each.select(["outlet", "lang", "day"])
    for column, holds, what in (
        ("bodies", pc.and_(own, full), each["same"]),
        ("titles", pc.and_(own, pc.invert(full)), each["id"]),
        ("other", pc.invert(own), each["id"]),
    ):
        marked = marked.append_column(column, pc.if_else(holds, pc.cast(what, pa.int64()), nothing))
    counted = [(name, "count_distinct", pc.CountOptions(mode="only_valid")) for name in ("bodies", "titles", "other")]
    table = marked.group_by(["outlet", "lang", "day"]).aggregate(counted).rename_columns(DAYS.names).cast(DAYS)
    return table, _extent(table, len(rows), len(first), len(np.unique(text)))


def _extent(table: pa.Table, rows: int, articles: int, texts: int) -> Extent:
    bodies, titles = (pc.sum(table[name]).as_py() or 0 for name in ("bodies", "titles"))
    ends = pc.min_max(table["day"]).as_py()
    first, last = (date.fromordinal(ends[end]) if ends[end] else None for end in ("min", "max"))
    return Extent(
        articles=articles, bodies=bodies, titles_only=titles, passages=0, folded=articles - texts,
        versions=rows - articles, captures=0, first=first, last=last,
    )  # fmt: skip
