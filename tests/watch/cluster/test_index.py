from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.model.statemedia import Window

lance = pytest.importorskip("lance", reason="needs farbank[cluster]")
pytest.importorskip("daft", reason="needs farbank[cluster]")

from farbank.watch.cluster import index, tables  # noqa: E402

DAY = date(2031, 7, 1)
ALL = Window(first=DAY, last=DAY)
ODD = [
    "rain",
    "Rain",
    "RAIN",
    "rains",
    "café",
    "cafe",
    "the",
    "don't",
    "5,000",
    "큰물",
    "물피",
    "水害",
    "x" * 500,
    "-",
    "(",
    '"',
    "+a",
    "b*",
]

Row = tuple[str, tuple[str, ...]]


def table(folder: Path, rows: Sequence[Row]) -> lance.LanceDataset:
    columns = {
        "key": range(len(rows)),
        "outlet": ["Wire"] * len(rows),
        "lang": [language for language, _ in rows],
        "day": [DAY.toordinal()] * len(rows),
        "tokens": [" ".join(cut) for _, cut in rows],
    }
    import pyarrow as pa

    return lance.write_dataset(pa.table(columns, tables.PASSAGES), folder, mode="overwrite", max_rows_per_file=7)


def stands(phrase: Sequence[str], cut: Sequence[str]) -> bool:
    return any(tuple(cut[n : n + len(phrase)]) == tuple(phrase) for n in range(len(cut)))


def test_the_engine_leaves_every_token_as_it_is(tmp_path: Path) -> None:
    opened = index.Index(index.write(table(tmp_path, [("en", (token,)) for token in ODD])))
    for number, token in enumerate(ODD):
        assert opened.find([{"en": ((token,),)}], ALL).keys() == {number}


corpora = st.lists(
    st.tuples(st.sampled_from(("en", "ko")), st.lists(st.sampled_from(ODD[:6] + ODD[9:11]), max_size=8).map(tuple)),
    min_size=1,
    max_size=20,
)
phrases = st.lists(st.sampled_from(ODD[:6] + ODD[9:11]), min_size=1, max_size=4).map(tuple)
needles = st.lists(
    st.dictionaries(st.sampled_from(("en", "ko")), st.lists(phrases, max_size=4).map(tuple)), min_size=1, max_size=3
)


@settings(max_examples=40)
@given(rows=corpora, needles=needles, added=st.booleans())
def test_what_is_found_is_what_a_reader_would_find(  # type: ignore[no-untyped-def]
    tmp_path_factory, rows: list[Row], needles, added: bool
) -> None:
    folder = tmp_path_factory.mktemp("passages")
    passages = index.write(table(folder, rows))
    if added:  # rows that no index holds yet are read through, not passed over
        more = table(folder / "more", rows).to_table().to_pydict()
        more["key"] = [key + len(rows) for key in more["key"]]
        passages = lance.write_dataset(
            tables.PASSAGES.empty_table().from_pydict(more, tables.PASSAGES), folder, mode="append"
        )
    hits = index.Index(passages).find(needles, ALL)
    assert sorted(hits) == sorted(_read(rows * (1 + added), needles))
    assert all(score > 0 for score in hits.values())


def _read(rows: Sequence[Row], needles: Sequence[dict[str, Sequence[Sequence[str]]]]) -> Iterator[int]:
    for number, (language, cut) in enumerate(rows):
        if all(any(stands(phrase, cut) for phrase in one.get(language, ())) for one in needles):
            yield number
