"""What somebody who can write the catalogue or the index may change there: nothing that verifying does not find."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank import country
from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.captures import Capture, Missed, Sweep
from farbank.model.statemedia import Article
from farbank.watch import archive, filing, index, layout, likeness, notes
from farbank.watch.catalogue import SCHEMA
from farbank.watch.errors import DamagedArchive
from farbank.watch.passages import cut
from farbank.watch.prepare import ALONE, CHUNK, prepare
from farbank.watch.sources import lines, read
from farbank.watch.verify import Verified, verify
from tests.watch.sources.warcs import HTML, http, packed, record

TINY = Path(__file__).parents[1] / "packs" / "tiny"
START = datetime(2031, 5, 12, 6, tzinfo=UTC)
SITES = """
[[sites]]
id = "gazette"
outlet = "ollen-gazette"
item = 'https?://varn\\.example/(?P<item>\\d+)'
languages = {{ en = "en" }}
hosts = ["varn.example"]
title = "h1"
body = "{body}"
day = "time"
"""


def pack(folder: Path, body: str = "article p") -> Pack:
    made = Path(shutil.copytree(TINY, folder))
    (made / "sites.toml").write_text(SITES.format(body=body))
    return country.load(made)


def page(item: int, text: str, hour: float = 0) -> Capture:
    html = f"<h1>Item {item}</h1><time>2031-05-12</time><article><p>{text}</p></article>"
    headers = (("content-type", "text/html"), ("etag", f'"{item}"'), ("last-modified", "Mon, 12 May 2031 06:00:00 GMT"))
    return answer(item, 200, hour, headers, html.encode())


def answer(
    item: int, status: int, hour: float, headers: tuple[tuple[str, str], ...] = (), body: bytes = b""
) -> Capture:
    url = f"http://varn.example/{item}"
    return Capture(url=url, taken=START + timedelta(hours=hour), status=status, headers=headers, body=body)


def missed(item: int, title: str = "", hour: float = 0) -> Capture:
    return notes.of_missed(
        Missed(
            url=f"http://varn.example/{item}", outlet="ollen-gazette", language="en", why="it answered 500",
            noticed=START + timedelta(hours=hour), title=title, day=date(2031, 5, 13),
        )
    )  # fmt: skip


def line(outlet: str, body: str) -> Capture:
    article = Article(id="a1", outlet=outlet, lang="en", date=date(2031, 5, 14), title="Rye", body=body)
    return lines.capture(article, codec.to_json(article), START)


SPEECH = "The mill at Varn ground nine sacks of rye before noon, and the wind stayed in the west all day long."
SWEPT = notes.of_sweep(
    Sweep(
        site="gazette", outlet="ollen-gazette", started=START, ended=START + timedelta(hours=1), listed=9, fetched=5,
        unchanged=1, missed=3, whole=True, skew=0.5,
    )
)  # fmt: skip
DAYS = (
    [
        page(1, "Two were hurt at the bridge."), page(2, SPEECH), page(3, "The ferry left."), page(4, "Frost."),
        page(5, ""), missed(6, "Harbour dues doubled"), missed(7), missed(8, "Read later"),
        answer(9, 200, 0, (("content-type", "text/html"),), b"<p></p>"), SWEPT, line("Wire", SPEECH),
        line("Post", "Rye."),
    ],
    [
        page(1, "Seven were hurt at the bridge.", 24), answer(2, 304, 24), answer(3, 404, 24),
        answer(4, 302, 24, (("location", "/"),)), page(8, "It could be read.", 24), page(5, "", 24),
        missed(6, "Harbour dues doubled", 24), missed(8, "Read later", 25),
    ],
    [page(1, "Two were hurt at the bridge.", 48)],
)  # fmt: skip


def fill(folder: Path, by: Pack) -> Path:
    """Three days of filing, two of them sealed: edits, an end, a redirect, a copy, titles, holes, a sweep."""
    for number, found in enumerate(DAYS):
        with filing.filing(folder, by, lambda number=number: START + timedelta(number), asked=True) as opened:  # type: ignore[misc]
            for one in found:
                opened.file(prepare(one, by.sites))
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return pack(tmp_path_factory.mktemp("packs") / "pack")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, tiny: Pack) -> Path:
    return fill(tmp_path_factory.mktemp("filled") / "archive", tiny)


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "archive"))


def change(folder: Path, *statements: str) -> None:
    database = sqlite3.connect(folder / layout.CATALOGUE)
    for statement in statements:
        assert database.execute(statement).rowcount, statement
    database.commit()
    database.close()


def told(said: Verified) -> str:
    return "\n".join(f"{fault.what}: {fault.wrong}" for fault in said.faults)


def test_an_archive_nobody_changed_has_no_fault(filled: Path, tiny: Pack) -> None:
    said = verify(filled, pack=tiny)
    assert (said.faults, said.otherwise, said.days) == ((), (), 2)
    database = sqlite3.connect(filled / layout.CATALOGUE)
    for table in ("article", "missed", "day", "state", "sweep", "band", "rules"):
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table


def columns() -> list[tuple[str, str]]:
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    return [
        (table, name)
        for table in ("article", "missed", "day", "state", "sweep", "band", "capture", "rules", "sealed")
        for _, name, *_ in database.execute(f"PRAGMA table_info({table})")
    ]


CHANGED = """CASE typeof({0}) WHEN 'integer' THEN {0} + 100 WHEN 'real' THEN {0} + 1 WHEN 'blob' THEN x'00'
WHEN 'null' THEN 1 ELSE {0} || 'x' END"""
FLAGS = {("capture", "asked"), ("capture", "whole"), ("sweep", "whole")}
ONE = {
    "day": "outlet || day = (SELECT max(outlet || day) FROM day)",
    "sweep": "TRUE",
    "band": "(key, ordinal) = (SELECT key, ordinal FROM band LIMIT 1)",
}


@pytest.mark.parametrize(("table", "column"), columns())
def test_no_column_can_be_changed(copy: Path, tiny: Pack, table: str, column: str) -> None:
    changed = f"1 - {column}" if (table, column) in FLAGS else CHANGED.format(column)
    one = ONE.get(table, f"rowid = (SELECT min(rowid) FROM {table})")
    change(copy, f"UPDATE {table} SET {column} = {changed} WHERE {one}")
    said = found(copy, tiny)
    assert said is None or said.faults


def found(folder: Path, by: Pack) -> Verified | None:
    """What verifying says, None if the archive does not even open."""
    try:
        return verify(folder, pack=by)
    except DamagedArchive:
        return None


@pytest.mark.parametrize("table", ["article", "missed", "day", "state", "sweep", "band", "capture", "rules", "sealed"])
def test_no_row_can_be_taken_out(copy: Path, tiny: Pack, table: str) -> None:
    change(copy, f"DELETE FROM {table} WHERE {ONE.get(table, f'rowid = (SELECT min(rowid) FROM {table})')}")
    said = found(copy, tiny)
    assert said is None or said.faults


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("INSERT INTO missed VALUES ('http://varn.example/99', 'wire', 'en', 741000, 1, 0, 'nobody', '', '')", "/99"),
        ("INSERT INTO day VALUES ('wire', 'en', 741000, 3, 0, 0)", "the count of wire (en)"),
        (
            "INSERT INTO sweep SELECT site, started + 1, ended, outlet, 1, 1, 0, 0, 1, NULL, 0 FROM sweep",
            "a pass over gazette",
        ),
        ("INSERT INTO band VALUES (7, 2)", "a sketch of article 2"),
        (
            "INSERT INTO article SELECT max(ordinal) + 1, 'new', text, outlet, lang, day, title, body, url, kind, item,"
            " exact, same, passages FROM article",
            "article 12",
        ),
    ],
)
def test_no_row_can_be_put_in(copy: Path, tiny: Pack, row: str, where: str) -> None:
    change(copy, row)
    assert where in told(verify(copy, pack=tiny))


def test_a_text_changed_with_all_that_is_derived_from_it_is_told_once(copy: Path, tiny: Pack) -> None:
    with archive.open(copy) as opened:
        (one,) = [n for n in range(1, 12) if opened.store.article(n).body == "The ferry left."]
        article = opened.store.article(one)
    other = Article(
        **{name: getattr(article, name) for name in article.__struct_fields__} | {"body": "The ferry sank."}
    )
    text = likeness.fingerprint(other).hex()
    change(copy, f"UPDATE article SET body = 'The ferry sank.', text = x'{text}' WHERE ordinal = {one}")
    writer = index.Writer(copy / layout.INDEX)
    writer.drop_after(one - 1)
    with archive.open(copy) as opened:
        for n in range(one, opened.store.last + 1):
            held = opened.store.article(n)
            writer.add(n, held.outlet, held.lang, held.date.toordinal(), cut(held))
    writer.commit()
    writer.close()
    said = verify(copy, pack=tiny)
    assert told(said) == f"capture {one} (http://varn.example/3): text of article {one} is not what is read from it"


def test_a_day_moved_with_its_counts_is_told(copy: Path, tiny: Pack) -> None:
    change(copy, "UPDATE article SET day = day - 1", "UPDATE day SET day = day - 1", "UPDATE missed SET day = day - 1")
    assert "day of article 1 is not what is read from it" in told(verify(copy, pack=tiny))


def test_a_hole_taken_out_with_its_note_is_told(copy: Path, tiny: Pack) -> None:
    change(copy, "DELETE FROM missed WHERE url LIKE '%/7'", "DELETE FROM capture WHERE url LIKE '%missed%/7'")
    assert "the day 2031-05-12" in told(verify(copy, pack=tiny))


def test_a_capture_put_in_on_an_earlier_day_is_told(copy: Path, tiny: Pack) -> None:
    change(
        copy, "CREATE TEMP TABLE one AS SELECT * FROM capture WHERE number = 1",
        "UPDATE one SET number = 99, filed = filed - 172800000000", "INSERT INTO capture SELECT * FROM one",
    )  # fmt: skip
    assert "the day 2031-05-10: captures are said to be filed on it" in told(verify(copy, pack=tiny))


def test_texts_hidden_by_what_can_be_searched_are_told(copy: Path, tiny: Pack) -> None:
    change(copy, "UPDATE state SET searchable = searchable - 1, passages = passages - 2")
    assert "the last 1 texts: they are filed and cannot be searched" in told(verify(copy, pack=tiny))


@pytest.mark.parametrize("harm", ["lost", "words", "language", "more"])
def test_an_index_that_finds_other_passages_is_told(copy: Path, tiny: Pack, harm: str) -> None:
    with archive.open(copy) as opened:
        last = opened.store.last
        held = opened.store.article(last)
    words = cut(held)
    writer = index.Writer(copy / layout.INDEX)
    if harm != "more":
        writer.drop_after(last - 1)
    for ordinal, passages in {"lost": [(99, words)], "more": [(last, words)]}.get(harm, [(last, words)]):
        passages = [*passages[:1], "carts were stopped"] if harm == "words" else passages
        language = "qtz" if harm == "language" else held.lang
        writer.add(ordinal, held.outlet, language, held.date.toordinal(), passages)
    writer.commit()
    writer.close()
    assert f"article {last}: " in told(verify(copy, pack=tiny))


def test_what_other_rules_read_otherwise_is_neither_right_nor_wrong(filled: Path, tmp_path: Path) -> None:
    other = pack(tmp_path / "pack", body="article")
    assert verify(filled, pack=other).faults == ()
    assert verify(filled, pack=other).otherwise == ()  # other rules, and the same readings
    said = verify(filled, pack=pack(tmp_path / "none", body="p.text"))
    assert said.faults == ()
    assert any("text of article 1 is not" in one.wrong for one in said.otherwise)
    assert "were made by other rules" in " ".join(said.sentences)
    assert "are as they were filed" not in " ".join(said.sentences)


def test_a_change_cannot_be_laid_at_the_door_of_other_rules_once_its_day_is_sealed(copy: Path, tiny: Pack) -> None:
    change(
        copy, "INSERT INTO rules VALUES (9, 'none')", "UPDATE capture SET rules = 9 WHERE number = 3",
        "UPDATE article SET lang = 'qtz' WHERE ordinal = 3",
    )  # fmt: skip
    said = verify(copy, pack=tiny)
    assert said.otherwise
    assert "the day 2031-05-12" in told(said)


TEXTS = ("", "The ferry left.", SPEECH, SPEECH.replace("long", "through"))
LOOKS = st.lists(
    st.one_of(
        st.builds(page, st.integers(1, 3), st.sampled_from(TEXTS), st.integers(0, 9)),
        st.builds(missed, st.integers(1, 3), st.sampled_from(["", "Item 1", "Item 3"]), st.integers(0, 9)),
        st.builds(answer, st.integers(1, 3), st.sampled_from([200, 304, 404, 500]), st.integers(0, 9)),
        st.builds(
            answer, st.integers(1, 3), st.just(302), st.integers(0, 9),
            st.sampled_from([(("location", "/"),), (("location", "/2"),), (("Location\t", " \n a"),)]),
        ),
        st.builds(line, st.sampled_from(["Wire", "Post"]), st.sampled_from(TEXTS)),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(first=LOOKS, second=LOOKS)
def test_whatever_is_filed_in_whatever_order_is_read_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, tiny: Pack, first: list[Capture], second: list[Capture]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for found in (first, second):
        filing.file(found, folder, tiny)
    said = verify(folder, pack=tiny)
    assert said.faults == said.otherwise == ()


def test_what_is_taken_in_again_changes_nothing(copy: Path, tiny: Pack) -> None:
    for found in DAYS:
        filing.file(found, copy, tiny)
    assert verify(copy, pack=tiny).faults == ()


def test_an_archive_built_anew_from_its_captures_is_as_it_was_filed(filled: Path, tiny: Pack, tmp_path: Path) -> None:
    filing.file(read(filled / "captures" / "00001.warc.gz", START), tmp_path / "anew", tiny)
    said = verify(tmp_path / "anew", pack=tiny)
    assert (said.faults, said.articles) == ((), verify(filled, pack=tiny).articles)


KILLED = """
import os, sys
from pathlib import Path
from farbank.watch import filing
from farbank.watch.prepare import prepare
from tests.watch.test_reread import page
with filing.filing(Path(sys.argv[1])) as opened:
    opened.file(prepare(page(1, "Calm."), ()))
    opened.commit()
    opened.file(prepare(page(2, "Frost."), ()))
    opened._raw.sync()
    opened.catalogue.commit()
    os._exit(9)
