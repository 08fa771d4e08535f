from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.model.statemedia import Article
from farbank.watch.extract import article, charset
from farbank.watch.extract.identity import article as name

TAKEN = datetime(2024, 8, 2, 20, tzinfo=UTC)
PAPER = Site(
    id="paper",
    outlet="sorim-daily",
    hosts=("paper.example",),
    item=r"https?://(?:www\.)?paper\.example/(?P<language>ko|en|jp|cn)/a/(?P<item>\d*)[\w/-]*\.html",
    languages={"ko": "ko", "en": "en", "jp": "ja", "cn": "zh"},
    title="h1.head",
    body=".text p",
    day=".day",
    drop=(".text .note", "script"),
)
URL = "http://www.paper.example/en/a/7.html"
MENU = "<nav><ul>" + "".join(f'<li><a href="/{n}">Section {n} of the paper</a></li>' for n in range(30)) + "</ul></nav>"
FIRST = "The dam at Sorim holds, and the people of the county went back to their houses on Friday."
SECOND = "Nobody was hurt, the county committee said, and the road to the town is open to carts again."


def page(inner: str, head: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Sorim Daily</title>{head}</head>'
        f"<body>{MENU}<main>{inner}</main><footer><p>All rights of the paper.</p></footer></body></html>"
    )


def text(*paragraphs: str) -> str:
    return '<div class="text">' + "".join(f"<p>{one}</p>" for one in paragraphs) + "</div>"


def capture(source: str, url: str = URL, **more: object) -> Capture:
    fields = {"status": 200, "headers": (("content-type", "text/html"),), "taken": TAKEN} | more
    return Capture(url=url, body=source.encode(), **fields)  # type: ignore[arg-type]


def read(source: str, url: str = URL, **more: object) -> Article:
    found = article(capture(source, url, **more), [PAPER])
    assert found is not None
    return found


HEAD = '<h1 class="head">Dam\n holds</h1>'
DAY = '<div class="day">July 14, 2024</div>'


def test_a_page_is_read_by_its_site_s_rule() -> None:
    inner = HEAD + DAY + text(FIRST, " &nbsp; ", f"<b>{SECOND[:6]}</b>{SECOND[6:]}", '<span class="note">ad</span>')
    assert read(page(inner)) == Article(
        id=name("sorim-daily", URL),
        outlet="sorim-daily",
        lang="en",
        date=date(2024, 7, 14),
        title="Dam holds",
        body=f"{FIRST}\n{SECOND}",
        url=URL,
        item="7",
    )


FORGED = '{"id": "a1", "outlet": "sorim-daily", "lang": "en", "date": "2024-07-14", "title": "Served by a site"}'
KO = "소림군의 언제가 견디여냈으며 군안의 주민들이 금요일에 집으로 돌아갔다."
JA = "ソリム郡のダムは持ちこたえ、住民は金曜日に家へ戻った。"
ZH = "索林郡的水坝经受住了考验，居民们于星期五返回家中。"


@pytest.mark.parametrize(
    ("language", "lang", "day", "title", "body"),
    [
        ("ko", "ko", "주체113(2024)년 7월 14일", "소림언제 이상없다", KO),
        ("jp", "ja", "チュチェ113(2024)年7月14日", "ソリムのダムは無事", JA),
        ("cn", "zh", "主体113(2024)年7月14日", "索林水坝安然无恙", ZH),
    ],
)
def test_language_versions(language: str, lang: str, day: str, title: str, body: str) -> None:
    inner = f'<h1 class="head">{title}</h1><p class="day">{day}</p>{text(body)}'
    found = read(page(inner), URL.replace("/en/", f"/{language}/"))
    assert (found.lang, found.date, found.title, found.body) == (lang, date(2024, 7, 14), title, body)
    assert found.item == "7"


def test_a_version_in_another_language_than_its_address_says() -> None:
    assert (
        read(page(HEAD + text("소림군의 언제가 견디여냈으며 군안의 주민들이 금요일에 집으로 돌아갔다고 한다."))).lang
        == "ko"
    )


def test_lines_broken_in_a_paragraph_are_paragraphs() -> None:
    assert read(page(HEAD + text("One.<br/>Two.<BR>Three."))).body == "One.\nTwo.\nThree."


def test_a_page_that_was_not_read_to_its_end_is_no_full_text() -> None:
    assert read(page(HEAD + text(FIRST)), cut=True).kind == "cut"
    assert read(page(HEAD + text(FIRST)) + "x" * charset.LONGEST).kind == "cut"
    assert read(page(HEAD + text(FIRST)) + "x" * 10**5).kind == ""


def test_text_in_text_is_read_once() -> None:
    nested = '<div class="text"><p>Outer.</p><object><p>Kept <object><p>inner.</p></object></p></object></div>'
    assert read(page(HEAD + nested)).body.count("inner.") == 1


def test_a_page_of_pictures_has_a_title_and_no_body() -> None:
    found = read(page(HEAD + DAY + '<img src="dam.jpg">'))
    assert (found.title, found.body, found.date) == ("Dam holds", "", date(2024, 7, 14))


