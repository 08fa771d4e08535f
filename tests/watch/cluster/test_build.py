from __future__ import annotations

import gzip
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from farbank import country
from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.captures import Capture, Missed
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, captures, filing, notes, sources
from farbank.watch.errors import ArchiveBusy, DamagedArchive, NoArchive, SourceNotRead, StaleArchive, UnreadableSource

pytest.importorskip("lance", reason="needs farbank[cluster]")
pytest.importorskip("daft", reason="needs farbank[cluster]")

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))  # so that tests may share warcs.py

import warcs

from farbank.watch import cluster
from farbank.watch.cluster import tables

JULY = Window(first=date(2024, 7, 1), last=date(2024, 7, 31))
SITE = """
[[sites]]
id = "gazette"
outlet = "gazette"
item = 'http://paper\\.example/(?P<item>\\d+)'
languages = { en = "en" }
hosts = ["paper.example"]
title = "h1"
body = "p"
day = "time"
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The invented country with one site."""
    folder = shutil.copytree(Path(__file__).parents[2] / "packs" / "tiny", tmp_path_factory.mktemp("pack") / "tiny")
    (folder / "sites.toml").write_text(SITE)
    return country.load(folder)


def line(number: int, body: str) -> bytes:
    one = Article(id=f"a{number}", outlet="Wire", lang="en", date=date(2024, 7, number), title=f"T{number}", body=body)
    return codec.to_json(one) + b"\n"


def page(number: int, text: str, *more: str, kind: str = "response") -> bytes:
    body = f"<h1>Report {number}</h1><time>2024-07-{number:02}</time><p>{text}</p>".encode()
    return warcs.record(warcs.http(body), *more, kind=kind, url=f"http://paper.example/{number}")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two WARCs and an article file, one of them deeper down, and something that is none."""
    folder = tmp_path_factory.mktemp("crawl")
    first = [page(1, "The dam holds."), page(2, "The dam leaks."), page(3, "Asked.", kind="request")]
    (folder / "a.warc.gz").write_bytes(warcs.packed(first))
    (folder / "deep").mkdir()
    unread = warcs.record(warcs.http(b"<p>"), url="http://paper.example/4", day="2024-07-20T00:00:00Z")
    (folder / "deep" / "b.warc").write_bytes(page(2, "The dam leaks.") + page(5, "The dam broke.") + unread)
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(line(6, "The dam is mended.") + b"\n" + line(7, "A new dam.")))
    lost = [missed("8", 21, ""), missed("9", 22, "Dam to be built"), missed("5", 5, ""), missed("10", 23, "", "ko")]
    (folder / "d.warc.gz").write_bytes(b"".join(captures.member(one, sha256(one.body).digest()) for one in lost))
    (folder / "notes.txt").write_text("not read")
    return folder


def missed(name: str, day: int, title: str, language: str = "en") -> Capture:
    noticed = datetime(2024, 7, 30, tzinfo=UTC)
    one = Missed(
        url=f"http://paper.example/{name}", outlet="gazette", language=language, noticed=noticed, why="not there",
        title=title, day=date(2024, 7, day),
    )  # fmt: skip
    return notes.of_missed(one)


def names(url: Path) -> list[str]:
    with cluster.open(str(url)) as opened:
        return [opened.store.article(n).title for n in range(1, opened.extent.articles + opened.extent.versions + 1)]


def test_a_crawl_is_read_in_order_and_as_the_embedded_archive_reads_it(crawl: Path, tmp_path: Path, pack: Pack) -> None:
    extent = cluster.build([str(crawl)], str(tmp_path / "scale"), cluster.reader(pack))
    assert names(tmp_path / "scale") == ["Report 1", "Report 2", "T6", "T7", "Dam to be built", "Report 5"]
    for source in ("a.warc.gz", "c.jsonl.gz", "d.warc.gz", "deep/b.warc"):
        filing.file(sources.read(crawl / source, filing.utc()), tmp_path / "small", pack)
    with archive.open(tmp_path / "small") as small, cluster.open(str(tmp_path / "scale")) as scale:
        assert [scale.store.article(n) for n in range(1, 7)] == [small.store.article(n) for n in range(1, 7)]
        days = scale.store.days("gazette", "en", JULY)
        assert days == small.store.days("gazette", "en", JULY)
        assert [(one.day.day, one.missed) for one in days if one.missed] == [(20, 1), (21, 1)]
        assert scale.holdings == small.holdings
        assert scale.languages == small.languages
        assert ("gazette", "ko") in small.holdings  # of which nothing could be read at all
        assert (extent.articles, extent.passages) == (small.extent.articles, small.extent.passages) == (6, 11)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(crawl: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(crawl)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_crawl_need_not_lie_on_this_machine(served: str, tmp_path: Path, pack: Pack) -> None:
    cluster.build([f"{served}/c.jsonl.gz", f"{served}/a.warc.gz"], str(tmp_path), cluster.reader(pack))
    assert names(tmp_path) == ["T6", "T7", "Report 1", "Report 2"]


@pytest.fixture(scope="module")
def standing(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that must stay as it is."""
    folder = tmp_path_factory.mktemp("standing")
    cluster.build([str(crawl / "c.jsonl.gz")], str(folder), cluster.reader())
    return folder


