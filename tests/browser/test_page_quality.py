"""What a careful reader's browser measures of a story page: weight, requests, order, contrast, keyboard alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WEIGHT = 120_000
"""Bytes of a story page with its map and what it loads of pictures on a telephone."""
TARGET = 24
"""CSS pixels a target has at least, unless it stands in a line of text (WCAG 2.2, 2.5.8)."""


def languages(june: Path) -> list[str]:
    return sorted(path.stem for path in june.glob("*.html") if path.stem != "index")


def opened(browser: Browser, file: Path, *, width: int = 390, dark: bool = False) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 844}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    page.goto(file.as_uri())
    return page


def test_axe_finds_nothing_in_any_language_theme_or_width(browser: Browser, june: Path) -> None:
    axe = Axe()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for language in [*languages(june), "index"]:
        for width, dark in ((1280, False), (390, True)):
            page = opened(browser, june / f"{language}.html", width=width, dark=dark)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found: dict[str, Any] = axe.run(page, options=rules)
            told = [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]]
            assert told == [], (language, width, dark)
            assert len(found["passes"]) > 15, "it looked"
            page.close()


def test_a_story_page_is_light_and_asks_for_little(browser: Browser, june: Path) -> None:
    for language in languages(june):
        page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=1)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((june / f"{language}.html").as_uri())
        for picture in page.locator("img").all():
            picture.scroll_into_view_if_needed()
            picture.evaluate("each => each.decode()")
        loaded = [Path(url.removeprefix("file://")) for url in asked]
        assert len(loaded) <= 3, loaded
        assert sum(path.stat().st_size for path in loaded) <= WEIGHT, language
        page.close()


def test_headings_go_down_one_step_at_a_time_and_there_is_one_first(browser: Browser, june: Path) -> None:
    for language in [*languages(june), "index"]:
        page = opened(browser, june / f"{language}.html")
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(each => +each.tagName[1])")
        assert levels[0] == 1
        assert language == "index" or levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        for landmark in ("main", "header", "footer"):
            assert page.locator(landmark).count() >= 1 or language == "index"
        assert page.evaluate("document.documentElement.lang") == ("en" if language == "index" else language)
        page.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, june: Path) -> None:
    for language in languages(june):
        page = opened(browser, june / f"{language}.html", width=1280)
        reachable = page.locator("a[href], summary").evaluate_all(
            "each => each.filter(one => !one.closest('details:not([open]) > :not(summary)')).length"
        )
        seen: set[str] = set()
        for _ in range(reachable):
            page.keyboard.press("Tab")
            where, outline, shown = page.evaluate(
                """() => {
                  const one = document.activeElement, box = one.getBoundingClientRect()
                  return [one.outerHTML.slice(0, 60) + box.top, getComputedStyle(one).outlineStyle, box.right > 0]
                }"""
            )
            assert outline != "none" and shown, where
            seen.add(where)
        assert len(seen) == reachable
        page.close()


def test_what_is_to_be_touched_is_large_enough(browser: Browser, june: Path) -> None:
    for language in languages(june):
        page = opened(browser, june / f"{language}.html")
        small = page.evaluate(
            f"""() => [...document.querySelectorAll('summary, nav a')].filter(one => {{
              const box = one.getBoundingClientRect()
              return box.width && (box.height < {TARGET} || box.width < {TARGET})
            }}).map(one => one.outerHTML.slice(0, 80))"""
        )
        assert small == [], language
        page.close()
