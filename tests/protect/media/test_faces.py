"""Boxes over faces: suggested where a face is drawn, and filled so that nothing of it is left."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFilter

from farbank.model.pictures import Box
from farbank.protect.media.cover import covered
from farbank.protect.media.faces import suggestions

pytest.importorskip("cv2", reason="needs the extra media: pip install 'farbank[media]'")


def face(at: tuple[int, int], size: tuple[int, int] = (640, 480), wide: int = 160) -> Image.Image:
    """A face as a child draws it, shaded, on a plain wall: nobody's."""
    picture = Image.new("RGB", size, (150, 160, 150))
    draw, (left, top), unit = ImageDraw.Draw(picture), at, wide / 100

    def spot(box: tuple[float, float, float, float], fill: tuple[int, int, int]) -> None:
        draw.ellipse([left + box[0] * unit, top + box[1] * unit, left + box[2] * unit, top + box[3] * unit], fill=fill)

    spot((0, 0, 100, 130), (60, 45, 35))
    spot((6, 18, 94, 132), (215, 175, 150))
    for eye in (18, 58):
        spot((eye, 44, eye + 24, 52), (90, 65, 50))
        spot((eye, 52, eye + 24, 64), (110, 80, 65))
        spot((eye + 7, 54, eye + 17, 63), (25, 18, 15))
    spot((44, 60, 56, 86), (235, 195, 170))
    spot((42, 82, 58, 90), (160, 115, 95))
    spot((30, 98, 70, 110), (130, 60, 55))
    return picture.filter(ImageFilter.GaussianBlur(2))


def test_a_drawn_face_is_suggested_where_it_is() -> None:
    faces = [each for each in suggestions(face((240, 100))) if each.what == "face"]
    assert faces
    box = faces[0].box
    assert 200 <= box.left + box.width / 2 <= 440 and 100 <= box.top + box.height / 2 <= 330
    assert box.left + box.width <= 640 and box.top + box.height <= 480


def test_a_bare_wall_has_no_face() -> None:
    assert suggestions(Image.new("RGB", (640, 480), (150, 160, 150))) == ()


def test_large_pictures_are_told_in_their_own_pixels() -> None:
    small, large = face((240, 100)), face((240, 100)).resize((3840, 2880))
    a, b = suggestions(small)[0].box, suggestions(large)[0].box
    assert b.left / 6 == pytest.approx(a.left, abs=40) and b.width / 6 == pytest.approx(a.width, abs=50)


def test_two_faces_under_boxes_are_the_same_picture() -> None:
    one, other = face((240, 100)), face((240, 100)).transpose(Image.Transpose.FLIP_LEFT_RIGHT).rotate(3)
    box = Box(left=0, top=0, width=640, height=480)
    assert covered(one, [box]).tobytes() == covered(other, [box]).tobytes()
    assert covered(one, ()).tobytes() == one.tobytes()


def test_a_box_that_reaches_beyond_the_picture_fills_what_lies_in_it() -> None:
    out = covered(Image.new("RGB", (10, 10), "white"), [Box(left=8, top=8, width=50, height=50)])
    assert sorted(out.getcolors() or []) == [(4, (0, 0, 0)), (96, (255, 255, 255))]
