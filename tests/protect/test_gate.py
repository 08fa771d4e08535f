"""The byte gate on honest pages, on finer places, and on whatever bytes come."""

from __future__ import annotations

import base64
import io
import os
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from farbank.country.gazetteer import Gazetteer
from farbank.country.mentions import Reading
from farbank.country.spellings import Habits, PlaceType
from farbank.model.places import Place
from farbank.protect.forbidden import listing
from farbank.protect.gate import check
from farbank.protect.media import clean
from farbank.protect.readers.hidden import layers

FORBIDDEN = listing(
    ["Dolmaru", "돌마루", "石楼", "한서리", "Han So Ri", "Onsen", "Sinmar", "서리", "Mina Ro"], b"an invented key!"
)
GAZETTEER = Gazetteer(
    (
        Place(id="qq", level=0, type="country", parent=None, names={"en": "Quillon", "ko": "퀼론"}),
        Place(id="qq:01", level=1, type="province", parent="qq", names={"en": "Upper Sarn", "ko": "상사른"}),
        Place(id="qq:0107", level=2, type="county", parent="qq:01", names={"en": "Velmo", "ko": "웰모군"}),
        Place(id="qq:0108", level=2, type="county", parent="qq:01", names={"en": "Tarrik", "ko": "타릭군"}),
        Place(id="qq:02", level=1, type="province", parent="qq", names={"en": "Lower Sarn"}),
        Place(id="qq:0209", level=2, type="county", parent="qq:02", names={"en": "Tarrik"}),
    ),
    Habits(types={"county": PlaceType(suffixes=(" County", "군"))}),
    Reading(),
)
BROAD = {"qq", "qq:01", "qq:02"}


def slips(files: dict[str, bytes], allowed: set[str] = BROAD) -> list[tuple[str, str]]:
    verdict = check(files, FORBIDDEN, mentions=GAZETTEER.mentions, allowed=allowed)
    assert verdict.open == (not verdict.slips) and verdict.files == len(files)
    return [(slip.file, slip.kind) for slip in verdict.slips]


