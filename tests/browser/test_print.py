"""The edition on paper: two sheets, with how each paragraph is known under it and the rest behind the story."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from farbank.desk.print_edition import print_edition, printed

LANGUAGES = ("en", "ko", "ja", "zh")


@pytest.fixture(scope="module")
def prints(june: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError: Pango is not there
        pytest.skip("needs farbank[publish] and Pango (apt-get install libpango-1.0-0 libpangoft2-1.0-0)")
    folder = tmp_path_factory.mktemp("prints")
    for language in LANGUAGES:
        print_edition(june, language, folder / f"{language}.pdf")
    return {language: folder / f"{language}.pdf" for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_june_order_is_printed_on_two_pages(prints: dict[str, Path], language: str) -> None:
    assert len(printed(prints[language].read_bytes())) == 2


def test_every_note_has_its_number_under_a_paragraph_and_again_behind_the_story(prints: dict[str, Path]) -> None:
    text = "".join(printed(prints["en"].read_bytes()))
    for number in ("¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"):
        assert text.count(number) >= 2, number
    assert "One person's reading of the four days" in " ".join(text.split()), "the limits of a search are printed"


def test_a_map_on_paper_is_drawn_in_its_own_colours(prints: dict[str, Path]) -> None:
    with PdfDocument(BytesIO(prints["en"].read_bytes())) as opened:
        drawn = opened[1].render(scale=1).to_pil().convert("L")
    black = sum(drawn.histogram()[:40]) / (drawn.width * drawn.height)
    assert black < 0.05, "letters alone are black"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_prints_it_on_two_pages(browser: Browser, june: Path, language: str) -> None:
    page = browser.new_page()
    page.goto((june / f"{language}.html").as_uri())
    said = printed(page.pdf(prefer_css_page_size=True))
    page.close()
    assert len(said) == 2
