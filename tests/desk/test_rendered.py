"""What the pages say beside the draft is read too: examples go out, and a slip in anything printed closes the gate."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import newsroom
import pytest

from farbank.desk.check_case import check_filed, file_folder
from farbank.desk.examples import example
from farbank.desk.file_case import Filed, file_case
from farbank.model.case import Case
from farbank.model.exposure import StandingDisclosure
from farbank.model.text import Text
from farbank.publish.render import html

LEAK = "A 34-year-old sergeant told of it at 05:40"
SAID = {
    "en": LEAK,
    "ko": "34세 군관이 새벽 5시 40분에 전한 말이다",
    "ja": "34歳の軍官が午前5時40分に伝えた話だ",
    "zh": "34岁的军官在清晨5时40分说的",
}


@pytest.fixture(scope="module")
def june() -> Filed:
    return file_case(newsroom.june(("en", "ko")))


def slips(filed: Filed) -> list[tuple[str, str]]:
    report = check_filed(filed)
    assert report.open == (report.gates.bytes.open and report.gates.lint)
    assert not any(
        part in slip.hint for slip in report.gates.bytes.slips for part in ("34-", "34세", "sergeant", "5:40")
    )
    return [(slip.file, slip.kind) for slip in report.gates.bytes.slips]


@pytest.mark.parametrize("name", ["june-order", "flood-2024"])
def test_the_examples_go_out(name: str) -> None:
    assert slips(file_folder(example(name))) == []


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of everything pages are rendered with, which they are rendered with until the test is over."""
    copied = tmp_path / "render"
    shutil.copytree(Path(html.__file__).parent, copied)
    monkeypatch.setattr(html, "_HERE", copied)
    caches = (html.environment, html._style)
    for cached in caches:
        cached.cache_clear()
    yield copied
    for cached in caches:
        cached.cache_clear()


def planted(templates: Path, name: str, after: str, leak: str) -> None:
    file = templates / name
    text = file.read_text("utf-8")
    assert after in text
    file.write_text(text.replace(after, after + leak, 1), "utf-8")


PLANTS = [
    ("templates/page.html.j2", '<main id="story">', f"<p>{LEAK}.</p>"),
    ("templates/page.html.j2", '<main id="story">', "<p>34세 군관이 전한 말이다.</p>"),
    ("templates/page.html.j2", '<main id="story">', "<p>早上5点40分。</p>"),
    ("templates/layout.html.j2", "<head>", f'<meta name="description" content="{LEAK}">'),
    ("templates/layout.html.j2", "<head>", f'<script type="application/ld+json">{{"about": "{LEAK}"}}</script>'),
    ("templates/layout.html.j2", "<head>", f"<!-- {LEAK} -->"),
    ("templates/page.html.j2", "{{ svg }}", f'<svg role="img"><title>{LEAK}</title></svg>'),
    ("templates/page.html.j2", "{{ placed.alt }}", f"; {LEAK}"),
    ("edition.css", "", f'main::after{{content:"{LEAK}"}}'),
]


@pytest.mark.parametrize(("name", "after", "leak"), PLANTS)
def test_a_slip_in_a_template_closes_the_gate(name: str, after: str, leak: str, june: Filed, templates: Path) -> None:
    planted(templates, name, after, leak)
    found = slips(june)
    assert found and {kind for _, kind in found} == {"detail"}


def test_an_honest_template_does_not(june: Filed, templates: Path) -> None:
    more = "<p>{{ page.headline }} <i>{{ page.as_of }}</i></p>"
    planted(templates, "templates/page.html.j2", '<main id="story">', more)
    assert slips(june) == []


def everywhere(text: Text) -> Text:
    return {language: f"{said}. {SAID[language]}" for language, said in text.items() if language in SAID}


def _credit(case: Case) -> Case:
    pictures = tuple(msgspec.structs.replace(each, credit=everywhere(each.credit)) for each in case.pictures)
    return msgspec.structs.replace(case, pictures=pictures)


def _note(case: Case) -> Case:
    searches = tuple(msgspec.structs.replace(each, note=SAID) for each in case.searches)
    return msgspec.structs.replace(case, searches=searches)


def _channel(case: Case) -> Case:
    added = StandingDisclosure(id="channel", text=SAID)
    return msgspec.structs.replace(case, disclosures=(*case.disclosures, added))


def _byline(case: Case) -> Case:
    return msgspec.structs.replace(case, desk=msgspec.structs.replace(case.desk, byline=everywhere(case.desk.byline)))


def _restated(case: Case) -> Case:
    statements = tuple(msgspec.structs.replace(each, text=SAID, restated=True) for each in case.statements)
    return msgspec.structs.replace(case, statements=statements)


def _event(case: Case) -> Case:
    record = tuple(msgspec.structs.replace(each, name=everywhere(each.name)) for each in case.record)
    return msgspec.structs.replace(case, record=record)


@pytest.mark.parametrize("plant", [_credit, _note, _channel, _byline, _restated, _event])
def test_a_slip_in_what_the_desk_types_beside_the_story_closes_the_gate(
    plant: Callable[[Case], Case], june: Filed
) -> None:
    found = slips(dataclasses.replace(june, case=plant(june.case)))
    assert {("en.html", "detail"), ("ko.html", "detail")} <= set(found)


def test_a_slip_in_a_wording_closes_the_gate(june: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(june.pack.phrases["ko"]._templates, "page.come-back", SAID["ko"])
    assert ("ko.html", "detail") in slips(june)


def test_a_slip_in_the_story_is_told_once_by_the_reading_of_the_prose(june: Filed) -> None:
    story = june.case.stories["en"].rstrip() + "\n\n@heron, a forty-something, has heard nothing since. [@nowhere]\n"
    filed = dataclasses.replace(
        june, case=msgspec.structs.replace(june.case, stories={**june.case.stories, "en": story})
    )
    report = check_filed(filed)
    assert not report.gates.prose and report.gates.bytes.open
