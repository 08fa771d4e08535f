"""The edition as a reader's browser shows it, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

DESKTOP, PHONE = (1280, 900), (390, 844)


def opened(browser: Browser, june: Path, file: str, size: tuple[int, int]) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto((june / file).as_uri())
    return page


@pytest.mark.parametrize("file", ["en.html", "ko.html", "index.html"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_page_asks_nothing_of_anybody_and_fits_its_screen(
    browser: Browser, june: Path, file: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((june / file).as_uri())
    beside = (june / "pictures").as_uri()
    assert [url for url in asked if not url.startswith(beside)] == [(june / file).as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("[...document.scripts].every(each => each.type === 'application/ld+json')")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_how_we_know_stands_beside_its_paragraph_and_below_it_on_a_phone(
    browser: Browser, june: Path, language: str
) -> None:
    for size, is_beside in ((DESKTOP, True), (PHONE, False)):
        page = opened(browser, june, f"{language}.html", size)
        note = page.locator("details").nth(1).bounding_box()
        text = page.locator("p").filter(has_not=page.locator("details")).first.bounding_box()
        assert note is not None
        assert text is not None
        assert (note["x"] > text["x"] + 100) is is_beside


def test_a_note_opens_without_script(browser: Browser, june: Path) -> None:
    page = opened(browser, june, "en.html", PHONE)
    note = page.locator("details").first
    assert note.get_attribute("open") is None
    note.locator("summary").click()
    assert note.get_attribute("open") is not None


def test_the_picture_and_the_map_are_drawn(browser: Browser, june: Path) -> None:
    page = opened(browser, june, "en.html", DESKTOP)
    assert page.evaluate("document.images.length") == 1
    page.locator("img").scroll_into_view_if_needed()
    page.locator("img").evaluate("each => each.decode()")
    assert page.locator(".map svg[role=img]").count() == 1
    assert "July 2021" in page.inner_text("body")
    assert "Chinese bank" in page.inner_text("body")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_prose_has_double_a_contrast_in_both_themes(browser: Browser, june: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((june / "en.html").as_uri())
    ratio = page.evaluate(
        """() => {
          const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
          const light = colour => colour.match(/\\d+/g).slice(0, 3).map(Number).map(channel)
            .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0)
          const ground = light(getComputedStyle(document.documentElement).backgroundColor)
          return Math.min(...[...document.querySelectorAll('p, h1, h2, summary, figcaption, li')].map(element => {
            const ink = light(getComputedStyle(element).color)
            return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
          }))
        }"""
    )
    assert ratio >= 4.5


def test_a_reader_can_turn_to_the_other_language(browser: Browser, june: Path) -> None:
    page = opened(browser, june, "en.html", DESKTOP)
    page.get_by_role("link", name="한국어").click()
    assert page.url.endswith("ko.html")
    assert page.get_attribute("html", "lang") == "ko"
