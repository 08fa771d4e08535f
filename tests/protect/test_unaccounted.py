"""What nobody wrote in a draft closes the gate, wherever in a rendered file it stands and in whichever language."""

from __future__ import annotations

import base64
import dataclasses
import json
import tomllib
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.country.phrases import GENERIC
from farbank.model.case import Case, Desk
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import Exposure, Gate, StandingDisclosure, Wording
from farbank.model.people import Facts
from farbank.model.reports import Contact
from farbank.model.sizes import Size
from farbank.model.statemedia import Statement
from farbank.model.story import Accepted, Block, Draft, Sentence
from farbank.protect.accounted import Accounted, Words, accounted, laid
from farbank.protect.detect import read
from farbank.protect.detect.prose import Parts
from farbank.protect.forbidden import listing
from farbank.protect.gate import check
from farbank.protect.unaccounted import unaccounted

FORBIDDEN = listing(["Dolmaru"], b"an invented key!")
CLOSE = date(2023, 7, 19)
TOLD = {
    "en": "@heron did not go to the rally at half past five, “my mother” said.",
    "ko": "@heron은(는) 핑계를 대고 모임에 나가지 않았다.",
    "ja": "@heronは集会に出なかった。",
    "zh": "@heron没有去参加大会。",
}
PRINTED = {
    "en": "A party official in North Hamgyong did not go to the rally at half past five, “my mother” said.",
    "ko": "함경북도의 당 간부는 핑계를 대고 모임에 나가지 않았다.",
    "ja": "咸鏡北道の党幹部は集会に出なかった。",
    "zh": "咸镜北道的党干部没有去参加大会。",
}
LEAKS = {
    "en": ("It came from a 34-year-old sergeant.", "It began at 05:40.", "The paper was copy 14 of 60."),
    "ko": ("34세 군관이 전한 말이다.", "새벽 5시 40분에 시작되었다.", "문건은 60부 중 14번째였다."),
    "ja": ("34歳の将校の話だ。", "午前5時40分に始まった。", "文書番号は1447だった。"),
    "zh": ("一名34岁的军官说。", "凌晨5点40分开始。", "文件编号为1447。"),
}
EACH = [(language, leak) for language, leaks in LEAKS.items() for leak in leaks]
FIELDS: dict[str, object] = {
    **dict.fromkeys(Case.__struct_fields__, ()),
    "name": "case",
    "country": "kp",
    "desk": Desk(name={}, byline={}),
    "close": CLOSE,
    "media": {},
    "stories": {},
    "claims": (
        Claim(
            id="order",
            kind="order",
            text={"en": "cadres were told to write self-criticisms"},
            place="kp:KP02",
            when=When("2023-06-17"),
            chains=(),
            audience=None,
        ),
        Claim(id="call", kind="event", text={}, place="kp:KP02", when=When("2023-07-12"), chains=(), audience=None),
        Claim(id="uncited", kind="event", text={}, place="kp:KP02", when=When("2023-05-02"), chains=(), audience=None),
    ),
    "contacts": (
        Contact(id="call", partner="heron", when=When("2023-07-12"), channel="call"),
        Contact(id="second", partner="heron", when=When("2023-06-29"), channel="call"),
    ),
    "statements": (
        Statement(
            id="said",
            outlet="kcna",
            language="ru",
            published=When("2023-06-29"),
            text={"ru": "Полковник.", "en": "A colonel spoke at 10:15."},
        ),
        Statement(
            id="put",
            outlet="kcna",
            language="en",
            published=When("2023-06-20"),
            restated=True,
            text={"en": "a miner of 46 spoke"},
        ),
    ),
    "disclosures": (
        StandingDisclosure(
            id="who", text={"en": "Our partners are women in North Hamgyong."}, facts={"sex": "sex:female"}
        ),
    ),
}
CASE = Case(**FIELDS)  # type: ignore[arg-type]


def draft(language: str) -> Draft:
    text = TOLD[language]
    return Draft(
        file=f"story.{language}.md",
        language=language,
        headline=Sentence(text="An order", role="headline", line=2),
        summary=Sentence(text="An order", role="summary", line=3),
        close=CLOSE,
        blocks=(
            Block(
                kind="paragraph",
                sentences=(Sentence(text=text, role="body", line=5, claims=("order", "call"), sources=("heron",)),),
            ),
        ),
        accept=(Accepted(words=text, reason="a test"),),
    )