ENGLISH = """
<p>Cadres in Upper Sarn were told in the last days of June to write down what they had done wrong, partner B told the
desk. “Nobody knows what to put on the two pages,” B said; a party official had learned of it at work. As of 19 July it
could not be confirmed whether officials outside Upper Sarn had received the order.</p>
<p>The levee was built nearly by hand: diggers and fuel are lacking, and the work is not paid. On songs and slogans
there was no lack &mdash; a lesson, one said, in the position of those who sit at the top. Maize ripens by 15&nbsp;August;
potatoes from the south &amp; west are to bridge the weeks (see <a href="https://example.org/media/levee.jpg">picture</a>,
<a href="../how-we-know.html#searches">how the desk knows</a>). State media never mentioned hunger: C: the desk read 3 papers.</p>
"""
KOREAN = """
<p>6월 말 상사른의 간부들에게 자기비판서를 쓰라는 지시가 내려졌다고 취재협력자 B가 전했다. B는 “두 장에 무엇을 적어야 할지 아무도
모른다”고 말했다. 7월 19일 현재 상사른 밖의 간부들도 지시를 받았는지는 확인되지 않았다. ㄱ. 식량은 어디에도 보이지 않는다. ㄴ. 연료도 없다.</p>
<p>제방은 거의 맨손으로 쌓았다. 한여름 더위에 서 있기도 힘들었고, 다 함께 돌을 나르고 마루에 앉아 쉬었다. 옥수수가 익는 8월 15일까지 버텨야 한다.</p>
"""
HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="alternate" type="application/atom+xml" href="feed.atom"><title>Two pages each</title><style>
:root{--ink:#1a2b3c}p{margin:0 auto;max-width:60ch}q::before{content:"\\201C"}@media print{nav{display:none}}</style></head>"""
FEED = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The desk</title>
<id>urn:sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</id><entry><title>Two pages</title>
<content type="html">&lt;p&gt;Cadres in Upper Sarn &amp;amp; elsewhere&lt;/p&gt;</content></entry></feed>"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60" role="img" aria-label="Reported in Upper Sarn">
<title>Where it was reported</title><g class="areas"><path d="M1 2L3 4Z" fill="#ccd"/></g><text x="4">Upper Sarn</text></svg>"""


def picture(width: int = 120, noise: bool = False) -> bytes:
    size = (width, width * 2 // 3)
    pixels = random.Random(7).randbytes(size[0] * size[1] * 3)
    image = Image.frombytes("RGB", size, pixels) if noise else Image.new("RGB", size, "grey")
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(72, 72))
    return clean(out.getvalue()).data


def edition() -> dict[str, bytes]:
    return {
        "en/index.html": (HEAD + f"<body><main>{ENGLISH}{SVG}</main></body></html>").encode(),
        "ko/index.html": (HEAD + f"<body><main>{KOREAN}</main></body></html>").encode(),
        "feed.atom": FEED.encode(),
        "map.svg": SVG.encode(),
        "edition.json": b'{"title": "Two pages each", "places": ["qq:01"], "close": "2023-07-19", "n": [1, 2.5, null, true]}',
        "en/story.md": b"# Two pages each\n\nCadres in Upper Sarn ...\n\n![levee](media/levee.png)\n",
        "data.csv": "when,what\n2023-06,자기비판서\n".encode(),
        "media/levee.png": picture(),
        "site.css": b"body{font:1rem/1.5 system-ui}",
    }


def test_an_honest_edition_passes() -> None:
    assert slips(edition()) == []


def test_an_edition_without_files_does_not_pass() -> None:
    assert slips({}) == [("", "unreadable")]


FINER = {
    "text": "<p>in Velmo</p>",
    "Korean text": "<p>웰모군에서</p>",
    "split": "<p>in Vel<b>mo</b></p>",
    "alternative text": '<img alt="near Velmo" src="l.png">',
    "invisible": "<p>in Vel\u200bmo</p>",
    "address": '<a href="/stories/velmo-levee">x</a>',
}


@pytest.mark.parametrize("body", FINER.values(), ids=FINER)
def test_a_place_finer_than_allowed_is_a_slip(body: str) -> None:
    assert slips({"x.html": f"<body>{body}</body>".encode()}) == [("x.html", "place")]
    assert slips({"x.html": f"<body>{body}</body>".encode()}, BROAD | {"qq:0107"}) == []


def test_a_place_in_a_file_name_is_a_slip() -> None:
    assert [kind for _, kind in slips({"velmo_levee.txt": b"fine"})] == ["place"]


def test_a_name_of_two_places_passes_if_one_of_them_is_allowed() -> None:
    assert slips({"x.txt": b"in Tarrik"}) == [("x.txt", "place")]
    assert slips({"x.txt": b"in Tarrik"}, BROAD | {"qq:0209"}) == []


def test_class_names_and_scripts_are_no_mentions() -> None:
    assert slips({"x.html": b'<p class="Velmo">x</p><script>Velmo()</script>'}) == []


def test_each_slip_is_told_once_for_each_hiding_place() -> None:
    body = '<p>Dolmaru, Dolmaru and Dolmaru</p><img alt="Dolmaru"><img alt="Dolmaru">'
    assert slips({"x.html": body.encode()}) == [("x.html", "text"), ("x.html", "attribute alt")]


def test_a_failing_detector_closes_the_gate() -> None:
    def broken(text: str) -> tuple[()]:
        raise RuntimeError("Dolmaru")

    verdict = check({"x.txt": b"fine"}, FORBIDDEN, mentions=broken, allowed=BROAD)
    assert not verdict.open
    assert not any("Dolmaru" in slip.hint for slip in verdict.slips)


SUFFIXES = ["html", "svg", "xml", "json", "md", "txt", "css", "js", "png", "jpg", "pdf", "", "HTML"]
HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from([b"<", b">", b"&#", b"%", b"\\u", b"data:", b";base64,", b"<![", b"<!--", b"<script>", b"</",
                              b"{", b"[", b'"', b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"\0", "ㄷ".encode(), b"d800", b"a=",
                              b"<svg xmlns='x'>", b"</svg>", b"image/png", b","]), max_size=40).map(b"".join),
)  # fmt: skip


@settings(max_examples=400)
@given(st.text(max_size=20), st.sampled_from(SUFFIXES), HOSTILE)
def test_no_bytes_make_it_raise(stem: str, suffix: str, data: bytes) -> None:
    verdict = check({f"{stem}.{suffix}": data}, FORBIDDEN, mentions=GAZETTEER.mentions, allowed=BROAD)
    assert verdict.open == (not verdict.slips)


def test_deep_nesting_closes_rather_than_crashes() -> None:
    assert slips({"a.json": b"[" * 200_000}) == [("a.json", "unreadable")]
    assert slips({"a.html": b"<b>" * 50_000 + b"Dolmaru"}) == [("a.html", "text")]


@given(st.text(alphabet="&amp;lt%25\\u0041 <b>", max_size=80))
def test_every_layer_is_reached_or_the_text_is_refused(text: str) -> None:
    try:
        assert next(iter(layers(text, "text"))) is not None
        assert len(list(layers(text, "text"))) < 30
    except Exception as error:
        assert type(error).__name__ == "Unreadable"


@pytest.mark.skipif(os.environ.get("FARBANK_SKIP_TIMING") == "1", reason="timing is switched off on this machine")
def test_four_long_pages_with_pictures_take_less_than_a_second_and_a_half() -> None:
    shot = base64.b64encode(picture(190, noise=True)).decode()
    words = (ENGLISH + KOREAN) * 8
    body = f'{words}<img alt="The levee" src="data:image/png;base64,{shot}">{SVG}'
    page = (HEAD + f"<body>{body}</body></html>").encode()
    assert len(page) > 100_000
    began = time.perf_counter()
    assert slips({f"{n}.html": page for n in range(4)}) == []
    assert time.perf_counter() - began < 1.5
