"""A picture is shown once somebody looked at this very file and settled all that is surely a face or a plate."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.dates import When
from farbank.model.pictures import Box, LookedOver, Shown, Suggestion
from farbank.model.story import Picture
from farbank.protect.media.cover import hidden
from farbank.protect.media.looked_over import objections, unsettled

FILE, OTHER = "a" * 64, "b" * 64
LOOKED = Picture(
    id="weir",
    file="weir.jpg",
    what={"en": "the weir"},
    place="tq:1",
    when=When("2031-05"),
    vantage={"en": "the bank"},
    credit={"en": "the desk"},
    looked_over=LookedOver(by="picture editor", original=FILE),
)
FACE = Box(left=40, top=40, width=20, height=20)
SURE, UNSURE = (Suggestion(box=FACE, what="face", sure=sure) for sure in (True, False))


def box(left: int, top: int, width: int, height: int) -> Box:
    return Box(left=left, top=top, width=width, height=height)


def with_(**fields: object) -> Picture:
    return msgspec.structs.replace(LOOKED, **fields)


def rules(picture: Picture, *suggested: Suggestion) -> dict[str, bool]:
    return {each.rule: each.blocking for each in objections(picture, FILE, suggested)}


def test_a_picture_somebody_looked_over_may_be_shown() -> None:
    assert rules(LOOKED) == {}


def test_nobody_looked_or_looked_at_another_file() -> None:
    assert rules(with_(looked_over=None)) == {"picture-unlooked": True}
    assert rules(with_(looked_over=LookedOver(by="picture editor", original=OTHER))) == {"picture-changed": True}


def test_a_sure_face_blocks_and_an_unsure_one_is_told() -> None:
    assert rules(LOOKED, SURE) == {"picture-uncovered": True}
    assert rules(LOOKED, UNSURE) == {"picture-unsure": False}


@pytest.mark.parametrize(
    "cover",
    [(FACE,), (box(0, 0, 200, 200),), (box(30, 30, 20, 40), box(50, 30, 20, 40))],
    ids=["the same", "a larger one", "two that meet"],
)
def test_a_face_wholly_covered_is_settled(cover: tuple[Box, ...]) -> None:
    assert rules(with_(cover=cover), SURE, UNSURE) == {}


@pytest.mark.parametrize(
    "cover",
    [(box(41, 40, 19, 20),), (box(40, 40, 20, 19),), (box(30, 30, 20, 40), box(51, 30, 20, 40))],
    ids=["a column short", "a row short", "a gap between two"],
)
def test_a_face_with_one_row_in_sight_is_not(cover: tuple[Box, ...]) -> None:
    assert rules(with_(cover=cover), SURE) == {"picture-uncovered": True}


def test_a_face_is_left_in_sight_for_a_reason_that_names_all_of_it() -> None:
    assert rules(with_(shown=(Shown(box=box(30, 30, 40, 40), reason="a portrait on the wall"),)), SURE) == {}
    halves = tuple(Shown(box=each, reason="half of it") for each in (box(40, 40, 10, 20), box(50, 40, 10, 20)))
    assert rules(with_(shown=halves), SURE) == {"picture-uncovered": True}


def test_the_message_can_be_pasted_into_the_record() -> None:
    (objection,) = objections(LOOKED, FILE, (SURE,))
    assert "cover = [{ left = 40, top = 40, width = 20, height = 20 }]" in objection.message


BOXES = st.builds(box, *[st.integers(0, 12)] * 2, *[st.integers(1, 8)] * 2)


@given(one=BOXES, others=st.lists(BOXES, max_size=4))
def test_hidden_is_what_a_look_at_every_pixel_says(one: Box, others: list[Box]) -> None:
    def pixels(of: Box) -> set[tuple[int, int]]:
        return {(x, y) for x in range(of.left, of.left + of.width) for y in range(of.top, of.top + of.height)}

    assert hidden(one, others) == (pixels(one) <= {pixel for other in others for pixel in pixels(other)})


@given(boxes=st.lists(BOXES, max_size=5), cover=st.lists(BOXES, max_size=3))
def test_what_is_settled_is_covered_and_nothing_is_lost(boxes: list[Box], cover: list[Box]) -> None:
    suggested = [Suggestion(box=each, what="face", sure=True) for each in boxes]
    left = unsettled(with_(cover=tuple(cover)), suggested)
    assert all(each in left or hidden(each.box, cover) for each in suggested)
