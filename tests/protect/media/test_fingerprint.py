"""A second use of a picture is known again through other hands, and other pictures are not taken for it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bench._pictures import CHANGES, scene
from farbank.model.sightings import Fingerprint
from farbank.protect.media.fingerprint import ALIKE, alike, distance, fingerprint

SEEDS = range(8)


@cache
def of(seed: int) -> Fingerprint:
    made = fingerprint(scene(seed))
    assert made is not None
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_known_again_and_which_way_round(change: str) -> None:
    way = "mirrored" if change in ("mirror", "all") else "upright"
    for seed in SEEDS:
        changed = fingerprint(CHANGES[change](scene(seed)))
        assert changed is not None
        assert alike(of(seed), changed) == alike(changed, of(seed)) == way


def test_a_window_between_those_hashed_is_known_again() -> None:
    for seed in SEEDS:
        picture = scene(seed)
        cut = fingerprint(picture.crop((0, picture.height * 7 // 100, *picture.size)))
        assert cut is not None and alike(of(seed), cut) == "upright"


def test_other_pictures_are_others() -> None:
    assert [(a, b) for a in SEEDS for b in SEEDS if a < b and alike(of(a), of(b))] == []


def test_brightness_and_contrast_change_nothing_much() -> None:
    darker = fingerprint(scene(1).point(lambda level: level // 2 + 20))
    assert darker is not None and distance(of(1), darker) < ALIKE / 2


@pytest.mark.parametrize("shade", [0, 130, 255])
def test_a_picture_with_nothing_to_see_has_none(shade: int) -> None:
    assert fingerprint(Image.new("RGB", (300, 200), (shade, shade, shade))) is None
    assert fingerprint(Image.effect_noise((1500, 1000), 20).convert("RGB")) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (31, 31)])
def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    made = fingerprint(scene(2, (640, 480)).resize(size))
    assert made is None or alike(made, made) == "upright"


@given(st.lists(st.lists(st.integers(0, 2**256 - 1), min_size=19, max_size=19), min_size=2, max_size=2))
@settings(max_examples=50, deadline=None)
def test_it_is_as_far_one_way_as_the_other(frames: list[list[int]]) -> None:
    one, other = (Fingerprint(tuple(f"{frame:064x}" for frame in each)) for each in frames)
    for mirrored in (False, True):
        assert distance(one, other, mirrored=mirrored) == distance(other, one, mirrored=mirrored)
    assert distance(one, one) == 0
