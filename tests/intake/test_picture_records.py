"""The record of a picture is written and read back whole, and says nothing that nobody may say."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from farbank.desk.examples import example
from farbank.desk.file_case import file_case
from farbank.intake import case_folder, references
from farbank.model.case import Case
from farbank.model.documents import Document
from farbank.model.errors import DecodeError, FarbankError, MissingReference
from farbank.model.picture_checks import PictureCheck
from farbank.model.sightings import Sighting, ToldApart
from farbank.model.story import UNKNOWN


@pytest.fixture(scope="module")
def june() -> Case:
    return case_folder.read(example("june-order"))


def with_(case: Case, **fields: object) -> Case:
    return msgspec.structs.replace(case, pictures=(msgspec.structs.replace(case.pictures[0], **fields),))


def check(case: Case, by: str = "picture editor", place: str = "kp:KP06") -> PictureCheck:
    return PictureCheck(
        by=by,
        on=date(2023, 7, 2),
        how="landmark",
        result="fits",
        original="a" * 64,
        place=place,
        when=case.pictures[0].when,
    )


def test_checks_sightings_and_what_was_told_apart_come_back_as_they_were(june: Case, tmp_path: Path) -> None:
    case = with_(
        june,
        checks=(check(june), check(june)),
        seen=(Sighting(where="ferndal-gazette", on=date(2022, 3, 1), differs=("place",)),),
        told_apart=(ToldApart(where="dry-summer/weir", by="picture editor", reason="another bank"),),
        photographer=UNKNOWN,
    )
    case_folder.write(case, tmp_path / "out")
    assert case_folder.read(tmp_path / "out").pictures == case.pictures


def test_whoever_looked_is_nobody_of_the_case(june: Case) -> None:
    apart = ToldApart(where="dry-summer/weir", by="heron", reason="another bank")
    for where, fields in (("checks", {"checks": (check(june, by="alder"),)}), ("told_apart", {"told_apart": (apart,)})):
        with pytest.raises(DecodeError, match=rf"{where}\[0\]\.by: expected the post of somebody of the desk"):
            references.check(with_(june, **fields))


def test_a_check_is_held_against_a_place_there_is(june: Case) -> None:
    with pytest.raises(MissingReference, match=r"media/levee\.toml: checks: there is no place 'case:nowhere'"):
        references.check(with_(june, checks=(check(june, place="case:nowhere"),)))


def test_an_unknown_photographer_is_nobody_to_be_counted_and_needs_no_audience(june: Case) -> None:
    case = with_(june, photographer=UNKNOWN)
    references.check(case)
    assert UNKNOWN not in {person.id for person in file_case(case).case.persons}


def test_a_picture_that_says_it_is_of_itself_is_refused_and_one_of_a_document_of_its_name_ends(june: Case) -> None:
    circular = with_(june, facsimile="levee")
    with pytest.raises(MissingReference, match="there is no document 'levee'"):
        references.check(circular)
    named_alike = msgspec.structs.replace(circular, documents=(Document(id="levee", report=june.reports[0].id),))
    references.check(named_alike)
    assert june.speakers[june.reports[0].id] in named_alike.brought("levee")


@pytest.mark.parametrize("field", ["what", "vantage", "credit"])
def test_words_missing_in_a_language_of_the_case_are_asked_for_by_their_table(june: Case, field: str) -> None:
    with pytest.raises(MissingReference, match=rf"media/levee\.toml: \[{field}\]: it is not worded in 'ko'"):
        references.check(with_(june, **{field: {"en": "a weir"}}))


@pytest.mark.parametrize(
    "name", ["../levee.png", "a/b.png", "a\\b.png", "le\u202evee.png", "le\nvee.png", ".levee.png", "x:y.png"]
)
def test_a_hostile_file_name_is_refused(name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(example("june-order"), tmp_path / "june"))
    record = folder / "media" / "levee.toml"
    record.write_text(record.read_text("utf-8").replace('"levee.png"', json.dumps(name), 1), "utf-8")
    with pytest.raises(FarbankError, match="plain name"):
        case_folder.read(folder)
