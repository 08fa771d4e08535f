from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.country.sites import Start
from farbank.model.captures import Capture
from farbank.watch.collect import listings
from farbank.watch.collect.listings import Listed, Listing
from farbank.watch.errors import UnreadableSelector

BASE = "http://gazette.invalid/news/"
KINDS = ("feed", "sitemap", "links")
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Ollen Gazette</title>"
URLS = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"


def page(body: bytes, cut: bool = False, **headers: str) -> Capture:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Capture(url=BASE, taken=datetime(2031, 5, 12, tzinfo=UTC), status=200, headers=named, body=body, cut=cut)


def read(kind: str, body: bytes, links: str = "a", **headers: str) -> Listing:
    return listings.read(Start(url=BASE, kind=kind, links=links), page(body, **headers))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Whatever a listing holds, reading it ends within seconds (with room for a busy machine)."""
    began = time.process_time()
    yield
    assert time.process_time() - began < 10


def test_rss_gives_address_title_and_day() -> None:
    body = RSS + (
        b"<item><title>Dues &amp; tolls\n doubled</title><link>/en/1#top</link>"
        b"<pubDate>Mon, 12 May 2031 06:00:00 +0900</pubDate></item>"
        b"<item><title>No day</title><link>http://gazette.invalid/en/2?a=1&amp;b=2</link></item></channel></rss>"
    )
    assert read("feed", body) == Listing(
        (
            # In UTC it is still Sunday, but it is the outlet's Monday.
            Listed("http://gazette.invalid/en/1", "Dues & tolls doubled", date(2031, 5, 12)),
            Listed("http://gazette.invalid/en/2?a=1&b=2", "No day", None),
        )
    )


def test_atom_gives_address_title_and_day() -> None:
    body = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>
      <entry><title>다리</title><link href="1"/><published>2031-05-12T23:30:00-05:00</published>
      <updated>2031-06-01T00:00:00Z</updated></entry></feed>"""
    assert read("feed", body.encode()).items == (Listed(BASE + "1", "다리", date(2031, 5, 12)),)


@pytest.mark.parametrize("charset", ["euc-kr", "utf-16", "utf-8"])
def test_a_feed_is_read_in_the_charset_it_declares(charset: str) -> None:
    body = f"<?xml version='1.0' encoding='{charset}'?><rss version='2.0'><channel><item><title>다리</title>"
    body += "<link>/1</link></item></channel></rss>"
    assert read("feed", body.encode(charset)) == Listing((Listed("http://gazette.invalid/1", "다리"),))


def test_a_feed_that_breaks_off_gives_what_could_be_read_and_is_not_whole() -> None:
    item = b"<item><title>T</title><link>/%d</link></item>"
    listing = read("feed", RSS + b"".join(item % n for n in range(20)) + b"<item><title>T<")
    assert len(listing.items) >= 20
    assert not listing.whole


@pytest.mark.parametrize("body", [b"", b"<html><p>Please sign in</p></html>", b"/etc/passwd", b"http://127.0.0.1:9/"])
def test_what_is_no_feed_is_not_whole(body: bytes) -> None:
    assert read("feed", body) == Listing((), (), False)


def test_a_feed_that_its_parser_trips_over_is_not_whole() -> None:
    assert read("feed", b"<item>&#x110000;") == Listing((), (), False)


def test_a_feed_without_items_is_whole() -> None:
    assert read("feed", RSS + b"</channel></rss>") == Listing()


def test_a_feed_without_end_gives_its_first_items_and_is_not_whole() -> None:
    item = b"<item><title>T</title><link>/%d</link><pubDate>Mon, 12 May 2031 06:00:00 GMT</pubDate></item>"
    endless = RSS + b"".join(item % n for n in range(12_000))
    listing = read("feed", endless)
    assert 5_000 < len(listing.items) <= listings.MOST
    assert not listing.whole


def test_what_the_fetcher_cut_is_not_whole() -> None:
    body = URLS + b"<url><loc>/1</loc></url></urlset>"
    listing = listings.read(Start(url=BASE, kind="sitemap"), page(body, cut=True))
    assert (len(listing.items), listing.whole) == (1, False)


