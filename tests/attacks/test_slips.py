"""One slip planted in every place a published file has: the gate must close, and must not repeat what it found."""

from __future__ import annotations

import base64
import io
import json
import unicodedata
import zlib
from urllib.parse import quote

import pytest
from PIL import Image, PngImagePlugin

from farbank.model.exposure import Gate
from farbank.protect.forbidden import listing
from farbank.protect.gate import check

FORBIDDEN = listing(["Dolmaru", "돌마루", "石楼", "한서리", "Han So Ri"], b"an invented key!")
WORD = "Dolmaru"


def gate(files: dict[str, bytes]) -> Gate:
    return check(files, FORBIDDEN, mentions=lambda text: (), allowed=frozenset(), unaccounted=lambda kind, text: ())


def page(body: str, head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A levee</title>{head}</head>'
        f"<body><main><h1>Built by hand</h1><p>People came to the river.</p>{body}</main></body></html>"
    ).encode()


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def picture(kind: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (6, 6), "grey").save(out, kind, **how)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def with_part(webp: bytes, part: bytes) -> bytes:
    """A WebP with one more part behind its pixels, counted in its length."""
    whole = webp + part[:4] + len(part[4:]).to_bytes(4, "little") + part[4:] + b"\0" * (len(part) % 2)
    return whole[:4] + (len(whole) - 8).to_bytes(4, "little") + whole[8:]


def data_uri(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010E] = WORD
    return tags


def image(source: str) -> str:
    return f'<img src="{source}">'


INNER = data_uri("text/plain", b"Dolmaru")
DRAWN = data_uri("image/svg+xml", svg(WORD))
NOTES = PngImagePlugin.PngInfo()
NOTES.add_text("Comment", WORD)
PACKED = PngImagePlugin.PngInfo()
PACKED.add_itxt("Comment", "돌마루", zip=True)
PLAIN = picture()
NUMERIC = "".join(f"&#{ord(letter)};" for letter in "돌마루")
TWICE = "Dol&amp;#109;aru"

