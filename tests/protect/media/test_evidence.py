"""A picture as evidence: seen before or not, checked or not, by somebody known or not."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from farbank.model.dates import When
from farbank.model.picture_checks import Fit, PictureCheck
from farbank.model.sightings import Sighting, ToldApart
from farbank.model.story import UNKNOWN, Picture
from farbank.protect.media.photographer import unknown
from farbank.protect.media.place_and_season import checked, unfit
from farbank.protect.media.seen_before import sighted

FILE, OTHER = "a" * 64, "b" * 64
WEIR = Picture(
    id="weir",
    file="weir.jpg",
    what={"en": "the weir"},
    place="tq:1",
    when=When("2031-05"),
    vantage={"en": "the bank"},
    credit={"en": "the desk"},
)
SEEN = Sighting(where="dry-summer/lock", on=date(2031, 5, 20))


def check(result: Fit, **fields: object) -> PictureCheck:
    made = PictureCheck(
        by="picture editor",
        on=date(2031, 5, 9),
        how="shadow",
        result=result,
        original=FILE,
        place="tq:1",
        when=WEIR.when,
    )
    return msgspec.structs.replace(made, **fields)


def seen(*sightings: Sighting, **fields: object) -> dict[str, bool]:
    picture = msgspec.structs.replace(WEIR, seen=sightings, **fields)
    return {each.rule: each.blocking for each in sighted(picture)}


def test_a_picture_seen_before_is_said_to_be_and_where_and_when() -> None:
    (told,) = sighted(msgspec.structs.replace(WEIR, seen=(msgspec.structs.replace(SEEN, mirrored=True),)))
    assert "weir.jpg was seen before in dry-summer/lock on 2031-05-20 mirrored" in told.message
    assert (told.rule, told.blocking) == ("picture-seen", False)


def test_a_picture_of_another_time_or_place_stops_the_story() -> None:
    assert seen(msgspec.structs.replace(SEEN, differs=("time",))) == {"picture-disagrees": True}
    assert seen(msgspec.structs.replace(SEEN, differs=("place",))) == {"picture-disagrees": True}


def test_nothing_is_seen_before_it_was_taken() -> None:
    assert seen(msgspec.structs.replace(SEEN, on=date(2031, 4, 30))) == {"picture-disagrees": True}
    assert seen(msgspec.structs.replace(SEEN, on=date(2031, 5, 1))) == {"picture-seen": False}
    assert seen(msgspec.structs.replace(SEEN, on=date(2031, 4, 30)), when=When("2031-05~")) == {"picture-seen": False}


def test_somebody_who_looked_tells_two_pictures_apart_and_no_third() -> None:
    other = msgspec.structs.replace(SEEN, where="dry-summer/sluice", differs=("place",))
    apart = (ToldApart(where=other.where, by="picture editor", reason="the other bank"),)
    assert seen(other, told_apart=apart) == {}
    assert seen(other, SEEN, told_apart=apart) == {"picture-seen": False}


def test_a_picture_nobody_compared_or_saw_before_has_nothing_against_it() -> None:
    assert seen() == {} and list(sighted(WEIR)) == []


@pytest.mark.parametrize(
    ("results", "all_in_all"),
    [
        ([], "not-checked"),
        (["cannot-tell"], "cannot-tell"),
        (["cannot-tell", "fits"], "fits"),
        (["fits", "does-not-fit", "fits"], "does-not-fit"),
    ],
)
def test_one_check_that_does_not_fit_outweighs_the_rest(results: list[Fit], all_in_all: str) -> None:
    picture = msgspec.structs.replace(WEIR, checks=tuple(map(check, results)))
    assert checked(picture, FILE) == all_in_all
    assert bool(list(unfit(picture, FILE))) == (all_in_all == "does-not-fit")
    assert all(each.blocking for each in unfit(picture, FILE))


@pytest.mark.parametrize("changed", [{"original": OTHER}, {"place": "tq:2"}, {"when": When("2031-06")}])
def test_a_check_of_another_file_place_or_time_is_none(changed: dict[str, object]) -> None:
    picture = msgspec.structs.replace(WEIR, checks=(check("fits", **changed), check("does-not-fit", **changed)))
    assert checked(picture, FILE) == "not-checked" and list(unfit(picture, FILE)) == []


def test_an_unknown_photographer_stops_a_photograph_and_not_a_drawing() -> None:
    taken, drawn = (msgspec.structs.replace(WEIR, photographer=UNKNOWN, stands_in=drawn) for drawn in (False, True))
    assert [each.blocking for each in unknown(taken)] == [True]
    assert [each.blocking for each in unknown(drawn)] == [False]
    assert list(unknown(WEIR)) == list(unknown(msgspec.structs.replace(WEIR, photographer="heron"))) == []


@pytest.mark.parametrize("where", ["", "a b", "a\nb", "\x1b[2J", "x\u202ey", "x\u200by", "x" * 201])
def test_where_it_was_seen_is_one_word_that_no_terminal_obeys(where: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"where": where, "on": "2031-05-20"}, Sighting)
