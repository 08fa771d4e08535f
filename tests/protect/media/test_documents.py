"""A document from inside may be retyped from; a facsimile of the only copy is never shown."""

from __future__ import annotations

import pytest

from farbank.model.documents import Document, Mark
from farbank.protect.media.documents import to_quote, to_show

UNMARKED: tuple[Mark, ...] = ("serial number", "layout", "folds and stains")


def rules(found: object, *, blocking: bool) -> list[str]:
    return [each.rule for each in found if each.blocking is blocking]  # type: ignore[attr-defined]


def test_the_only_copy_is_quoted_with_a_warning_and_never_shown() -> None:
    only = Document(id="lecture", copies=1, holders="cell", report="r1", unmarked=UNMARKED)
    assert rules(to_quote(only), blocking=False) == ["one-copy"] and not rules(to_quote(only), blocking=True)
    assert rules(to_show(only), blocking=True) == ["facsimile"]


def test_two_copies_without_marks_may_be_quoted_and_shown() -> None:
    two = Document(id="lecture", copies=2, holders="cell", report="r1", unmarked=UNMARKED)
    assert to_quote(two) == to_show(two) == ()


@pytest.mark.parametrize("mark", sorted(UNMARKED))
def test_a_copy_that_bears_a_mark_is_not_shown_however_many_there_are(mark: Mark) -> None:
    marked = Document(id="lecture", copies=9, holders="cell", report="r1", marks=(mark,))
    (objection,) = to_show(marked)
    assert objection.blocking and mark in objection.message


def test_marks_that_nobody_looked_for_keep_it_from_being_shown() -> None:
    unseen = Document(id="lecture", copies=3, holders="cell", report="r1", unmarked=("layout",))
    (objection,) = to_show(unseen)
    assert objection.rule == "marks-unknown" and "serial number" in objection.message
    assert "layout" not in objection.message


@pytest.mark.parametrize(("field", "rule"), [("holders", "holders-unknown"), ("report", "came-unknown")])
def test_who_had_it_and_how_it_came_are_asked_for(field: str, rule: str) -> None:
    known = {"holders": "cell", "report": "r1"}
    bare = Document(id="lecture", copies=2, unmarked=UNMARKED, **{key: known[key] for key in known if key != field})
    assert rules(to_quote(bare), blocking=False) == rules(to_show(bare), blocking=False) == [rule]


def test_a_mark_is_found_or_not() -> None:
    with pytest.raises(ValueError, match="got both for layout"):
        Document(id="lecture", marks=("layout",), unmarked=("layout",))