@pytest.mark.parametrize(
    ("inner", "head", "url", "day"),
    [
        (DAY, "", URL, date(2024, 7, 14)),
        ('<time class="day" datetime="2024-07-14T01:00">Sunday</time>', "", URL, date(2024, 7, 14)),
        ('<i class="day">Sunday</i><i class="day">2024.7.14.</i>', "", URL, date(2024, 7, 14)),
        ("", "", "http://paper.example/en/a/2024/07/13/x.html", date(2024, 7, 13)),
        ('<div class="day">soon</div>', "", "http://paper.example/en/a/20240713-1.html", date(2024, 7, 13)),
        ("", '<meta property="article:published_time" content="2024-07-12T10:00:00+09:00">', URL, date(2024, 7, 12)),
        ("", '<script type="application/ld+json">{"datePublished": "2024-07-11"}</script>', URL, date(2024, 7, 11)),
        ('<time datetime="2024-07-10">x</time>', "", URL, date(2024, 7, 10)),
        ("", "", URL, date(2024, 8, 2)),
        ('<div class="day">2024-08-03</div>', "", URL, date(2024, 8, 3)),
        ('<div class="day">2024-08-04</div>', "", URL, date(2024, 8, 2)),
        ('<div class="day">2099-01-01</div>', "", URL, date(2024, 8, 2)),
    ],
)
def test_where_the_day_comes_from(inner: str, head: str, url: str, day: date) -> None:
    rule = PAPER if "ld+json" not in head else replace(PAPER, drop=())
    found = article(capture(page(HEAD + inner + text(FIRST), head), url), [rule])
    assert found is not None
    assert found.date == day


def test_an_id_is_the_same_over_every_way_to_an_address() -> None:
    ways = ("http://paper.example/a", "https://www.paper.example/a", "HTTP://WWW.paper.example/a#end")
    assert {name("sorim-daily", way) for way in ways} == {name("sorim-daily", "http://paper.example/a")}
    assert len(name("sorim-daily", ways[0])) == 16
    assert name("sorim-daily", "http://paper.example/b") != name("sorim-daily", ways[0]) != name("other", ways[0])


def alternates(*pairs: tuple[str, str]) -> str:
    return "".join(f'<link rel="alternate" hreflang="{tongue}" href="{href}">' for tongue, href in pairs)


def test_versions_that_name_each_other_share_their_item() -> None:
    rule = replace(PAPER, item=r".*/(?P<language>ko|en)/x\.html")
    ko, en, fr = (f"http://paper.example/{tongue}/x.html" for tongue in ("ko", "en", "fr"))
    heads = {ko: alternates(("en", "/en/x.html"), ("fr", fr)), en: alternates(("ko", ko), ("en", en), ("fr", fr))}
    found = [article(capture(page(HEAD + text(FIRST), head), url), [rule]) for url, head in heads.items()]
    items = {one.item for one in found if one is not None}
    assert len(found) == 2
    assert len(items) == 1
    assert len(items.pop()) == 16


@pytest.mark.parametrize("head", ["", alternates(("en", URL)), alternates(("en", "http://[")), "<link hreflang=en>"])
def test_a_page_that_names_no_other_version_has_no_item(head: str) -> None:
    rule = replace(PAPER, item=r".*/en/.*")
    found = article(capture(page(HEAD + text(FIRST), head)), [rule])
    assert found is not None
    assert found.item == ""


def test_a_site_without_a_rule_is_read_by_guessing() -> None:
    inner = f"<article><h1>Dam holds</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST[::-1]}</p></article>"
    head = '<meta property="article:published_time" content="2024-07-12T10:00:00+09:00">'
    found = article(capture(page(inner, head, "en-GB"), "https://www.other.example:8080/x"), [PAPER])
    assert found is not None
    assert (found.outlet, found.lang, found.date, found.item) == ("other.example", "en-GB", date(2024, 7, 12), "")
    assert FIRST in found.body.split("\n")
    assert "Section 3" not in found.body


def test_a_page_its_rule_does_not_fit_is_no_article() -> None:
    inner = f"<article><h2>Dam holds</h2><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST[::-1]}</p></article>"
    assert article(capture(page(inner)), [PAPER]) is None


def test_a_saved_page_without_an_address_is_read_too() -> None:
    inner = f"<article><h1>Dam holds</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    found = article(capture(page(inner), "urn:farbank:file:a/dam.html", status=0, headers=()), [PAPER])
    assert found is not None
    assert (found.outlet, found.url) == ("unknown", "urn:farbank:file:a/dam.html")


@pytest.mark.parametrize(
    "one",
    [
        capture(page(HEAD + text(FIRST)), status=404),
        capture(page(HEAD + text(FIRST)), "http://paper.example/en/list"),
        capture("body { color: red }", headers=(("content-type", "text/css"),)),
        capture("%PDF-1.7", headers=()),
        capture("", headers=()),
        capture("", "http://other.example/"),
        capture(FORGED, headers=(("content-type", "application/json"),)),
        capture('{"id": "a1"}', status=0, headers=(("content-type", "application/json"),)),
        capture("[" * 100_000, status=0, headers=(("content-type", "application/json"),)),
    ],
)
def test_what_holds_no_article(one: Capture) -> None:
    assert article(one, [PAPER]) is None
