"""A Chromium for each file of these tests, and one edition of the June order for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from farbank.desk.check_case import file_folder
from farbank.desk.compile_edition import compile_edition
from farbank.desk.examples import example

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")  # no longer: while it is open, nothing else in this process may run an event loop
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an edition, which no test changes."""
    folder = tmp_path_factory.mktemp("edition") / "site"
    assert compile_edition(file_folder(example("june-order")), folder).open
    return folder
