"""Drawings as a browser shows them, on a phone and on a screen, by day and by night."""

from __future__ import annotations

from importlib import resources

import pytest
from playwright.sync_api import Browser

from farbank.desk import draw
from farbank.desk.check_case import file_folder
from farbank.desk.drafts import drafts_of
from farbank.desk.establish import establish
from farbank.desk.examples import example
from farbank.model.drawings import Drawing

NIGHT = "--map-far:#1d2023;--map-land:#33373b;--map-line:#15171a;--map-ink:#f0ede5;--map-faint:#b5b2a9;"
"""What a page sets for its maps in its dark theme (docs/guide/charts.md)."""

OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(text => {
  const own = text.getBoundingClientRect(), all = text.ownerSVGElement.getBoundingClientRect()
  return own.right > all.right + 1 || own.left < all.left - 1 || own.bottom > all.bottom + 1 || own.top < all.top - 1
}).map(text => text.textContent)"""
LEAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(channel)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0)
  const paper = light(getComputedStyle(document.documentElement).backgroundColor)
  return Math.min(...[...document.querySelectorAll('svg text')].map(text => {
    const style = getComputedStyle(text), halo = style.stroke === 'none' ? paper : light(style.stroke)
    const ink = light(style.fill)
    return (Math.max(ink, halo) + 0.05) / (Math.min(ink, halo) + 0.05)
  }))
}"""


@pytest.fixture(scope="module")
def drawings() -> dict[str, tuple[Drawing, ...]]:
    filed = file_folder(example("june-order"))
    established, drafts = establish(filed), drafts_of(filed.case)
    own = {language: draw.for_readers(filed, draft, established) for language, draft in drafts.items()}
    return {**own, "desk": draw.for_desk(filed, established)}


@pytest.mark.parametrize("whose", ["en", "ko", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_words_stand_inside_their_drawing_and_are_read_in_both_themes(
    browser: Browser, drawings: dict[str, tuple[Drawing, ...]], whose: str, scheme: str, width: int
) -> None:
    css = (resources.files("farbank.publish.render") / "edition.css").read_text("utf-8")
    night = f":root{{{NIGHT}}}" if scheme == "dark" else ""
    body = "".join(drawing.svg.decode() for drawing in drawings[whose])
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<!doctype html><html lang=en><style>{css}{night} svg{{max-width:100%}}</style>{body}</html>")
    assert asked == [] and page.evaluate("document.scripts.length") == 0
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(LEAST) >= 4.5
    page.close()