@pytest.fixture(scope="module")
def known(kp: Pack) -> Accounted:
    parts = Parts(kp.tells, kp.gazetteer, kp.phrases, CLOSE)
    facts: Facts = {"organisation": "org:party", "place": "kp:KP02"}
    exposure = Exposure(
        person="heron", facts=facts, size=Size(2000, 3000, 4000), threshold=1000, verdict="safe", narrowest="place",
        reason="", modelled=False, population="",
    )  # fmt: skip
    named = {language: kp.phrases[language].describe(facts, kp) for language in TOLD}
    wordings = (Wording(person="heron", facts=facts, exposure=exposure, named=named),)
    drafts = [draft(language) for language in TOLD]
    return accounted(drafts, CASE, wordings, (), parts, kp.population.axes)


def gate(files: dict[str, bytes], known: Accounted) -> Gate:
    return check(
        files,
        FORBIDDEN,
        mentions=lambda text: (),
        allowed=frozenset(),
        unaccounted=partial(unaccounted, known=known),
    )


def page(body: str, language: str = "en", head: str = "") -> bytes:
    said = "".join(f"<p>{text}</p>" for text in PRINTED.values())
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>An order</title>{head}</head>'
        f'<body>{said}<p>{body}</p><p><time datetime="2023-07-19">As of 19 July 2023</time></p></body></html>'
    ).encode()


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def details(files: dict[str, bytes], known: Accounted) -> list[str]:
    verdict = gate(files, known)
    assert verdict.open == (not verdict.slips)
    assert {slip.kind.removeprefix("embedded ") for slip in verdict.slips} <= {"detail"}, verdict.slips
    return [slip.hint for slip in verdict.slips]


def test_what_was_judged_and_what_was_counted_may_be_printed(known: Accounted) -> None:
    assert details({f"{language}.html": page("", language) for language in TOLD}, known) == []


SPOTS: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "text": lambda leak: ("x.html", page(leak)),
    "title": lambda leak: ("x.html", page("", head=f"<title>{leak}</title>")),
    "alternative text": lambda leak: ("x.html", page(f'<img src="x.png" alt="{leak}">')),
    "description": lambda leak: ("x.html", page("", head=f'<meta name="description" content="{leak}">')),
    "aria label": lambda leak: ("x.html", page(f'<nav aria-label="{leak}"></nav>')),
    "data attribute": lambda leak: ("x.html", page(f'<i data-note="{leak}">x</i>')),
    "comment": lambda leak: ("x.html", page(f"<!-- {leak} -->")),
    "declaration": lambda leak: ("x.html", b"<!doctype html " + leak.encode() + b"><p>x</p>"),
    "style sheet": lambda leak: ("x.html", page("", head=f"<style>p::after{{content:'{leak}'}}</style>")),
    "note in a style sheet": lambda leak: ("x.css", f"p{{margin:0}} /* {leak} */".encode()),
    "style attribute": lambda leak: ("x.html", page(f"<i style=\"content:'{leak}'\">x</i>")),
    "script": lambda leak: ("x.html", page(f'<script>say("{leak}")</script>')),
    "structured data": lambda leak: (
        "x.html",
        page("", head=f'<script type="application/ld+json">{json.dumps({"about": leak})}</script>'),
    ),
    "search index": lambda leak: ("search.json", json.dumps([{"id": 1, "body": leak}]).encode()),
    "key of an index": lambda leak: ("search.json", json.dumps({leak: 1}).encode()),
    "SVG title": lambda leak: ("map.svg", svg(f"<title>{leak}</title>")),
    "SVG label": lambda leak: ("map.svg", svg(f'<text x="4"><tspan>{leak}</tspan></text>')),
    "SVG in a page": lambda leak: ("x.html", page(svg(f"<desc>{leak}</desc>").decode())),
    "drawing in a page": lambda leak: (
        "x.html",
        page(f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(svg(f"<text>{leak}</text>")).decode()}">'),
    ),
    "feed": lambda leak: (
        "feed.atom",
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>{leak}</title></entry></feed>'.encode(),
    ),
    "markup in a feed": lambda leak: (
        "feed.atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">&lt;p&gt;'
        f"{leak}&lt;/p&gt;</content></entry></feed>".encode(),
    ),
    "instruction": lambda leak: ("x.xml", f"<?note {leak}?><x/>".encode()),
    "frame": lambda leak: ("x.html", page(f'<iframe srcdoc="&lt;p&gt;{leak}&lt;/p&gt;"></iframe>')),
    "plain text": lambda leak: ("x.md", f"# An order\n\n{leak}\n".encode()),
    "table": lambda leak: ("x.csv", f"when,what\n2023,{leak}\n".encode()),
    "numeric entities": lambda leak: ("x.html", page("".join(f"&#{ord(letter)};" for letter in leak))),
    "entities twice over": lambda leak: ("x.html", page("".join(f"&amp;#{ord(letter)};" for letter in leak))),
    "percent signs": lambda leak: ("x.html", page(f'<a href="/{quote(leak)}">x</a>')),
    "escapes": lambda leak: ("x.js", json.dumps(leak).encode()),
    "decomposed": lambda leak: ("x.html", page(unicodedata.normalize("NFD", leak))),
    "zero-width": lambda leak: ("x.html", page("\u200b".join(leak))),
    "joiners": lambda leak: ("x.html", page("\u034f".join(leak))),
    "each letter a tag": lambda leak: ("x.html", page("".join(f"<b>{letter}</b>" for letter in leak))),
    "the other language's page": lambda leak: ("x.html", page(leak, "ko" if leak.isascii() else "en")),
    "no language": lambda leak: ("x.html", f"<p>{leak}</p>".encode()),
}  # fmt: skip


