"""The Ollen Gazette, an invented outlet in two languages, to be served by `served.serve`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from email.utils import format_datetime
from xml.sax.saxutils import escape

from served import Asked, Page, Served

from farbank.country.sites import Site, Start

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml; charset=utf-8"}

ITEMS = {
    "/en/article/1": ("Harbour dues doubled", "The harbour office of Ollen doubled its dues on Monday."),
    "/en/article/2": ("Bridge at Varn reopened", "Carts crossed the bridge at Varn again."),
    "/ko/article/1": ("항구 사용료 인상", "올렌 항구에서 사용료를 올렸다."),
    "/ko/article/3": ("바른 다리 다시 열려", "바른의 다리가 다시 열렸다."),
}


def site(served: Served, *starts: Start, **rules: object) -> Site:
    """The rules of the site at a running server; its starts are a feed, a sitemap index and a page of links."""
    every = (
        Start(url=served.url + "/feed.xml", kind="feed"),
        Start(url=served.url + "/sitemap.xml", kind="sitemap"),
        Start(url=served.url + "/ko/", kind="links", links="ul.news a"),
    )
    return Site(
        id="gazette", outlet="ollen-gazette", item=r"https?://[^/]+/(?P<language>en|ko)/article/(?P<item>\w+)",
        languages={"en": "en", "ko": "ko"}, starts=starts or every, title="h1", body="article p", day="time",
        **rules,  # type: ignore[arg-type]
    )  # fmt: skip


def pages(served: Served) -> dict[str, Page | Callable[[Asked], Page]]:
    """Everything the site serves at first."""
    items = {path: article(*words) for path, words in ITEMS.items()}
    return {
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
        "/feed.xml": (200, XML, feed(served, ["/en/article/1", "/en/article/2"])),
        "/sitemap.xml": (200, XML, index([served.url + "/sitemap-ko.xml"])),
        "/sitemap-ko.xml": (200, XML, sitemap([served.url + "/ko/article/1"])),
        "/ko/": (200, HTML, links(["/ko/article/1", "/ko/article/3", "/ko/about"])),
        **items,
    }


def article(title: str, text: str, etag: str = "") -> Page:
    body = f"<html><body><h1>{title}</h1><time>2031-05-12</time><article><p>{text}</p></article></body></html>"
    return 200, HTML | {"ETag": etag or f'"{len(text)}-{sum(text.encode())}"'}, body.encode()


def feed(served: Served, paths: Iterable[str]) -> bytes:
    day = format_datetime(served.clock())
    entries = "".join(
        f"<item><title>{escape(ITEMS[path][0])}</title><link>{served.url}{path}</link><pubDate>{day}</pubDate></item>"
        for path in paths
    )
    return f'<rss version="2.0"><channel><title>Ollen Gazette</title>{entries}</channel></rss>'.encode()


def sitemap(urls: Iterable[str]) -> bytes:
    return _urls("urlset", "url", urls)


def index(urls: Iterable[str]) -> bytes:
    return _urls("sitemapindex", "sitemap", urls)


def links(paths: Iterable[str]) -> bytes:
    items = "".join(f'<li><a href="{path}"> {ITEMS.get(path, ("About",))[0]}\n</a></li>' for path in paths)
    menu = '<nav><a href="/ko/article/menu">Menu</a></nav>'
    return f'<html><body>{menu}<ul class="news">{items}</ul></body></html>'.encode()


def _urls(root: str, entry: str, urls: Iterable[str]) -> bytes:
    inside = "".join(f"<{entry}><loc>{escape(url)}</loc></{entry}>" for url in urls)
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{root}>'.encode()
    )
