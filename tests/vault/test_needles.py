"""Many strings looked for at once are the same as each looked for by itself, wherever the data is cut."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.vault import needles
from farbank.vault.needles import KEY, Needles

LETTERS = st.sampled_from(b"aAbB\x00\xe1")
STRINGS = st.lists(st.lists(LETTERS, min_size=1, max_size=2 * KEY).map(bytes), max_size=6, unique=True)
DATA = st.lists(LETTERS, max_size=80).map(bytes)


@given(exact=STRINGS, either=STRINGS, data=DATA, piece=st.integers(1, 40))
def test_what_is_found_is_what_is_in_it(exact: list[bytes], either: list[bytes], data: bytes, piece: int) -> None:
    small = list(dict.fromkeys(form.lower() for form in either))
    wanted = {f"exact {form!r}" for form in exact if form in data}
    wanted |= {f"either {form!r}" for form in small if form in data.lower()}
    many = Needles({form: [f"exact {form!r}"] for form in exact}, {form: [f"either {form!r}"] for form in small})
    with mock.patch.object(needles, "_PIECE", piece):
        assert many.found(data) == wanted


@pytest.mark.parametrize("at", range(needles._PIECE - 2 * KEY, needles._PIECE + 3))
def test_what_lies_across_two_pieces_is_found(at: int) -> None:
    data = bytes(at) + b"A heron by the Weir" + bytes(needles._PIECE)
    assert Needles({b"heron by the Weir": ["heron"]}, {b"by the weir": ["weir"]}).found(data) == {"heron", "weir"}


def test_a_string_may_stand_for_several_words() -> None:
    many = Needles({}, {b"one heron": ["One Heron", "ONE HERON"]})
    assert many.found(b"one heRon") == {"One Heron", "ONE HERON"}


def test_nothing_to_look_for_is_not_found() -> None:
    assert Needles({}, {}).found(bytes(100)) == frozenset()