@pytest.mark.parametrize(("language", "leak"), EACH)
@pytest.mark.parametrize("spot", SPOTS)
def test_a_detail_that_no_draft_says_closes_the_gate(spot: str, language: str, leak: str, known: Accounted) -> None:
    file, data = SPOTS[spot](leak)
    found = details({"fine.html": page(""), file: data}, known)
    assert found
    assert not any(part in hint for hint in found for part in (leak, "sergeant", "1447", "5:40", "60부"))


BROKEN = {
    "34<b>-year-</b>old": "an age",
    "<b>34</b>-year-old": "an age",
    "34-year-<br>old": "an age",
    "half past\nfive": "a time of day",
    "凌晨5<br>点40分": "a time of day",
    "새벽 5<br>시 40분": "a time of day",
    "half&nbsp;past&shy; five": "a time of day",
    "<span>copy 15</span><span>of 60</span>": "a serial number",
    "<table><tr><td>copy 15</td><td>of 60</td></tr></table>": "a serial number",
    "３４-year-old": "an age",
}


@pytest.mark.parametrize(("body", "sort"), BROKEN.items(), ids=BROKEN)
def test_what_tags_and_line_ends_break_is_read_as_the_eye_reads_it(body: str, sort: str, known: Accounted) -> None:
    assert [hint for hint in details({"x.html": page(f"one {body} one")}, known) if f"gives away {sort} " in hint]


EVASIONS = {
    "letters that look Latin": ("x.html", page("a 34-y\u0435ar-old m\u0430n")),
    "accents": ("x.html", page("a 34-yéar-old")),
    "another dash": ("x.html", page("a 34–year–old")),
    "another width": ("x.html", page("a ３４‐ｙｅａｒ‐ｏｌｄ")),
    "letters set apart": ("x.html", page("the s e r g e a n t told")),
    "a day in figures": ("x.html", page('<time datetime="2023-07-12">then</time>')),
    "a day in figures, year last": ("x.html", page("12.07.2023")),
    "a day in an index": ("x.json", b'{"called": "2023-07-12"}'),
    "an age in an index": ("x.json", b'{"age": 46}'),
    "drawn piece by piece": ("x.css", b'p::after{content:"34" "-year-old"}'),
    "escaped in a style sheet": ("x.css", b'p::after{content:"\\33 4-year-old"}'),
    "words run together": ("x.html", page('<i class="theSergeant">x</i>')),
    "a note that does not end": ("x.css", b"p{margin:0} /* half past five"),
}


@pytest.mark.parametrize(("file", "data"), EVASIONS.values(), ids=EVASIONS)
def test_ways_around_the_reader_are_read(file: str, data: bytes, known: Accounted) -> None:
    assert details({file: data}, known)


@pytest.mark.parametrize("left_open", ["<style>/* half past five", "<script>// half past five"])
def test_what_a_parser_would_drop_closes_the_gate(left_open: str, known: Accounted) -> None:
    assert [slip.kind for slip in gate({"x.html": page(left_open)}, known).slips] == ["unreadable"]


UNSEEN = {
    "an attribute's name": page("<i data-half-past-five>x</i>"),
    "put together by a script": page('<script>say("half past" + " five")</script>'),
    "turned about": page("\u202eevif tsap flah\u202c"),
    "another encoding": page("aGFsZiBwYXN0IGZpdmU="),
    "words nobody listed": page("mends shoes by the bridge"),
    "a name nobody listed": page("Ri Chol Min"),
}


@pytest.mark.parametrize("data", UNSEEN.values(), ids=UNSEEN)
def test_these_are_known_not_to_be_seen(data: bytes, known: Accounted) -> None:
    """The limits that the method note lists; one that is seen one day comes out of both."""
    assert details({"x.html": data}, known) == []


