"""A page gets pictures it can carry: never larger than they are, the smallest light, and nothing in them but pixels."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from bench._pictures import scene
from farbank.model.pictures import Box
from farbank.model.sized_copies import SMALLEST, WIDTHS, SizedCopy
from farbank.protect.media.errors import NotMedia
from farbank.protect.media.render import render
from farbank.protect.media.sizes import sized
from farbank.protect.readers import read, suffix
from tests.protect.media import corpus


def opened(copy: SizedCopy) -> Image.Image:
    return Image.open(io.BytesIO(copy.data))


def test_a_large_picture_comes_in_three_widths_and_two_formats() -> None:
    copies = sized(scene(1, (2000, 1500)))
    assert [copy.width for copy in copies] == [width for width in WIDTHS for _ in range(2)]
    assert [copy.media_type for copy in copies] == ["image/webp", "image/jpeg"] * 3
    for copy in copies:
        assert (copy.width, copy.height) == opened(copy).size
        assert abs(copy.width * 3 / 4 - copy.height) <= 1


@pytest.mark.parametrize(
    ("size", "widths"),
    [((160, 120), [160]), ((479, 300), [479]), ((960, 700), [480, 960]), ((1200, 900), [480, 960]), ((1, 1), [1])],
)
def test_no_copy_is_larger_than_its_picture_and_no_odd_width_of_a_large_one_is_kept(
    size: tuple[int, int], widths: list[int]
) -> None:
    assert sorted({copy.width for copy in sized(scene(1, (640, 480)).resize(size))}) == widths


@pytest.mark.parametrize("size", [(2000, 1500), (600, 9000), (9000, 40)])
def test_the_smallest_is_light_even_of_noise(size: tuple[int, int]) -> None:
    copies = sized(Image.effect_noise(size, 120).convert("RGB"))
    assert all(len(copy.data) <= SMALLEST for copy in copies[:2])
    assert all(copy.height <= 2 * max(WIDTHS) for copy in copies)


def test_the_gate_finds_nothing_in_any_of_them_and_no_planted_word_is_there() -> None:
    for kind in ("jpeg", "png", "webp", "tiff"):
        for copy in render(corpus.made(kind)).sizes:
            assert list(read(suffix(copy.file), copy.data)) == [] == list(read(copy.media_type, copy.data))
            assert corpus.leaks(copy.data) == []


def test_a_box_is_filled_in_every_size() -> None:
    original = corpus.saved(scene(1, (1500, 1100)), "PNG")
    for copy in render(original, cover=(Box(left=300, top=300, width=300, height=300),)).sizes:
        scale = copy.width / 1500
        assert max(opened(copy).convert("RGB").getpixel((int(450 * scale), int(450 * scale)))) < 16  # type: ignore[arg-type]


def test_a_name_tells_of_the_copy_and_of_nothing_else() -> None:
    original = corpus.made("jpeg")
    first, again = render(original, "dolmaru.jpg"), render(original, "elsewhere.jpg")
    assert first == again
    for copy in first.sizes:
        assert copy.file.partition(".")[0] == hashlib.sha256(copy.data).hexdigest()[:32]
        assert hashlib.sha256(original).hexdigest()[:32] not in copy.file
    assert len({copy.file for copy in first.sizes}) == len(first.sizes)


def test_what_is_no_picture_has_no_sizes() -> None:
    with pytest.raises(NotMedia, match="it is no picture"):
        render(corpus.made("docx"))