SLIPS: dict[str, tuple[str, bytes, str]] = {
    # name: (file, bytes, the kind of slip expected)
    "body text": ("en.html", page("<p>It reached Dolmaru in June.</p>"), "text"),
    "heading": ("en.html", page("<h2>Dolmaru</h2>"), "text"),
    "title": ("en.html", page("", "<title>dolmaru</title>"), "text"),
    "split over tags": ("en.html", page("<p>It reached Dol<b>maru</b>.</p>"), "text"),
    "split over a line break chance": ("en.html", page("<p>It reached Dol<wbr>maru.</p>"), "text"),
    "split over table cells": ("en.html", page("<table><tr><td>Dol</td><td>maru</td></tr></table>"), "text"),
    "hyphen": ("en.html", page("<p>in Dol-maru</p>"), "text"),
    "soft hyphen": ("en.html", page("<p>in Dol&shy;maru</p>"), "text"),
    "zero-width": ("en.html", page("<p>in Dol\u200bma&zwnj;ru</p>"), "text"),
    "bidirectional mark": ("en.html", page("<p>in D\u202eol\u202cmaru</p>"), "text"),
    "full-width": ("en.html", page("<p>in Ｄｏｌｍａｒｕ</p>"), "text"),
    "marks on letters": ("en.html", page("<p>in Dŏlmarŭ</p>"), "text"),
    "particle": ("ko.html", page("<p>명령은 돌마루에서도 내려졌다.</p>"), "text"),
    "particle and space": ("ko.html", page("<p>명령은 돌 마루에서도 내려졌다.</p>"), "text"),
    "compound": ("ko.html", page("<p>함북돌마루군당</p>"), "text"),
    "decomposed": ("ko.html", page(unicodedata.normalize("NFD", "<p>돌마루에서</p>")), "text"),
    "single jamo": ("ko.html", page("<p>ㄷㅗㄹㅁㅏㄹㅜ</p>"), "text"),
    "Chinese": ("zh.html", page("<p>命令到达石楼市。</p>"), "text"),
    "person": ("ko.html", page("<p>한서리는 말했다.</p>"), "text"),
    "person the other way": ("en.html", page("<p>said Han, So-ri</p>"), "text"),
    "misspelt": ("en.html", page("<p>in Dolamru</p>"), "text"),
    "misspelt over tags": ("en.html", page("<p>in Dol<b>lmaru</b></p>"), "text"),
    "misspelt in Korean": ("ko.html", page("<p>명령은 돌머루에서도 내려졌다.</p>"), "text"),
    "another romanisation": ("en.html", page("<p>in Tolmaroo</p>"), "text"),
    "person, misspelt": ("en.html", page("<p>said Han So-rii</p>"), "text"),
    "person, misspelt in Korean": ("ko.html", page("<p>한소리는 말했다.</p>"), "text"),
    "Cyrillic letters": ("en.html", page("<p>in D\u043elm\u0430ru</p>"), "text"),
    "in Cyrillic": ("ru.html", page("<p>в Долмару</p>"), "text"),
    "misspelt file name": ("dolmarru-levee.png", PLAIN, "file name"),
    "misspelt address": ("en.html", page('<a href="/stories/dolmar-levee">x</a>'), "attribute href"),
    "hidden by style": ("en.html", page('<p style="display:none">Dolmaru</p>'), "text"),
    "named entity": ("en.html", page("<p>Dol&NegativeThinSpace;maru</p>"), "text"),
    "numeric entity": ("ko.html", page(f"<p>{NUMERIC}</p>"), "text"),
    "entity twice over": ("en.html", page(f"<p>{TWICE}</p>"), "text"),
    "escaped markup": ("en.html", page("<p>Dol&lt;b&gt;maru&lt;/b&gt;</p>"), "text"),
    "alternative text": ("en.html", page('<img alt="The levee at Dolmaru" src="l.png">'), "attribute alt"),
    "title attribute": ("en.html", page('<abbr title="Dolmaru">D.</abbr>'), "attribute title"),
    "aria label": ("en.html", page('<nav aria-label="Dolmaru">x</nav>'), "attribute aria-label"),
    "description": ("en.html", page("", '<meta name="description" content="Dolmaru">'), "attribute content"),
    "data attribute": ("en.html", page('<i data-place="Dolmaru">x</i>'), "attribute"),
    "attribute name": ("en.html", page("<i data-dolmaru>x</i>"), "source"),
    "link": ("en.html", page('<a href="/dolmaru">x</a>'), "attribute href"),
    "percent-encoded link": ("ko.html", page(f'<a href="/{quote("돌마루")}">x</a>'), "attribute href"),
    "percent twice over": ("ko.html", page(f'<a href="/{quote(quote("돌마루"))}">x</a>'), "attribute href"),
    "frame": ("en.html", page('<iframe srcdoc="&lt;p&gt;Dol&lt;i&gt;maru&lt;/i&gt;"></iframe>'), "attribute"),
    "comment": ("en.html", page("<!-- check Dolmaru -->"), "comment"),
    "style sheet": ("en.html", page("", '<style>p::after{content:"Dolmaru"}</style>'), "style"),
    "style escapes": ("en.html", page("", r'<style>p::after{content:"\44 ol\6d aru"}</style>'), "style"),
    "style attribute": ("en.html", page(r"""<p style="--x:'Dolm\61ru'">x</p>"""), "style"),
    "script": ("en.html", page('<script>var x = "Dol" + "maru"</script>'), "script"),
    "script escapes": ("en.html", page(r'<script>x = "\u0044ol\x6d\u{61}ru"</script>'), "script"),
    "unclosed script": ("en.html", page("<script>x = 'Dolmaru'"), "source"),
    "JSON-LD": ("en.html", page(r'<script type="application/ld+json">{"n":"\u0044olmaru"}</script>'), "json"),
    "noscript": ("en.html", page("<noscript>Dolmaru</noscript>"), "text"),
    "template": ("en.html", page("<template>Dolmaru</template>"), "text"),
    "data: page": ("en.html", page(image(data_uri("text/html", page("Dol<b>maru</b>")))), "embedded text"),
    "data: percent": ("ko.html", page(image("data:image/svg+xml," + quote(svg("돌마루")))), "embedded text"),
    "data: in data:": ("en.html", page(image(data_uri("image/svg+xml", svg(image(INNER) + "</img>")))),
                       "embedded embedded text"),
    "data: in style": ("en.html", page("", f"<style>p{{background:url({DRAWN})}}</style>"),
                       "embedded text"),
    "data: picture": ("en.html", page(image(data_uri("image/png", picture(pnginfo=NOTES)))), "embedded metadata"),
    "data: of an unknown kind": ("en.html", page(image(data_uri("image/gif", b"GIF89a"))), "unreadable"),
    "data: that does not decode": ("en.html", page(image("data:image/png;base64,@@@@")), "unreadable"),
    "SVG text": ("map.svg", svg("<text>Dolmaru</text>"), "text"),
    "SVG spans": ("map.svg", svg("<text><tspan>Dol</tspan><tspan>maru</tspan></text>"), "text"),
    "SVG letters": ("map.svg", svg("".join(f"<text>{letter}</text>" for letter in "돌마루")), "text"),
    "SVG title": ("map.svg", svg("<title>Dolmaru</title>"), "text"),
    "SVG description": ("map.svg", svg("<desc>Dolmaru</desc>"), "text"),
    "SVG label": ("map.svg", svg('<g aria-label="Dolmaru"/>'), "attribute aria-label"),
    "SVG class": ("map.svg", svg('<g class="Dolmaru"/>'), "attribute"),
    "SVG metadata": ("map.svg", svg("<metadata>drawn by someone</metadata>"), "metadata"),
    "SVG style": ("map.svg", svg(r'<style>a{content:"Dolm\61 ru"}</style>'), "style"),
    "SVG comment": ("map.svg", svg("<!--Dolmaru-->"), "comment"),
    "SVG CDATA": ("map.svg", svg("<text><![CDATA[Dolmaru]]></text>"), "text"),
    "SVG in a page": ("en.html", page("<svg><text><tspan>Dol</tspan><tspan>maru</tspan></text></svg>"), "text"),
    "feed": ("feed.atom", b"<feed><title>Dolmaru</title></feed>", "text"),
    "feed of escaped HTML": ("feed.xml", b"<feed><content>&lt;p&gt;Dol&lt;i&gt;maru</content></feed>", "text"),
    "processing instruction": ("feed.xml", b"<?note Dolmaru?><feed/>", "comment"),
    "XML with its own entities": ("feed.xml", b'<!DOCTYPE f [<!ENTITY d "Dolmaru">]><f>&d;</f>', "unreadable"),
    "JSON value": ("en.json", json.dumps({"summary": "in Dolmaru"}).encode(), "json"),
    "JSON key": ("en.json", json.dumps({"Dolmaru": 1}).encode(), "json"),
    "JSON escapes": ("ko.json", json.dumps({"summary": "돌마루에서"}).encode(), "json"),
    "JSON in JSON": ("ko.json", json.dumps({"x": json.dumps({"y": "돌마루"})}).encode(), "json"),
    "JSON key given twice": ("en.json", b'{"a": "Dolm\\u0061ru", "a": "fine"}', "json"),
    "JSON parts": ("en.json", b'["Dol", "maru"]', "json"),
    "Markdown": ("en.md", b"It reached Dol**maru**.", "text"),
    "Markdown link": ("en.md", b"[here](dolmaru.html)", "text"),
    "Markdown with HTML": ("en.md", b"It reached Dol<span class='x'>maru</span> &amp; others.", "text"),
    "plain": ("en.txt", b"DOLMARU", "text"),
    "table": ("data.csv", b"place,n\nDolmaru,3\n", "text"),
    "style file": ("a.css", rb'p::after{content:"Dolm\0061ru"}', "style"),
    "script file": ("a.js", b"const place = 'Dolmaru'", "script"),
    "file name": ("dolmaru-levee.png", PLAIN, "file name"),
    "file name in Korean, decomposed": (unicodedata.normalize("NFD", "media/돌마루.png"), PLAIN, "file name"),
    "folder, percent-encoded": (f"{quote('돌마루')}/en.txt", b"fine", "file name"),
    "PNG text": ("l.png", picture(pnginfo=NOTES), "metadata"),
    "PNG text, packed": ("l.png", picture(pnginfo=PACKED), "metadata"),
    "PNG Exif": ("l.png", picture(exif=exif()), "metadata"),
    "PNG profile": ("l.png", picture(icc_profile=b"Dolmaru"), "metadata"),
    "PNG private part": ("l.png", PLAIN[:33] + chunk(b"prVt", b"Dolmaru") + PLAIN[33:], "metadata"),
    "after a PNG": ("l.png", PLAIN + b"Dolmaru", "metadata"),
    "JPEG Exif": ("l.jpg", picture("JPEG", exif=exif()), "metadata"),
    "JPEG comment": ("l.jpg", picture("JPEG", comment=b"Dolmaru"), "metadata"),
    "JPEG XMP": ("l.jpeg", picture("JPEG", xmp=b"<x>Dolmaru</x>"), "metadata"),
    "JPEG profile": ("l.jpg", picture("JPEG", icc_profile=b"Dolmaru"), "metadata"),
    "after a JPEG": ("l.jpg", picture("JPEG") + b"Dolmaru", "metadata"),
    "GIF comment": ("l.gif", picture("GIF", comment=b"Dolmaru"), "unreadable"),
    "WebP Exif": ("l.webp", picture("WEBP", exif=exif()), "metadata"),
    "WebP XMP": ("l.webp", picture("WEBP", xmp=b"<x>Dolmaru</x>"), "metadata"),
    "WebP profile": ("l.webp", picture("WEBP", icc_profile=b"Dolmaru"), "metadata"),
    "after a WebP": ("l.webp", picture("WEBP") + b"Dolmaru", "metadata"),
    "half a WebP": ("l.webp", picture("WEBP")[:-20], "unreadable"),
    "WebP with a private part": ("l.webp", with_part(picture("WEBP"), b"prVtDolmaru"), "metadata"),
    "PDF": ("story.pdf", b"%PDF-1.7 Dolmaru", "unreadable"),
    "archive": ("story.zip", b"PK\x03\x04Dolmaru", "unreadable"),
    "no suffix": ("README", b"fine", "unreadable"),
    "page that is a picture": ("en.html", PLAIN, "unreadable"),
    "picture that is a page": ("l.png", page("Dolmaru"), "unreadable"),
    "broken picture": ("l.png", PLAIN[:40] + b"x" + PLAIN[41:], "unreadable"),
    "half a picture": ("l.png", PLAIN[:-20], "unreadable"),
    "not UTF-8": ("en.txt", "돌마루".encode("utf-16"), "unreadable"),
    "broken JSON": ("en.json", b'{"a": "Dolmaru"', "unreadable"),
    "broken XML": ("feed.xml", b"<feed>Dolmaru", "unreadable"),
    "encoded nine times over": ("en.txt", b"%" + b"25" * 9 + b"44olmaru", "unreadable"),
    "home folder": ("en.html", page('<img src="/home/someone/levee.png">'), "path"),
    "home folder in a comment": ("en.html", page("<!-- /Users/someone/x -->"), "path"),
    "temporary folder": ("en.json", b'{"source": "/tmp/x1/levee.png"}', "path"),
    "Windows folder": ("en.json", rb'{"source": "C:\\Users\\someone\\levee.png"}', "path"),
    "file address": ("en.md", b"![levee](file:///levee.png)", "path"),
    "generator": ("en.html", page("", '<meta name="generator" content="Pagemaker 3, someone">'), "metadata"),
    "generator comment": ("map.svg", svg("<!-- Created with Drawer by someone -->"), "generator"),
    "generator in Markdown": ("en.md", b"---\ntitle: A levee\ngenerator: pagemaker (someone)\n---\n", "generator"),
    "generator of a feed": ("feed.xml", b"<feed><generator>someone's machine</generator></feed>", "metadata"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind"), SLIPS.values(), ids=SLIPS)
def test_a_planted_slip_closes_the_gate(name: str, data: bytes, kind: str) -> None:
    verdict = gate({"clean.html": page("<p>Nothing here.</p>"), name: data})
    assert not verdict.open
    assert kind in {slip.kind for slip in verdict.slips}
    assert "clean.html" not in {slip.file for slip in verdict.slips}


@pytest.mark.parametrize(("name", "data", "kind"), SLIPS.values(), ids=SLIPS)
def test_no_slip_repeats_what_it_found(name: str, data: bytes, kind: str) -> None:
    told = gate({name: data}).slips
    report = "".join(f"{slip.kind} {slip.hint} {slip.file if kind == 'file name' else ''}" for slip in told)
    for word in ("dolmaru", "dolmar", "tolmar", "돌마루", "돌머루", "石楼", "서리", "소리", "someone", "/home", "%EB"):
        assert word not in unicodedata.normalize("NFC", report).lower()