"""


def test_a_kill_is_told_until_it_is_mended(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment)
    assert killed.returncode == 9
    assert [fault.what for fault in verify(tmp_path).faults] == ["the last 1 texts"]
    with filing.filing(tmp_path):
        pass
    assert verify(tmp_path).faults == ()


def warcs() -> bytes:
    """A crawl as another program wrote it: a page, its end, and a page that is not modified."""
    return packed(
        [
            record(http(), day="2024-07-14T03:04:05Z"),
            record(http(b"", status="304 Not Modified"), kind="revisit", day="2024-07-15T03:04:05Z"),
            record(http(b"", "Location: /", status="302 Found"), day="2024-07-16T03:04:05Z"),
            record(http(HTML + b"\xff" * 9, "X  Odd\t: a\tb"), url="http://paper.example/2"),
            record(HTML, kind="resource", media="text/html;  charset=utf-8", url="http://paper.example/3"),
        ]
    )


def write(folder: Path, kind: str) -> Path:
    path = folder / kind
    if kind == "warc":
        path.write_bytes(warcs())
    elif kind == "wacz":
        with zipfile.ZipFile(path, "w") as packing:
            packing.writestr("archive/a.warc.gz", warcs())
    elif kind == "jsonl":
        half = line("Post", "Rye.").body.replace(b"Rye.", b"Half of a sign: \\ud83d.")
        path.write_bytes(line("Wire", SPEECH).body + b"\n" + half)
    else:
        path.mkdir()
        (path / "one.html").write_bytes(HTML)
        (path / "two.html").write_bytes("<!doctype html><title>강냉이</title><p>강냉이가 익었다.".encode("euc-kr"))
    return path


@pytest.mark.parametrize("kind", ["jsonl", "warc", "wacz", "pages"])
def test_whatever_it_was_filed_from_it_is_read_again_as_it_was(tmp_path: Path, tiny: Pack, kind: str) -> None:
    filing.file(read(write(tmp_path, kind), START), tmp_path / "archive", tiny)
    said = verify(tmp_path / "archive", pack=tiny)
    assert said.faults == said.otherwise == ()
    assert said.articles > 1


def test_many_are_read_again_on_every_core(tmp_path: Path) -> None:
    count = ALONE + 3 * CHUNK
    articles = (
        Article(id=f"a{n}", outlet="Wire", lang="en", date=START.date(), title=f"Item {n}", body=f"Parcel {n} came.")
        for n in range(count)
    )
    archive.build(articles, tmp_path)
    steps: list[int] = []
    said = verify(tmp_path, progress=steps.append)
    assert (said.faults, said.captures, said.articles) == ((), count, count)
    change(tmp_path, f"UPDATE article SET body = 'Nothing came.' WHERE ordinal = {count - 1}")
    assert f"text of article {count - 1} is not" in told(verify(tmp_path))
