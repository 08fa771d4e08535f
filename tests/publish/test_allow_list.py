"""What stands next to what is printed: not one word of it in any file of any format."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from msgspec.structs import replace
from printed import edition as invented
from printed import site
from tide import SIZES, STORY, draft_of
from tide import edition as compiled

from farbank.country.pack import Pack
from farbank.model.findings import Sentences
from farbank.model.statemedia import Passage
from farbank.model.story import Draft
from farbank.publish.edition import Edition
from farbank.publish.errors import TwoFormatsOnePath
from farbank.publish.page import Material
from farbank.publish.render import GROUP, around, files
from farbank.publish.renditions import renditions
from farbank.publish.site import card, labels
from farbank.publish.site import site as site_of

CANARY = "canaryzq"
TOO_FINE = ("tq:O1", "tq:V1", "Brask", "Hoam", "10.25", "40.25", "9.85", "40.15")
"""Places finer than an edition may name, and where they lie."""
HANDLES = {"tern": f"{CANARY}-tern", "gull": f"{CANARY}-gull"}
CLAIMS = {"dues": f"{CANARY}-dues", "boats": f"{CANARY}-boats"}


@pytest.fixture
def secret_draft() -> Draft:
    text = STORY.replace("report=r1", f"report={CANARY}-r1").replace("media:quay", f"media:{CANARY}-quay")
    for name, secret in CLAIMS.items():
        text = text.replace(f"@{name}", f"@{secret}")
    for name, secret in HANDLES.items():
        text = text.replace(f"@{name}", f"@{secret}").replace(f"{name}:", f"{secret}:")
    return draft_of(text)


@pytest.fixture
def secret(material: Material) -> Material:
    """The invented story, with a canary in everything beside what it prints."""
    search, said = material.searches["look"], material.statements["said"]
    passage = Passage(
        article=f"{CANARY}-article", outlet="wire", language="en", date=date(2031, 5, 6), title=f"{CANARY} title",
        text="Dues have not changed", url=f"https://{CANARY}.example/", result="contradicted", places=("tq:O1",),
        touches=(CANARY,), mark=CANARY,
    )  # fmt: skip
    picture = replace(
        material.pictures["quay"], id=f"{CANARY}-quay", file=f"{CANARY}.png", photographer=HANDLES["gull"],
        audience=f"{CANARY}-crew",
    )  # fmt: skip
    return dataclasses.replace(
        material,
        claims={
            CLAIMS[id]: replace(
                claim, id=CLAIMS[id], chains=(f"{CANARY}-chain",), audience=f"{CANARY}-those", who=CANARY
            )
            for id, claim in material.claims.items()
        },
        findings={
            CLAIMS[id]: replace(
                found, claim=CLAIMS[id], searches=(f"{CANARY}-look",), unasked_in=("tq:O2",), origins_p=(0.0, 0.123456)
            )
            for id, found in material.findings.items()
        },
        sentences={
            CLAIMS[id]: Sentences(desk={"en": f"{CANARY}: two partners spoke"}, reader=said.reader)
            for id, said in material.sentences.items()
        },
        wordings={
            HANDLES[id]: replace(
                worded, person=HANDLES[id], facts={"place": "tq:O1", "work": CANARY},
                exposure=replace(worded.exposure, person=HANDLES[id], facts={"work": CANARY}, reason=CANARY),
            )
            for id, worded in material.wordings.items()
        },
        letters={HANDLES["tern"]: "A"},
        speakers={f"{CANARY}-r1": HANDLES["tern"]},
        searches={
            f"{CANARY}-look": replace(
                search, id=f"{CANARY}-look", claims=tuple(CLAIMS.values()), result="contradicted",
                reader=f"{CANARY} reader", statements=(f"{CANARY}-said",), passages=(passage,),
            )
        },
        search_sentences={f"{CANARY}-look": material.search_sentences["look"]},
        statements={f"{CANARY}-said": replace(said, id=f"{CANARY}-said", reference=CANARY, sha256=CANARY)},
        pictures={picture.id: picture},
        renditions={picture.id: tuple(renditions(SIZES))},
        dues=tuple(replace(due, of=CLAIMS[due.of]) for due in material.dues),
        status="released",
    )  # fmt: skip


@pytest.fixture
def edition(secret_draft: Draft, secret: Material, tiny: Pack) -> Edition:
    made = compiled(secret_draft, secret, tiny)
    assert made.reviewed and made.areas and made.facts, "every format has something to show"
    return made


def test_no_private_word_is_in_any_file_of_any_format(edition: Edition, tiny: Pack) -> None:
    desk = site_of(
        [card(edition, tiny.phrases)], list, desk=edition.desk, languages=("en",), key=edition.key,
        labels={"en": labels(tiny.phrases["en"])},
    )  # fmt: skip
    made = {**files(edition), **around(desk)}
    assert len(made) > 12
    for path, data in made.items():
        text = data.decode("utf-8")
        assert CANARY not in text.lower(), path
        shown = text.partition("</style>")[2] or text
        assert not [finer for finer in TOO_FINE if finer in shown], path


def test_the_canaries_would_be_found(secret: Material) -> None:
    assert repr(secret).count(CANARY) > 40 and all(place in repr(secret) for place in TOO_FINE[:2])


FOREIGN = """
def files(edition):
    return {"foreign.txt": repr(edition).encode("utf-8")}
