"""What a catalogue derives from its captures, compared table by table with one made from them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from farbank.watch import notes
from farbank.watch.catalogue import Catalogue
from farbank.watch.rows import Differs, Row, differing
from farbank.watch.store import Store

_OF = "SELECT made FROM capture JOIN rules ON rules.number = rules WHERE"
_READ = "SELECT made FROM article JOIN capture ON capture.article = ordinal JOIN rules ON rules.number = rules WHERE"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: its rows in the order of their keys, the first `width` columns; what a row is of; and the rules by which
    what it rests on was read, given its key."""

    rows: str
    width: int
    what: Callable[[Row], str]
    rules: str = ""


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is not what follows from the captures, and the rules by which those were read."""

    what: str
    wrong: str
    rules: frozenset[str]


def _day(key: Row) -> str:
    outlet, language, day = key
    return f"the count of {outlet} ({language}) on {date.fromordinal(day) if isinstance(day, int) and day > 0 else day}"


TABLES = (
    Table(
        rows="SELECT ordinal, id, text, outlet, lang, day, url, kind, item, exact, same, passages FROM article "
        "ORDER BY ordinal",
        width=1, what=lambda key: f"article {key[0]}", rules=f"{_READ} ordinal = ?1",
    ),
    Table(
        rows="SELECT key, ordinal FROM band ORDER BY 1, 2",
        width=2, what=lambda key: f"a sketch of article {key[1]}", rules=f"{_READ} ordinal = ?2",
    ),
    Table(
        rows="SELECT * FROM day ORDER BY outlet, lang, day",
        width=3, what=_day, rules=f"{_READ} outlet = ?1 AND lang = ?2 AND day = ?3",
    ),
    Table(
        rows="SELECT * FROM missed ORDER BY url",
        width=1, what=lambda key: f"the missed item {key[0]}",
        rules=f"{_OF} url IN (?1, '{notes.AT}' || ?1)",
    ),
    Table(
        rows="SELECT * FROM sweep ORDER BY site, started",
        width=2, what=lambda key: f"a pass over {key[0]}",
    ),
    Table(rows="SELECT * FROM state", width=0, what=lambda _: "what can be searched", rules=f"{_READ} TRUE"),
)  # fmt: skip


def compare(told: Store, again: Catalogue) -> Iterator[Wrong]:
    """Every row of `told` that is not in `again`, and the other way round."""
    for table in TABLES:
        rows = told.table(table.rows)
        names = [name for name, *_ in rows.description]
        for one in differing(rows, again.table(table.rows), table.width):
            made = told.table(table.rules, one.key).fetchall() if table.rules else []
            yield Wrong(what=table.what(one.key), wrong=_wrong(one, names), rules=frozenset(rule for (rule,) in made))


def _wrong(one: Differs, names: list[str]) -> str:
    if one.mine is None:
        return "it is in the catalogue, and follows from no capture"
    if one.told is None:
        return "it follows from the captures, and is not in the catalogue"
    other = [name for name, told, mine in zip(names, one.told, one.mine, strict=True) if told != mine]
    return f"its {', '.join(other)} in the catalogue is not what follows from the captures"
