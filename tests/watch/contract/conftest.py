"""Every kind of archive behind one door: what holds for one must hold for the other."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from farbank.model import codec
from farbank.model.statemedia import Article
from farbank.watch import archive
from farbank.watch.engine import Archive

CLUSTER = ("daft", "lance")
MISSING = [name for name in CLUSTER if importlib.util.find_spec(name) is None]

Filed = Callable[[Iterable[Article]], AbstractContextManager[Archive]]
"""Files articles and opens what was filed; called again, it adds."""


def embedded(folder: Path) -> Filed:
    def filed(articles: Iterable[Article]) -> AbstractContextManager[Archive]:
        archive.build(articles, folder)
        return archive.open(folder)

    return filed


def at_scale(folder: Path) -> Filed:
    from farbank.watch import cluster

    def filed(articles: Iterable[Article]) -> AbstractContextManager[Archive]:
        source = folder / "articles.jsonl"
        source.write_bytes(b"".join(codec.to_json(article) + b"\n" for article in articles))
        cluster.build([str(source)], str(folder / "archive"), cluster.reader())
        return cluster.open(str(folder / "archive"))

    return filed


KINDS = {"embedded": embedded, "cluster": at_scale}


@pytest.fixture(scope="module", params=KINDS)
def filed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Filed]:
    """Gives an archive that is not there yet, of one kind."""
    if request.param != "embedded" and MISSING:
        pytest.skip(f"needs farbank[cluster]: {', '.join(MISSING)} not installed")
    return lambda: KINDS[request.param](tmp_path_factory.mktemp(request.param))
