"""Web pages around real articles, as a crawler would keep them: a menu, a list of teasers, a footer, and the text."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from fastwarc import GzipWriter, WarcRecord, WarcRecordType

from farbank.country.sites import Site
from farbank.model.statemedia import Article

SECTIONS = 60
TEASERS = 40
TAKEN = datetime(2013, 1, 5, 12, tzinfo=UTC)

SITE = Site(
    id="bench",
    outlet="bench",
    item=r"http://news\.example/(?P<language>en|es)/article/\d+\.html",
    languages={"en": "en", "es": "es"},
    hosts=("news.example",),
    title="h1.headline",
    body=".story p",
    day=".dateline",
)
"""The rule for these pages."""


def address(article: Article, number: int) -> str:
    """Where the page of an article stands."""
    return f"http://news.example/{article.lang}/article/{number}.html"


def page(article: Article, titles: Sequence[str], chance: random.Random) -> str:
    """The page of `article`; `titles` are what its teasers are drawn from."""
    menu = "".join(
        f'<li class="menu-entry"><a href="/section/{n}/index.html">Section {n}: news and views</a></li>\n'
        for n in range(SECTIONS)
    )
    side = "".join(
        f'<div class="teaser"><img src="/thumb/{n}.jpg" alt="">'
        f'<h4><a class="more" href="/teaser/{n}.html">{escape(title)}</a></h4></div>\n'
        for n, title in enumerate(chance.choices(titles, k=TEASERS))
    )
    title, day = escape(article.title), f"{article.date:%B} {article.date.day}, {article.date.year}"
    story = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in article.body.split("\n"))
    return f"""<!DOCTYPE html>
<html lang="{article.lang}"><head><meta charset="utf-8"><title>{title} | News</title></head><body>
<header><nav><ul>{menu}</ul></nav></header>
<main><h1 class="headline">{title}</h1><div class="dateline">{day}</div><div class="story">{story}</div></main>
<aside>{side}</aside>
<footer><p>All rights of this invented paper are reserved. Write to the desk.</p></footer></body></html>
"""


def write(articles: Iterable[Article], titles: Sequence[str], path: Path, seed: int) -> int:
    """Write the pages as a WARC, a gzip member per record; gives the bytes of all pages."""
    chance = random.Random(seed)
    size = 0
    with path.open("wb") as file:
        for number, article in enumerate(articles):
            body = page(article, titles, chance).encode()
            _record(address(article, number), body, file)
            size += len(body)
    return size


def pages(path: Path) -> Iterator[str]:
    """The pages of such a file, for a peer."""
    from fastwarc import ArchiveIterator

    for record in ArchiveIterator(BytesIO(path.read_bytes()), record_types=WarcRecordType.response):
        yield record.reader.read().decode()


def _record(url: str, body: bytes, file: BinaryIO) -> None:
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Target-URI"] = url
    record.record_date = TAKEN
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.is_http = True
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    record.set_bytes_content(head.encode() + body)
    packed = GzipWriter(file, 6)
    record.write(packed)
    packed.finish()