def test_a_source_that_breaks_off_leaves_the_archive_as_it_was(
    standing: Path, crawl: Path, tmp_path: Path, pack: Pack
) -> None:
    whole = (crawl / "a.warc.gz").read_bytes()
    for name, harm in {
        "half.warc.gz": whole[: len(whole) // 2],
        "head.warc.gz": whole + whole[:60],
        "head.warc": page(1, "x") + page(2, "y")[:90],
        "check.warc.gz": whole[:-4],
        "cut.jsonl.gz": gzip.compress(line(8, "x" * 5000))[:-20],
        "bad.jsonl": line(8, "Rain.") + b'{"id": 3}\n',
        "odd.jsonl": b"\xff\xfe\n",
        "surrogate.jsonl": line(8, "Rain.").replace(b'"outlet":"', b'"outlet":"\\ud800'),
        "deep.jsonl": b'{"x": NaN, "y": ' + b"[" * 9999 + b"]" * 9999 + b"}\n",
    }.items():
        (tmp_path / name).write_bytes(harm)
        with pytest.raises(SourceNotRead, match="nothing was taken in"):
            cluster.build([str(crawl / "a.warc.gz"), str(tmp_path / name)], str(standing), cluster.reader(pack))
        assert names(standing) == ["T6", "T7"]
    with pytest.raises(SourceNotRead, match=r"bad\.jsonl"):
        cluster.build([str(tmp_path / "bad.jsonl")], str(standing), cluster.reader())


def test_a_build_that_ends_before_its_last_step_counts_for_nothing(
    standing: Path, crawl: Path, tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "more.jsonl").write_bytes(line(9, "Hail fell."))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(tables, "seal", end)
        cluster.build([str(crawl)], str(standing), cluster.reader(pack))
    assert names(standing) == ["T6", "T7"]
    with cluster.open(str(standing)) as before:
        extent = cluster.build([str(tmp_path / "more.jsonl")], str(standing), cluster.reader())
        assert (extent.articles, extent.passages) == (3, 6)
        assert names(standing) == ["T6", "T7", "T9"]
        assert len(before.index.find([{"en": (("dam",), ("hail",))}], JULY)) == 2
    with cluster.open(str(standing)) as after:
        assert len(after.index.find([{"en": (("dam",), ("hail",))}], JULY)) == 3


def test_two_builds_at_once_are_refused(tmp_path: Path, crawl: Path) -> None:
    with filing.alone(tmp_path), pytest.raises(ArchiveBusy, match="wait"):
        cluster.build([str(crawl)], str(tmp_path), cluster.reader())


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    for source in (tmp_path, tmp_path / "*.warc.gz", tmp_path / "nowhere"):
        with pytest.raises(UnreadableSource, match="warc"):
            cluster.build([str(source)], str(tmp_path / "archive"), cluster.reader())
    with pytest.raises(NoArchive, match="build one"):
        cluster.open(str(tmp_path / "archive"))


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"no")]
)
@pytest.mark.parametrize("file", ["articles.lance/data/*.lance", "passages.lance/data/*.lance", "days.lance/data/*"])
def test_a_damaged_archive_says_what_to_do(
    standing: Path, tmp_path: Path, file: str, harm: Callable[[Path], object]
) -> None:
    copy = shutil.copytree(standing, tmp_path / "copy")
    for path in copy.glob(file):
        harm(path)
    with pytest.raises(DamagedArchive, match="build it anew"), cluster.open(str(copy)) as opened:
        opened.index.find([{"en": (("dam",),)}], JULY)
        opened.store.article(1)
        opened.store.days("Wire", "en", JULY)


def test_an_archive_that_does_not_say_what_it_is_made_of_is_not_begun_anew(
    standing: Path, crawl: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(standing, tmp_path / "copy")
    for path in copy.glob("archive.lance/_versions/*"):
        path.write_bytes(b"no")
    for build in (False, True):
        with pytest.raises(DamagedArchive, match="build it anew"):
            cluster.build([str(crawl)], str(copy), cluster.reader()) if build else cluster.open(str(copy))
    assert (copy / "articles.lance").exists()


def test_an_archive_whose_words_were_cut_otherwise_is_not_searched(standing: Path, tmp_path: Path) -> None:
    made = tables.made(str(standing))
    tables.seal(str(tmp_path), made.versions, made.extent)
    other = tables.Made(format=tables.FORMAT, cut="0" * 16, versions=made.versions, extent=made.extent)
    row = tables.MADE.empty_table().from_pydict({"made": [codec.to_json(other).decode()]}, tables.MADE)
    tables.lance.write_dataset(row, tmp_path / "archive.lance", mode="overwrite")
    with pytest.raises(StaleArchive, match="build it anew"):
        cluster.open(str(tmp_path))
