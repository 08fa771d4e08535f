"""What is held and what is missed, counted as the embedded archive counts it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from farbank.watch.catalogue import moment
from farbank.watch.cluster.folding import named
from farbank.watch.cluster.tables import DAYS, MISSED
from farbank.watch.store import Extent

DAY = ["outlet", "lang", "day"]
NOTED = ("outlet", "lang", "day", "noticed")
TOLD = ("why", "title", "site")


def missed(articles: pa.Table, noted: pa.Table) -> pa.Table:
    """What is missed still, each address once: until a full text of the outlet's own of it is held.

    It is of the first day that is given for it, and was noticed when it first was.
    """
    read = articles["url"].filter(pc.and_(articles["full"], pc.equal(articles["kind"], "")))
    lost = noted.filter(pc.invert(pc.is_in(noted["url"], value_set=read.combine_chunks())))
    each = lost.group_by("url").aggregate([(name, "min") for name in NOTED] + [(name, "max") for name in TOLD])
    return each.rename_columns(["url", *NOTED, *TOLD]).select(MISSED.names).cast(MISSED)


def days(articles: pa.Table, same: NDArray[np.int64], missed: pa.Table) -> pa.Table:
    """The table of days. A text under two ids is one, as are two texts under one id.

    What is not the outlet's own text shows nothing about what the outlet did not say. What is missed is so on its day,
    or on that it was noticed on, unless its title is held there.
    """
    ids = articles["id"].combine_chunks().dictionary_encode().indices.cast(pa.int64())
    rows = articles.select(DAY).append_column("id", ids).append_column("same", pa.array(same))
    rows = rows.append_column("own", pc.equal(articles["kind"], "")).append_column("full", articles["full"])
    each = rows.group_by([*DAY, "id"]).aggregate([("same", "min"), ("own", "max"), ("full", "max")])
    own, full = each["own_max"], each["full_max"]
    marked = each.select(DAY)
    for column, holds, what in (
        ("bodies", pc.and_(own, full), each["same_min"]),
        ("titles", pc.and_(own, pc.invert(full)), each["id"]),
        ("other", pc.invert(own), each["id"]),
    ):
        marked = marked.append_column(column, pc.if_else(holds, what, pa.scalar(None, pa.int64())))
    noticed = pa.array([moment(when).toordinal() for when in missed["noticed"].to_pylist()], pa.int32())
    lost = missed.set_column(missed.schema.get_field_index("day"), "day", pc.coalesce(missed["day"], noticed))
    titled = articles.filter(pc.equal(articles["kind"], "")).select(["url", "day"])
    lost = lost.select(["url", *DAY]).join(titled, ["url", "day"], join_type="left anti")
    marked = pa.concat_tables(
        [marked, lost.select(DAY).append_column("missed", lost["url"])], promote_options="default"
    )
    only = pc.CountOptions(mode="only_valid")
    counted = [(name, "count_distinct", only) for name in DAYS.names[3:]]
    return marked.group_by(DAY).aggregate(counted).rename_columns(DAYS.names).cast(DAYS)


def extent(table: pa.Table, articles: pa.Table, same: NDArray[np.int64], passages: int) -> Extent:
    """How much is held, by the table of days and that of articles."""
    held = table.filter(pc.greater(pc.add(pc.add(table["bodies"], table["titles"]), table["other"]), 0))
    bodies, titles = (pc.sum(table[name]).as_py() or 0 for name in ("bodies", "titles"))
    ends = pc.min_max(held["day"]).as_py()
    first, last = (date.fromordinal(ends[end]) if ends[end] else None for end in ("min", "max"))
    count = pc.count_distinct(named(articles, "id")).as_py()
    return Extent(
        articles=count, bodies=bodies, titles_only=titles, passages=passages, folded=count - len(np.unique(same)),
        versions=len(articles) - count, captures=0, first=first, last=last,
    )  # fmt: skip
