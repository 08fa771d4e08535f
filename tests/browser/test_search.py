"""The search of a site in a real Chromium: a server that only hands out files, and no script where it cannot run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent.parent / "publish"))  # the invented edition is shared with that room

from datetime import date

from printed import edition

from farbank.country.pack import Pack
from farbank.publish.render import around
from farbank.publish.site import card, labels, site

HEADLINES = (
    "Harbour dues <b>doubled</b> at the Café",
    "항만 사용료가 두 배로 올랐다",
    "港の使用料が二倍になった",
    "港口费翻了一番",
)


@pytest.fixture(scope="module")
def folder(tiny: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one story a year, its headlines in four languages' letters."""
    cards = [
        card(edition(text, story=f"story-{n}", close=date(2028 + n, 5, 20)), tiny.phrases)
        for n, text in enumerate(HEADLINES)
    ]
    words = {tag: labels(tiny.phrases[tag]) for tag in ("en", "qtz")}
    made = around(
        site(cards, list, desk={"en": "Tide", "qtz": "Tide"}, languages=("en", "qtz"), key="ab" * 32, labels=words)
    )
    root = tmp_path_factory.mktemp("site")
    for path, data in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(f"{address}search.en.html")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("words", "story"),
    [
        ("doubled cafe", 0),
        ("HARBOUR", 0),
        ("<b>", 0),
        ("사용료", 1),
        ("두 배", 1),
        ("使用料", 2),
        ("二倍", 2),
        ("翻了", 3),
    ],
)
def test_any_part_of_a_word_is_found_in_any_letters(page: Page, words: str, story: int) -> None:
    page.get_by_role("searchbox").fill(words)
    links = page.locator("#found a")
    expect(links).to_have_count(1)
    assert links.text_content() == HEADLINES[story] and links.get_attribute("href") == f"s/story-{story}/en.html"


def test_words_that_no_story_has_are_said_to_be_in_none(page: Page) -> None:
    page.get_by_role("searchbox").fill("tractor")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("#found li")).to_have_count(0)
    page.get_by_role("searchbox").fill("dues")
    expect(page.get_by_role("status")).to_be_hidden()


def test_it_asks_nobody_but_the_site(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}search.en.html")
    assert asked == [f"{address}search.en.html"], "an index is fetched when somebody searches, not before"
    page.get_by_role("searchbox").fill("dues")
    expect(page.locator("#found li")).to_have_count(1)
    assert {each.removeprefix(address).partition("/")[0] for each in asked} == {"search.en.html", "search"}
    assert complaints == []
    page.close()


def test_without_the_script_there_are_the_months(browser: Browser, address: str, folder: Path) -> None:
    unscripted = browser.new_context(java_script_enabled=False).new_page()
    unscripted.goto(f"{address}search.en.html")
    assert unscripted.get_by_role("searchbox").count() == 0
    assert unscripted.locator("nav.shelves a").count() == len(HEADLINES)
    unscripted.close()
    from_disk = browser.new_page()
    from_disk.goto((folder / "search.en.html").as_uri())
    from_disk.get_by_role("searchbox").fill("dues")
    expect(from_disk.locator("#find")).to_be_hidden()
    assert from_disk.locator("nav.shelves a").count() == len(HEADLINES)
    from_disk.close()
