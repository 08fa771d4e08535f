from __future__ import annotations

from datetime import date

import msgspec
import pytest
from tide import quay

from farbank.country.pack import Pack, load
from farbank.model.errors import MissingReference
from farbank.model.sightings import Sighting, ToldApart
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


def test_a_picture_of_elsewhere_is_a_file_picture_however_new(tiny: Pack) -> None:
    assert caption(quay("2031-05-14"), CLOSE, tiny, "en", ("tq:O1",)).startswith("File picture. ")
    assert "File picture" not in caption(quay("2031-05-14"), CLOSE, tiny, "en", ("tq:V1",))


def test_a_picture_seen_before_is_a_file_picture_unless_somebody_told_them_apart() -> None:
    seen = Sighting(where="low-water/pier", on=date(2031, 5, 19))
    again = msgspec.structs.replace(quay("2031-05-14"), seen=(seen,))
    assert is_file_picture(again, CLOSE) and not is_file_picture(again, seen.on)
    apart = (ToldApart(where=seen.where, by="picture editor", reason="another pier"),)
    assert not is_file_picture(msgspec.structs.replace(again, told_apart=apart), CLOSE)


def test_no_place_is_finer_than_the_story_names_it(tiny: Pack) -> None:
    country = tiny.gazetteer.at_level("tq:V1", 0).id
    for text in (caption(quay(), CLOSE, tiny, "en", (country,)), alt(quay(), tiny, "en", (country,))):
        assert "Varrow" not in text and tiny.gazetteer.name(country, "en") in text and "not of" not in text


KP_WORDS = {"en": "a weir", "ko": "보", "ja": "堰", "zh": "水坝"}
KP_SAID = {
    "en": ("File picture.", "North Hamgyong", "July 2021", "Photograph:"),
    "ko": ("자료 사진.", "함경북도", "2021년 7월", "사진:"),
    "ja": ("資料写真。", "咸鏡北道", "2021年7月", "写真："),
    "zh": ("资料图片。", "咸镜北道", "2021年7月", "照片："),
}


@pytest.mark.parametrize("language", KP_SAID)
def test_every_language_has_every_part_and_its_alternative_text(language: str) -> None:
    words = {
        "what": KP_WORDS,
        "vantage": {tag: f"{tag}-bank" for tag in KP_WORDS},
        "credit": {tag: f"{tag}-us" for tag in KP_WORDS},
    }
    weir = msgspec.structs.replace(quay("2021-07-14", "kp:KP02"), **words)
    text, said = caption(weir, date(2023, 7, 19), load("kp"), language), alt(weir, load("kp"), language)
    file, place, month, photograph = KP_SAID[language]
    assert text.startswith(file) and said.startswith(photograph)
    for part in (place, month, KP_WORDS[language]):
        assert part.casefold() in text.casefold() and part.casefold() in said.casefold()
    assert f"{language}-bank".casefold() in text.casefold() and f"{language}-us" in text and "14" not in text + said


@pytest.mark.parametrize("words", [{}, {"en": ""}, {"en": "  "}])
def test_words_that_are_missing_are_asked_for_where_they_are_to_be_written(words: dict[str, str], tiny: Pack) -> None:
    mute = msgspec.structs.replace(quay(), what=words)
    with pytest.raises(MissingReference, match=r"media/quay\.toml: \[what\] is not worded in en.* alternative text"):
        alt(mute, tiny, "en")


def test_a_picture_of_the_storys_own_town_is_not_called_elsewhere(tiny: Pack) -> None:
    assert "not of" not in caption(quay(place="tq:O1"), CLOSE, tiny, "en", ("tq:O",))
