"""Every engine behind one door: what holds for one must hold for the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from farbank.model.statemedia import Article
from farbank.watch import archive
from farbank.watch.engine import Archive

Filed = Callable[[Iterable[Article]], AbstractContextManager[Archive]]
"""Files articles and opens what was filed; called again, it adds."""


def _embedded(folder: Path) -> Filed:
    def filed(articles: Iterable[Article]) -> AbstractContextManager[Archive]:
        archive.build(articles, folder)
        return archive.open(folder)

    return filed


@pytest.fixture(scope="module", params=["embedded"])
def filed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Filed]:
    """Gives an archive that is not there yet, on one engine."""
    return lambda: _embedded(tmp_path_factory.mktemp("embedded"))
