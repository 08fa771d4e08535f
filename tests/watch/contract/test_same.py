"""Side by side: whatever was filed first, and wherever it lies, the answers are the same sets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.statemedia import Window
from farbank.watch.engine import Archive
from farbank.watch.first import Placed, placed
from tests.watch.contract.conftest import FILED, MISSING
from tests.watch.contract.test_find import CRAFTED, OUTLETS, Needle, heap, needles, windows

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs farbank[cluster]: {', '.join(MISSING)} not installed")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Archive]]:
    articles = [*heap(), *CRAFTED]
    with ExitStack() as stack:
        opened = []
        for seed, (kind, files) in enumerate(FILED.items()):
            random.Random(seed).shuffle(articles)
            opened.append(stack.enter_context(files(tmp_path_factory.mktemp(kind))(articles)))
        yield opened


@given(needles=needles, window=windows, outlets=st.none() | st.lists(st.sampled_from(OUTLETS), min_size=1))
def test_every_engine_finds_the_same_set(
    every: list[Archive], needles: list[Needle], window: Window, outlets: list[str] | None
) -> None:
    def found(opened: Archive) -> list[Placed]:
        return sorted(placed([*opened.index.find(needles, window, outlets)], opened.store).values())

    first, *others = map(found, every)
    assert all(other == first for other in others)
