"""A document quoted is asked about, one shown must bear it, and the story says whose words it prints."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from farbank.desk.cite_documents import document_lint
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.drafts import drafts_of
from farbank.desk.examples import example
from farbank.desk.file_case import file_case
from farbank.desk.pin_versions import pinned_stories
from farbank.desk.quoted import quotations
from farbank.intake import case_folder, references
from farbank.model.case import Case
from farbank.model.documents import Document, Mark
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.people import Audience
from farbank.model.sizes import Size
from farbank.model.story import Lint

UNMARKED: tuple[Mark, ...] = ("serial number", "layout", "folds and stains")
DIRECTIVE = Document(id="directive", copies=2, holders="told", unmarked=UNMARKED, report="order")
QUOTED = "\n\n> {} [@length; document=directive]\n"


@pytest.fixture
def june() -> Case:
    return case_folder.read(example("june-order"))


def quoting(case: Case, document: Document = DIRECTIVE, **fields: object) -> Case:
    """The example with an invented directive that each language version quotes."""
    words = {
        "en": "Each is to fill two pages.",
        "ko": "매 사람이 두 장을 쓸것.",
        "ja": "各自が2枚を埋めること。",
        "zh": "每人须填满两页。",
    }
    stories = {tag: story + QUOTED.format(words[tag]) for tag, story in case.stories.items()}
    made = msgspec.structs.replace(case, stories=stories, documents=(document,), **fields)
    return msgspec.structs.replace(made, stories={**stories, **pinned_stories(made)})


def showing(case: Case, document: Document) -> Case:
    pictures = tuple(msgspec.structs.replace(each, facsimile="directive") for each in case.pictures)
    return msgspec.structs.replace(case, pictures=pictures, documents=(document,))


def lint(case: Case) -> list[Lint]:
    return [*document_lint(drafts_of(case).values(), case)]


def compiled(case: Case) -> Compilation:
    return compile_story(file_case(case), on=date(2024, 1, 2))


def test_a_quotation_is_printed_as_of_a_document_in_every_language(june: Case) -> None:
    story = compiled(quoting(june))
    assert b"From a document the desk has seen" in story.files["en.html"]
    assert "편집부가 본 문서에서".encode() in story.files["ko.html"]
    assert story.open and story.lint_open


def test_one_copy_is_warned_of_at_the_line_and_its_facsimile_blocks_at_the_record(june: Case) -> None:
    only = msgspec.structs.replace(DIRECTIVE, copies=1)
    quoted = lint(quoting(june, only))
    assert {(each.file, each.rule, each.blocking) for each in quoted} == {
        ("story.en.md", "one-copy", False),
        ("story.ko.md", "one-copy", False),
        ("story.ja.md", "one-copy", False),
        ("story.zh.md", "one-copy", False),
    }
    (shown,) = lint(showing(june, only))
    assert (shown.file, shown.rule, shown.blocking) == ("media/levee.toml", "facsimile", True)
    assert not compiled(showing(june, only)).lint_open
    assert lint(showing(june, DIRECTIVE)) == []


def test_few_holders_close_the_gate_for_who_brought_it(june: Case) -> None:
    few = Audience(id="few", name={"en": "Few", "ko": "몇"}, group={"place": "kp:KP02"}, size=Size(20, 60, 150))
    story = compiled(quoting(june, msgspec.structs.replace(DIRECTIVE, holders="few"), audiences=(*june.audiences, few)))
    assert not story.exposure_open
    assert {each.person for each in story.wordings if not each.exposure.safe} == {"heron", "alder"}


def test_the_words_of_a_document_are_no_trace_of_how_its_bringer_writes(june: Case) -> None:
    case = quoting(june)
    for draft in drafts_of(case).values():
        assert "Each is to fill two pages." not in [text for _, _, text in quotations(draft, case)]
        assert len([*quotations(draft, case)]) == len([*quotations(drafts_of(june)[draft.language], june)])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"documents": (DIRECTIVE, DIRECTIVE)}, "documents.toml: documents: 'directive' is there twice"),
        ({"documents": (msgspec.structs.replace(DIRECTIVE, holders="cell"),)}, "there is no audience 'cell'"),
        ({"documents": (msgspec.structs.replace(DIRECTIVE, report="no"),)}, "there is no report 'no'"),
    ],
)
def test_what_a_document_cites_is_there(june: Case, changes: dict[str, object], told: str) -> None:
    with pytest.raises((DecodeError, MissingReference), match=told):
        references.check(msgspec.structs.replace(june, **changes))


def test_a_quotation_or_facsimile_of_nothing_is_refused(june: Case) -> None:
    with pytest.raises(MissingReference, match=r"story\.en\.md:\d+: cites document 'directive'"):
        drafts_of(msgspec.structs.replace(quoting(june), documents=()))
    with pytest.raises(MissingReference, match="there is no document 'directive'"):
        references.check(msgspec.structs.replace(showing(june, DIRECTIVE), documents=()))