def test_a_sitemap_gives_addresses_and_what_news_ones_say() -> None:
    body = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc> http://gazette.invalid/en/1 </loc><lastmod>2033-01-01</lastmod></url>
      <url><loc>http://gazette.invalid/en/2</loc><news:news><news:publication_date>2031-05-12T06:00+09:00
      </news:publication_date><news:title>Dues doubled</news:title></news:news></url></urlset>"""
    assert read("sitemap", body) == Listing(
        (
            Listed("http://gazette.invalid/en/1"),
            Listed("http://gazette.invalid/en/2", "Dues doubled", date(2031, 5, 12)),
        )
    )


def test_a_picture_of_an_item_is_not_the_item_and_a_style_sheet_is_no_harm() -> None:
    body = b"""<?xml version="1.0"?><?xml-stylesheet href="s.xsl"?><!-- made by hand --><urlset
      xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>/1.jpg</image:loc>
      <image:title>A picture</image:title></image:image><loc>/1</loc></url></urlset><!-- end -->"""
    assert read("sitemap", body) == Listing((Listed("http://gazette.invalid/1"),))


def test_an_index_gives_sitemaps() -> None:
    body = b"<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap><sitemap><loc>b.xml</loc></sitemap></sitemapindex>"
    assert read("sitemap", body) == Listing((), ("http://gazette.invalid/a.xml.gz", BASE + "b.xml"))


def test_a_packed_sitemap_is_unpacked() -> None:
    body = URLS + b"<url><loc>/1</loc></url></urlset>"
    assert read("sitemap", gzip.compress(body)) == Listing((Listed("http://gazette.invalid/1"),))


def test_a_packed_sitemap_that_breaks_off_is_not_whole() -> None:
    body = gzip.compress(URLS + b"".join(b"<url><loc>/%d</loc></url>" % (n * n) for n in range(5000)) + b"</urlset>")
    for kept in (5, 500, len(body) - 1):
        assert not read("sitemap", body[:kept]).whole
    assert read("sitemap", body).whole


def test_a_packed_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(URLS + b"<url><loc>/1</loc></url>" + b" " * (60 * 2**20), 1)
    listing = read("sitemap", bomb)
    assert (len(listing.items), listing.whole) == (1, False)


def test_a_sitemap_with_more_than_may_be_is_cut() -> None:
    listing = read("sitemap", URLS + b"<url><loc>/1</loc></url>" * 60_000 + b"</urlset>")
    assert (len(listing.items), listing.whole) == (listings.MOST, False)


def laughs(root: bytes, use: bytes) -> bytes:
    entities = b"<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(12)
    )
    return b"<?xml version='1.0'?><!DOCTYPE x [" + entities + b"]><" + root + b">" + use


@pytest.mark.parametrize(
    "body",
    [
        laughs(b"urlset", b"<url><loc>&m;</loc></url></urlset>"),
        laughs(b"urlset", b"<url a='&m;'><loc>/1</loc></url></urlset>"),
        b"<!DOCTYPE x [<!ENTITY a '" + b"a" * 10**6 + b"'>]><urlset>" + b"<url><loc>&a;</loc></url>" * 10**5,
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&e;</loc></url></urlset>",
        b"<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>"
        b"<urlset><url><loc>&e;</loc></url></urlset>",
        b"<urlset>" + b"<a>" * 10**6,
        b"<urlset><url><loc>" + b"x" * 12 * 10**6 + b"</loc></url></urlset>",
        b"<urlset><url " + b"".join(b"a%d='' " % n for n in range(10**5)) + b"/></urlset>",
    ],
)
def test_a_hostile_sitemap_ends_and_is_not_whole(body: bytes) -> None:
    listing = read("sitemap", body)
    assert not listing.whole
    assert "root:" not in repr(listing)


@pytest.mark.parametrize(
    "body",
    [
        laughs(b"rss version='2.0'", b"<channel><item><title>&m;</title><link>/1</link></item></channel></rss>"),
        RSS + b"<a>" * 40_000,
        RSS + b"<item>" * 20_000,
        RSS + b"<item><title>" + b"&lt;" * 100_000,
        RSS + b"<" * 2**18,
        RSS + b"&" * 2**18,
        RSS + b"<![CDATA[" * 120_000,
        RSS + b"<a " + b"b='" * 350_000,
        b"<!DOCTYPE x [" + b"<!ENTITY a " * 100_000,
        RSS + b"<item><pubDate>" + b"1 " * 10**6,
        bytes(2**20),
    ],
)
def test_a_hostile_feed_ends_and_is_not_whole(body: bytes) -> None:
    assert not read("feed", body).whole


def test_a_page_of_links_gives_those_selected_with_their_words() -> None:
    body = """<html><head><base href="/ko/"></head><body><nav><a href="/menu">Menu</a></nav>
      <ul class=news><li><a href="1.html"> 바른 <b>다리</b>\n</a><li><a name=x>no link</a>
      <li><a href="mailto:a@gazette.invalid">write</a><li><a href="http://[">broken</a></ul>"""
    assert read("links", body.encode(), "ul.news a") == Listing(
        (Listed("http://gazette.invalid/ko/1.html", "바른 다리"),)
    )


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr", "gb18030"])
@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_page_of_links_is_read_in_the_charset_it_declares(charset: str, where: str) -> None:
    word = "河水上涨" if charset == "gb18030" else "강물이 불어"
    meta = f"<meta charset={charset}>" if where == "meta" else ""
    said = {"content_type": f"text/html; charset={charset}"} if where == "header" else {}
    assert read("links", f"{meta}<a href=1>{word}</a>".encode(charset), **said).items[0].title == word


def test_a_wrong_charset_in_the_header_gives_way_to_the_one_of_the_page() -> None:
    body = "<meta charset=euc-kr><a href=1>강물이 불어</a>".encode("euc-kr")
    for declared in ("utf-8", "no-such-charset", ""):
        assert read("links", body, content_type=f"text/html; charset={declared}").items[0].title == "강물이 불어"


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"<a href=x>y</a>" * 60_000, False),
        (b"<table><tr><td><a href=x>yy" * 20_000, True),
        (b"<a href=x>" + b"<b>" * 500_000, True),
        (b"<div>" * 10**6, False),
        (b"<a href=x><b><i><u><p>" * 30_000, True),
        (b"<a href='" + b"x" * 10**6, True),
        (b"\x00<a href=x>\xff" * 10**4, True),
        (b"<a " + b"href=x " * 10**5 + b">", True),
    ],
)  # fmt: skip
def test_a_hostile_page_of_links_ends(body: bytes, whole: bool) -> None:
    listing = read("links", body)
    assert len(listing.items) <= listings.MOST
    assert all(len(item.title) <= listings.LONGEST_TITLE for item in listing.items)
    assert listing.whole == whole


@pytest.mark.parametrize("selector", ["a[[", "", "::", "a:hover("])
def test_what_is_no_selector_is_refused_in_a_sentence(selector: str) -> None:
    with pytest.raises(UnreadableSelector, match=r"CSS selector in the pack's sites.toml"):
        read("links", b"<a href=x>y</a>", selector)


MARKUP = st.lists(
    st.sampled_from(
        ["<rss version='2.0'>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<pubDate>", "<urlset>",
         "<url>", "<loc>", "</loc>", "<a href='", "'>", "</a>", "<entry>", "<updated>", "&amp;", "&#x110000;",
         "<![CDATA[", "]]>", "<!DOCTYPE x [", "<!ENTITY a '&a;'>", "]>", "&a;", "http://[::1", "//:99999999/",
         "2031-02-31", "\ud800", "\0"]
    )
    | st.text(max_size=8),
    max_size=40,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(KINDS), body=MARKUP | st.binary(max_size=200), said=st.text(max_size=30))
def test_whatever_is_served_a_listing_is_read(kind: str, body: bytes, said: str) -> None:
    for item in read(kind, body, content_type=said).items:
        assert item.url.startswith(("http://", "https://"))
        assert item.url.isascii()
        assert "#" not in item.url