SECTIONS = ("page", "caption", "finding", "search", "grammar", "person", "place", "chart")


@pytest.mark.parametrize("language", TOLD)
def test_no_wording_of_a_page_gives_anything_away_by_itself(language: str, known: Accounted) -> None:
    for section in SECTIONS:
        told = tomllib.loads((GENERIC / language / f"{section}.toml").read_text("utf-8"))
        said = [each for each in told.values() if isinstance(each, str)]
        assert said and [detail for each in said for detail in unaccounted("text", each, known)] == [], section


def test_every_description_says_its_facts_and_no_more(kp: Pack, known: Accounted) -> None:
    axes = [axis for axis in kp.population.axes if axis.id != "place"]
    nodes = [(axis.id, node) for axis in axes for node in axis.nodes if node != axis.root]
    for on, node in nodes:
        for language in TOLD:
            facts = {on: node, "place": "kp:KP02"}
            text = kp.phrases[language].describe(facts, kp)
            alone = dataclasses.replace(known, words=(Words(laid(text), facts),))
            assert [*unaccounted("text", f"{text} (A).", alone)] == [], (language, node)


@pytest.mark.parametrize("name", ["34-year-old-sergeant.html", "copy_15_of_60.txt", "en/34세-군관.html"])
def test_a_file_name_and_an_address_are_read(name: str, known: Accounted) -> None:
    assert details({name: b"fine"}, known)
    assert details({"x.html": page(f'<a href="{name}">x</a>')}, known)


def test_words_that_were_judged_are_judged_where_they_were_written(known: Accounted) -> None:
    assert details({"x.html": page("It was half past five.")}, known)
    assert details({"x.html": page("My mother is there.")}, known)


def test_a_description_says_what_was_counted_and_no_more(known: Accounted) -> None:
    assert details({"x.html": page("The party official in North Hamgyong told the desk.")}, known) == []
    assert details({"x.html": page("A told of a party official.")}, known), "described as nobody was"
    assert details({"x.html": page("The party official in North Hamgyong, a man of 46, told the desk.")}, known)


def test_a_standing_disclosure_says_what_is_counted_of_every_partner(known: Accounted) -> None:
    assert details({"x.html": page("Our partners are women in North Hamgyong.")}, known) == []


def test_state_media_is_quoted_in_its_own_words_alone(known: Accounted) -> None:
    assert details({"x.html": page("“A colonel spoke at 10:15.”")}, known) == []
    assert details({"x.html": page("It was 10:15.")}, known)
    assert details({"x.html": page("A miner of 46 spoke.")}, known), "a restatement is the desk's"


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Date: 17 June 2023.", True),
        ("KCNA, 29 June 2023.", True),
        ("Partner A called the desk on 29 June 2023.", False),
        ("Date: 12 July 2023.", False),
        ("Date: 2 May 2023.", False),
        ("Date: 3–4 May 2023.", False),
        ("Date: June 2023.", True),
    ],
)
def test_only_days_that_are_out_may_be_named(text: str, out: bool, known: Accounted) -> None:
    assert (details({"x.html": page(text)}, known) == []) == out


def test_a_language_without_tells_closes_the_gate(known: Accounted) -> None:
    for marked in ('<p lang="fr">Un ordre</p>', '<a hreflang="fr" href="x">x</a>', '<p xml:lang="fr">Un ordre</p>'):
        (slip,) = gate({"x.html": page(marked)}, known).slips
        assert slip.kind == "unreadable" and "no tells" in slip.hint
    assert gate({"x.html": page('<p lang="ru">Полковник.</p>')}, known).open, "state media is quoted in it"


def test_a_detector_that_fails_closes_the_gate(known: Accounted, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> list[object]:
        raise MemoryError("34-year-old")

    monkeypatch.setitem(read.DETECTORS, "clock", broken)
    slips = gate({"x.txt": b"A line that nobody has read."}, known).slips
    assert {slip.kind for slip in slips} == {"unreadable"}
    assert all("clock failed (MemoryError)" in slip.hint and "34" not in slip.hint for slip in slips)


@given(st.sampled_from(EACH), st.text(max_size=30), st.text(max_size=30))
def test_no_words_around_it_account_for_a_detail(
    known: Accounted, leak: tuple[str, str], before: str, after: str
) -> None:
    text = f"{before}\n{leak[1]}\n{after}"
    assert [*unaccounted("text", text, known)]


@given(st.text(max_size=200), st.sampled_from(["text", "style", "file name", "comment", "json"]))
def test_any_text_can_be_read(known: Accounted, text: str, kind: str) -> None:
    for detail in unaccounted(kind, text, known):
        assert 0 <= detail.start <= len(text)
