from __future__ import annotations

from datetime import date

import pytest
from tide import quay

from farbank.country.pack import Pack
from farbank.publish.caption import alt, caption, is_file_picture

CLOSE = date(2031, 5, 20)


def test_a_caption_has_what_place_month_vantage_and_credit_and_nothing_finer(tiny: Pack) -> None:
    text = caption(quay("2031-05-14"), CLOSE, tiny, "en", ("tq:V",))
    assert text == "Boats at a quay. Varrow, May 2031, seen from the mole. Credit: the desk."
    assert "Hoam" not in text and "14" not in text


def test_an_older_picture_says_so_first_and_one_from_elsewhere_says_where_it_is_not(tiny: Pack) -> None:
    text = caption(quay(), CLOSE, tiny, "en", ("tq:O1",))
    assert text.startswith("File picture. ")
    assert "not of Ollen" in text and "Brask" not in text


def test_a_drawing_says_what_it_stands_for(tiny: Pack) -> None:
    text = caption(quay(stands_in=True), CLOSE, tiny, "en")
    assert "Drawing standing in for a photograph taken in August 2029 from the mole: boats at a quay." in text
    assert alt(quay(stands_in=True), tiny, "en") == "Drawing: boats at a quay; Varrow, August 2029."


@pytest.mark.parametrize(
    ("when", "older"),
    [
        ("2031-04-19", False),
        ("2031-04-18", True),
        ("2031-04", False),
        ("2030/..", True),
        ("2031-05/..", False),
        ("2031-06-01", False),
    ],
)
def test_a_file_picture_is_older_than_a_month_or_may_be(when: str, older: bool) -> None:
    assert is_file_picture(quay(when), CLOSE) is older


@pytest.mark.parametrize(
    ("when", "said"),
    [("2029-08~", "about August 2029"), ("2029-08-30/2029-09-02", "August–September 2029"), ("2029", "2029")],
)
def test_the_date_is_no_finer_than_the_month(when: str, said: str, tiny: Pack) -> None:
    assert f", {said}, seen from" in caption(quay(when), CLOSE, tiny, "en")


def test_a_picture_of_the_storys_own_town_is_not_called_elsewhere(tiny: Pack) -> None:
    assert "not of" not in caption(quay(place="tq:O1"), CLOSE, tiny, "en", ("tq:O",))
