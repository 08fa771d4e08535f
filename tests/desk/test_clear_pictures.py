"""The pictures of a story are published with their boxes filled, and not at all before somebody looked."""

from __future__ import annotations

import hashlib
import io

import msgspec
import pytest
from PIL import Image

from farbank.desk import clear_pictures as desk
from farbank.desk.clear_pictures import Cleared, clear_pictures, picture_lint
from farbank.desk.drafts import drafts_of
from farbank.desk.examples import example
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.pictures import Box, LookedOver, Suggestion
from farbank.protect.media.anew import Look
from farbank.protect.media.errors import MissingExtra, NotMedia
from tests.protect.media import corpus

FACE = Box(left=20, top=20, width=60, height=60)


def case_with(data: bytes, **fields: object) -> Case:
    case = case_folder.read(example("june-order"))
    looked = LookedOver(by="picture editor", original=hashlib.sha256(data).hexdigest())
    picture = msgspec.structs.replace(case.pictures[0], shown=(), looked_over=looked)
    picture = msgspec.structs.replace(picture, **fields)
    return msgspec.structs.replace(case, pictures=(picture,), media={picture.file: data})


def cleared(case: Case) -> tuple[Cleared, ...]:
    return clear_pictures(case, drafts_of(case).values())


@pytest.fixture
def sure_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """A detector that is sure of the circle in the corpus picture, as no cascade is of a circle."""
    found = Suggestion(box=FACE, what="face", sure=True)
    seen = Look(kind="jpeg", original="0" * 64, carries=(), suggested=(found,), passes=False)
    monkeypatch.setattr(desk, "look_at_media", lambda _data, _file: seen)


def test_boxes_of_the_record_are_filled_and_the_original_is_not_touched() -> None:
    original = corpus.made("jpeg")
    case = case_with(original, cover=(FACE,))
    (each,) = cleared(case)
    published = Image.open(io.BytesIO(each.copy.data))
    assert max(published.getpixel((50, 50))) < 8 and corpus.leaks(each.copy.data) == []
    assert case.media["levee.png"] == original and each.copy.original == hashlib.sha256(original).hexdigest()
    assert "GPS position" in each.copy.removed


def test_a_picture_no_story_places_is_not_opened() -> None:
    case = case_with(b"no picture at all")
    assert clear_pictures(case, ()) == ()


def test_a_box_beside_the_picture_is_refused_by_name() -> None:
    with pytest.raises(NotMedia, match=r"levee\.png .*a box to cover lies outside it, for it has 160 by 120 pixels"):
        cleared(case_with(corpus.made("png"), cover=(Box(left=160, top=0, width=9, height=9),)))


@pytest.mark.usefixtures("sure_face")
def test_a_sure_face_blocks_until_it_is_covered() -> None:
    (lint,) = picture_lint(cleared(case_with(corpus.made("jpeg"))))
    assert (lint.file, lint.rule, lint.blocking) == ("media/levee.toml", "picture-uncovered", True)
    assert list(picture_lint(cleared(case_with(corpus.made("jpeg"), cover=(FACE,))))) == []


def test_a_picture_nobody_looked_over_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_data: bytes, _file: str) -> Look:
        raise MissingExtra("suggestions of boxes")

    monkeypatch.setattr(desk, "look_at_media", absent)
    (each,) = cleared(case_with(corpus.made("png"), looked_over=None))
    assert each.suggested is None
    assert [(lint.rule, lint.blocking) for lint in picture_lint([each])] == [("picture-unlooked", True)]
