from __future__ import annotations

import dataclasses
import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from tide import draft_of, edition, story

from farbank.country.pack import Pack
from farbank.model.story import Draft
from farbank.publish.page import Material
from farbank.publish.render import html

_VOID = {"meta", "img", "br", "path", "link", "source"}


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(data: bytes) -> _Balanced:
    parser = _Balanced()
    parser.feed(data.decode("utf-8"))
    assert parser.open == []
    return parser


def page(draft: Draft, material: Material, pack: Pack) -> bytes:
    return html.files(edition(draft, material, pack))["en.html"]


def test_the_page_is_well_formed_and_asks_nothing_of_anybody(draft: Draft, material: Material, tiny: Pack) -> None:
    data = page(draft, material, tiny)
    found = read(data)
    assert b"@import" not in data and b"url(" not in data
    assert re.findall(rb"<script([^>]*)>", data) == [b' type="application/ld+json"'], "a data block, which nothing runs"
    for tag, name, value in found.attributes:
        assert not name.startswith("on") and name != "style"
        if name in ("src", "srcset", "data", "poster", "action"):
            assert tag in ("img", "source") and (value or "").startswith("pictures/")
        if name == "href":
            assert value in ("edition.json", "#story")
    assert ("html", "lang", "en") in found.attributes


def test_the_policy_names_the_one_style_sheet_by_its_hash(draft: Draft, material: Material, tiny: Pack) -> None:
    text = page(draft, material, tiny).decode("utf-8")
    (css,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = b64encode(sha256(css.encode("utf-8")).digest()).decode("ascii")
    assert "default-src &#39;none&#39;" in text
    assert digest.replace("+", "&#43;") in text or digest in text


def test_equal_pages_give_equal_bytes(draft: Draft, material: Material, tiny: Pack) -> None:
    assert page(draft, material, tiny) == page(draft, material, tiny)


def test_markup_in_words_is_shown_as_words(material: Material, tiny: Pack) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    desk = type(material.desk)(name={"en": hostile}, byline={"en": hostile})
    draft = draft_of(story("One & two. [@dues]", f"{hostile} [@dues]"))
    data = page(draft, dataclasses.replace(material, desk=desk), tiny)
    assert hostile.encode() not in data and b"&lt;img src=x" in data
    read(data)


def test_the_data_block_cannot_be_ended_from_inside(material: Material, tiny: Pack) -> None:
    data = page(draft_of(story("One. [@dues]", "</script><script>alert(1)// [@dues]")), material, tiny)
    (block,) = re.findall(rb'<script type="application/ld\+json">(.*?)</script>', data, re.DOTALL)
    assert json.loads(block)["headline"] == "</script><script>alert(1)//"
    assert data.count(b"<script") == 1


def test_no_handle_and_no_claim_id_reaches_the_page(draft: Draft, material: Material, tiny: Pack) -> None:
    text = page(draft, material, tiny).decode("utf-8")
    body = text[text.index("<body") :]
    for secret in ("tern", "gull", "[@", "report=", "tq:O1"):
        assert secret not in body.replace("alternative", "").replace("pattern", "")


def test_the_index_offers_every_language_its_status_and_the_key(draft: Draft, material: Material, tiny: Pack) -> None:
    data = html.files(edition(draft, material, tiny))["index.html"]
    found = read(data)
    assert ("a", "href", "en.html") in found.attributes
    text = data.decode("utf-8")
    assert "01234567 89abcdef" in text and "is not released" in text and "As of 20 May 2031" in text
    released = edition(draft, dataclasses.replace(material, status="released"), tiny)
    assert b"is not released" not in html.files(released)["index.html"]


def test_both_themes_have_readable_contrast() -> None:
    css = (html._HERE / "edition.css").read_text("utf-8")
    themes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{[^}]*paper: #[0-9a-f]{6}[^}]*", css)
    ]
    assert len(themes) == 2
    for theme in themes:
        for colour in ("ink", "quiet", "accent"):
            assert _contrast(theme[colour], theme["paper"]) >= 4.5


def _contrast(a: str, b: str) -> float:
    low, high = sorted(map(_luminance, (a, b)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
