"""Every kind of archive behind one door: what holds for one must hold for the other."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.captures import Capture
from farbank.model.statemedia import Article
from farbank.watch import archive, captures, filing
from farbank.watch.engine import Archive
from farbank.watch.several import Several

CLUSTER = ("daft", "lance")
MISSING = [name for name in CLUSTER if importlib.util.find_spec(name) is None]

Filed = Callable[[Iterable[Article]], AbstractContextManager[Archive]]
"""Files articles and opens what was filed; called again, it adds."""

Kept = Callable[[Iterable[Capture], Pack | None], AbstractContextManager[Archive]]
"""The same for captures, read by the rules of a pack."""


def _embedded(folder: Path) -> Filed:
    def filed(articles: Iterable[Article]) -> AbstractContextManager[Archive]:
        archive.build(articles, folder)
        return archive.open(folder)

    return filed


def _cluster(folder: Path) -> Filed:
    from farbank.watch import cluster

    def filed(articles: Iterable[Article]) -> AbstractContextManager[Archive]:
        source = folder / "articles.jsonl"
        source.write_bytes(b"".join(codec.to_json(article) + b"\n" for article in articles))
        cluster.build([str(source)], str(folder / "archive"), cluster.reader())
        return cluster.open(str(folder / "archive"))

    return filed


def _embedded_captures(folder: Path) -> Kept:
    def kept(found: Iterable[Capture], pack: Pack | None = None) -> AbstractContextManager[Archive]:
        filing.file(found, folder, pack)
        return archive.open(folder)

    return kept


def _cluster_captures(folder: Path) -> Kept:
    from farbank.watch import cluster

    def kept(found: Iterable[Capture], pack: Pack | None = None) -> AbstractContextManager[Archive]:
        source = folder / "captures.warc.gz"
        source.write_bytes(b"".join(captures.member(one, sha256(one.body).digest()) for one in found))
        cluster.build([str(source)], str(folder / "archive"), cluster.reader(pack))
        return cluster.open(str(folder / "archive"))

    return kept


def _several(*each: Callable[[Path], Filed]) -> Callable[[Path], Filed]:
    """The days of an outlet in a language by turns in one archive and another."""

    def made(folder: Path) -> Filed:
        parts = []
        for number, files in enumerate(each):
            (folder / str(number)).mkdir()
            parts.append(files(folder / str(number)))

        @contextmanager
        def filed(articles: Iterable[Article]) -> Iterator[Archive]:
            given = [*articles]
            with ExitStack() as stack:
                opened = {}
                for number, part in enumerate(parts):
                    own = [one for one in given if (one.date.toordinal() + len(one.outlet)) % len(parts) == number]
                    opened[str(number)] = stack.enter_context(part(own))
                yield Several(opened)

        return filed

    return made


FILED = {
    "embedded": _embedded,
    "cluster": _cluster,
    "several": _several(_embedded, _embedded),
    "mixed": _several(_embedded, _cluster),
}
KEPT = {"embedded": _embedded_captures, "cluster": _cluster_captures}


@pytest.fixture(scope="module", params=FILED)
def filed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Filed]:
    """Gives an archive that is not there yet, of one kind."""
    return lambda: FILED[_installed(request.param)](tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module", params=("embedded", "cluster"))
def filed_whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Filed]:
    """The same of one archive: what stands in several is not compared."""
    return lambda: FILED[_installed(request.param)](tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module", params=KEPT)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Kept]:
    """The same, for captures."""
    return lambda: KEPT[_installed(request.param)](tmp_path_factory.mktemp(request.param))


def _installed(kind: str) -> str:
    if kind in ("cluster", "mixed") and MISSING:
        pytest.skip(f"needs farbank[cluster]: {', '.join(MISSING)} not installed")
    return kind
