from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tide import STORY, draft_of, story

from farbank.model.errors import DecodeError


def test_a_story_keeps_its_citations_sources_and_lines() -> None:
    draft = draft_of(STORY)
    assert draft.headline.text == "Harbour dues doubled on Ollen"
    assert draft.headline.claims == ("dues",)
    assert [block.kind for block in draft.blocks] == ["paragraph", "quote", "heading", "paragraph", "picture"]
    first, second = draft.blocks[0].sentences
    assert (first.text, first.sources, first.line) == (
        "@tern told the desk that harbour dues had doubled.",
        ("tern",),
        8,
    )
    assert (second.text, second.claims) == ("The Council met on 3 May 2031.", ("dues", "boats"))
    assert draft.blocks[1].report == "r1"
    assert draft.blocks[4].picture == "quay"
    assert draft.whatif == {"tern": ({"place": "tq:O1"},)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One. [@a] Two [@b].", [("One.", ("a",)), ("Two.", ("b",))]),
        ("One. Two. [@a]", [("One.", ()), ("Two.", ("a",))]),
        ("One [@a] goes on [@b; @c]. Two.", [("One goes on.", ("a", "b", "c")), ("Two.", ())]),
        ("One. [@a] [@b] Two.", [("One.", ("a", "b")), ("Two.", ())]),
        ("A broken\nline. [@a]", [("A broken line.", ("a",))]),
        ("He said [sic] so. [@a]", [("He said [sic] so.", ("a",))]),
    ],
)
def test_a_citation_belongs_to_the_sentence_it_follows_or_stands_in(
    body: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = draft_of(story(body)).blocks[0].sentences
    assert [(sentence.text, sentence.claims) for sentence in found] == expected


def test_a_sentence_on_the_second_line_of_a_paragraph_has_the_second_line() -> None:
    first, second = draft_of(story("One. [@a]\nTwo. [@b]")).blocks[0].sentences
    assert (first.line, second.line) == (6, 7)


@pytest.mark.parametrize(
    ("body", "line", "word"),
    [
        ("One. [@a", 6, "closed"),
        ("\nOne. [@A]", 7, "expected"),
        ("One. [@a, @b]", 6, "expected"),
        ("One. [@a; colour=red]", 6, "expected"),
        ("One. [@a; report=r1]", 6, "quotation"),
        ("One. [report=r1]", 6, "at least one claim"),
        ("> Quoted. [@a]", 6, "report"),
        ("> Quoted. [@a; report=r1; report=r2]", 6, "expected"),
        ("> Quoted. [@a; document=d1; document=d2]", 6, "expected"),
        ("> Quoted. [@a; document=d1] More. [@a; document=d2]", 6, "one report, or one document"),
        ("One. [@a; document=d1]", 6, "only a quotation names a report or a document"),
        ("## Head [@a; document=d1]", 6, "only a quotation names a report or a document"),
        ("> Quoted. [@a]", 6, "names its report or document"),
        ("One @Tern said. [@a]", 6, "lower case"),
        ("One ＠tern said. [@a]", 6, "lower case"),
        ("One.\ntwo @tern_x. [@a]", 7, "lower case"),
        ("[@a] One.", 6, "follows"),
        ("[@a]", 6, "follows"),
        ("One. [@a]\n\n<script>alert(1)</script>", 8, "HTML"),
        ("One <b>two</b>. [@a]", 6, "HTML"),
        ("One <!-- hidden -->. [@a]", 6, "HTML"),
        ("One [two](http://example.org). [@a]", 6, "links to nothing"),
        ("One <http://example.org>. [@a]", 6, "links to nothing"),
        ("* One. [@a]", 6, "paragraphs"),
        ("# One [@a]", 6, "##"),
        ("One *two*. [@a]", 6, "plain"),
        ("```\ncode\n```", 6, "plain"),
        ("![typed](media:quay)", 6, "compiled"),
        ("![](quay.png)", 6, "compiled"),
        ("![](http://example.org/x.png)", 6, "compiled"),
        ("One ![](media:quay). [@a]", 6, "of its own"),
        ("> ![](media:quay)", 6, "of its own"),
    ],
)
def test_what_cannot_be_printed_as_written_is_refused_with_its_line(body: str, line: int, word: str) -> None:
    with pytest.raises(DecodeError) as refused:
        draft_of(story(body))
    assert refused.value.where == f"line {line}"
    assert word in refused.value.problem


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("no front matter", 1),
        ("---\nheadline: x\n", 1),
        ("---\nheadline: a [@a]\nclose: 2031-05-20\n---\n", 1),
        ("---\nheadline: a\nsummary: b\nclose: 2031-13-40\n---\n", 4),
        ("---\nheadline: a\nsummary: b\nclose: soon\n---\n", 4),
        ("---\nheadline: a\nsummary: b\nclose: 2031-05-20\ncolour: red\n---\n", 5),
        ("---\nheadline: a\nheadline: c\nsummary: b\nclose: 2031-05-20\n---\n", 3),
        ("---\nheadline: a\nsummary: b\nclose: 2031-05-20\nshow: {tern: place}\n---\n", 5),
        ("---\nheadline: [a\nsummary: b\n---\n", 3),
        ("---\nheadline: ''\nsummary: b\nclose: 2031-05-20\n---\n", 2),
        ("---\n- a\n---\n", 1),
        ("---\nheadline: !!python/object:os.system x\nsummary: b\nclose: 2031-05-20\n---\n", 4),
    ],
)
def test_front_matter_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DecodeError) as refused:
        draft_of(text)
    assert refused.value.where == f"line {line}"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert draft_of("\ufeff" + STORY.replace("\n", "\r\n")) == draft_of(STORY)


@given(st.text(alphabet="ab @[];=.\n>#!()*<-", max_size=60))
def test_any_text_is_a_draft_or_a_decode_error_and_no_mark_of_a_citation_is_ever_left(body: str) -> None:
    try:
        draft = draft_of(story(body))
    except DecodeError:
        return
    for sentence in draft.sentences:
        assert "[@" not in sentence.text.replace(" ", "")
        assert sentence.text == sentence.text.strip()