"""


GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "formats.md").read_text("utf-8")


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    (folder / f"{name}.py").write_text(code, "utf-8")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {name}\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))


def test_somebody_elses_format_adds_its_file_and_sees_what_the_public_sees(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(edition)
    _install(tmp_path, monkeypatch, "foreign_format_words", FOREIGN)
    after = files(edition)
    assert set(after) - set(before) == {"foreign.txt"} and all(after[path] == before[path] for path in before)
    assert CANARY.encode() not in after["foreign.txt"].lower()


def test_the_format_of_the_guide_is_one_file_and_works(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert f'"{GROUP}"' in GUIDE
    _install(tmp_path, monkeypatch, "our_formats_plain_text", code)
    text = files(edition)["en.txt"].decode("utf-8")
    assert text.startswith(edition.pages["en"].headline) and CANARY not in text


def test_the_guide_names_every_file_there_is(edition: Edition, tiny: Pack) -> None:
    for path in {**files(edition), **around(site(tiny.phrases, stories=1))}:
        shown = re.sub(r"\b(en|qtz)\b", "<language>", path)
        shown = re.sub(r"\d{4}-\d\d", "<month>", shown)
        assert f"`{re.sub(r'2031', '<year>', shown)}`" in GUIDE, path


def test_two_formats_never_make_one_file(edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch, "foreign_format_twice", FOREIGN.replace("foreign.txt", "facts.csv"))
    with pytest.raises(TwoFormatsOnePath):
        files(edition)


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>",
    "</style><style>*{}",
    "-->",
    "<!--",
    "]]>",
    "<![CDATA[",
    "&lt;b&gt;",
    "&#60;",
    '" onload="x',
    "' onload='x",
    "{{ 7*7 }}",
    "{% raw %}",
    "[x](javascript:1)",
    "![x](y)",
    "**b**",
    "=1+1",
    "@SUM(A1)",
    '","x":"',
    "\\u003c",
    "\u202e",
    "\u200b",
    "\u2028",
    "\ufeff",
    "<?xml?>",
    "<!DOCTYPE x>",
    "%3Cscript%3E",
    "\r\n",
)
words = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)),
    min_size=1,
    max_size=5,
).map(lambda parts: "x" + "".join(parts) + "x")
anything = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


def _skeleton(data: bytes) -> list[object]:
    return [element.tag for element in html.fromstring(data).iter()]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _made(text: str, tiny: Pack) -> dict[str, bytes]:
    return {**files(invented(text)), **around(site(tiny.phrases, stories=1, text=text))}


@settings(max_examples=40)
@given(text=words)
def test_every_format_shows_hostile_words_as_words(text: str, tiny: Pack) -> None:
    plain = _made("word", tiny)
    for path, data in _made(text, tiny).items():
        if path.endswith(".html"):
            assert _skeleton(data) == _skeleton(plain[path]), path
            if path.startswith(("en.", "archive")):
                assert _squeezed(text) in _squeezed(html.fromstring(data).text_content())
        elif path.endswith((".json", ".geojson")):
            assert _strings(json.loads(data)) >= {text}, path
            if path.endswith(".ninjs.json"):
                body, before = (json.loads(each)["bodies"][0]["value"].encode() for each in (data, plain[path]))
                assert _skeleton(body) == _skeleton(before)
        elif path.endswith(".csv"):
            rows = list(csv.reader(StringIO(data.decode("utf-8"), newline=""), strict=True))
            assert len(rows) == 5 and rows[1][3] == text
        elif path.endswith(".atom"):
            titles = [each.text or "" for each in etree.fromstring(data).iter("{*}title")]
            assert {_squeezed(title) for title in titles} == {_squeezed(text)}


@settings(max_examples=40)
@given(text=anything)
def test_every_format_can_be_read_whatever_character_is_in_it(text: str, tiny: Pack) -> None:
    plain = _made("word", tiny)
    for path, data in _made(text, tiny).items():
        if path.endswith(".html"):
            assert _skeleton(data) == _skeleton(plain[path]), path
        elif path.endswith((".json", ".geojson")):
            json.loads(data)
        elif path.endswith(".csv"):
            assert len(list(csv.reader(StringIO(data.decode("utf-8"), newline=""), strict=True))) == 5
        elif path.endswith(".atom"):
            etree.fromstring(data)


def _strings(value: object) -> set[str]:
    if isinstance(value, dict):
        return {each for below in value.values() for each in _strings(below)}
    if isinstance(value, list):
        return {each for below in value for each in _strings(below)}
    return {value} if isinstance(value, str) else set()
