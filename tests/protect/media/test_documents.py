"""A document from inside may be retyped from; a facsimile of the only copy is never shown."""

from __future__ import annotations

import pytest

from farbank.protect.media.documents import Document, Mark, to_quote, to_show

UNMARKED: frozenset[Mark] = frozenset({"serial number", "layout", "folds and stains"})


def rules(found: object, *, blocking: bool) -> list[str]:
    return [each.rule for each in found if each.blocking is blocking]  # type: ignore[attr-defined]


def test_the_only_copy_is_quoted_with_a_warning_and_never_shown() -> None:
    only = Document(id="lecture", copies=1, holders=(40, 90), unmarked=UNMARKED)
    assert rules(to_quote(only), blocking=False) == ["one-copy"] and not rules(to_quote(only), blocking=True)
    assert rules(to_show(only), blocking=True) == ["facsimile"]


def test_two_copies_without_marks_may_be_quoted_and_shown() -> None:
    two = Document(id="lecture", copies=2, holders=(40, 90), unmarked=UNMARKED)
    assert to_quote(two) == to_show(two) == ()


@pytest.mark.parametrize("mark", sorted(UNMARKED))
def test_a_copy_that_bears_a_mark_is_not_shown_however_many_there_are(mark: Mark) -> None:
    marked = Document(id="lecture", copies=9, holders=(40, 90), marks=frozenset({mark}))
    (objection,) = to_show(marked)
    assert objection.blocking and mark in objection.message


def test_marks_that_nobody_looked_for_keep_it_from_being_shown() -> None:
    unseen = Document(id="lecture", copies=3, holders=(40, 90), unmarked=frozenset({"layout"}))
    (objection,) = to_show(unseen)
    assert objection.rule == "marks-unknown" and "serial number" in objection.message
    assert "layout" not in objection.message


def test_a_passage_read_in_one_of_three_copies_is_warned_of() -> None:
    three = Document(id="lecture", copies=3, holders=(40, 90))
    assert [each.rule for each in to_quote(three, copies=1)] == ["one-copy"] and to_quote(three) == ()


def test_how_many_had_it_is_asked_for() -> None:
    assert [each.rule for each in to_quote(Document(id="lecture", copies=2))] == ["holders-unknown"]
