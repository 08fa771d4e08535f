"""Filing, the vault and an export keep the same invented places in content: those it speaks of."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from farbank import vault
from farbank.desk.agree import agree
from farbank.desk.examples import example
from farbank.desk.file_case import content_of
from farbank.desk.init_desk import init_desk
from farbank.desk.open_identity import propose_opening, with_identities
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.exposure import StandingDisclosure
from farbank.model.places import Place
from farbank.model.text import Text

CHEAP, WORDS = vault.Cost(passes=1, memory=8192), "a passphrase of six words"
NAMES: Text = {"en": "Shire", "ko": "고을", "ja": "里", "zh": "乡"}


@pytest.fixture
def june() -> Case:
    """The June order with a county around its town, and a place nobody speaks of."""
    case = case_folder.read(example("june-order"))
    (town,) = case.places
    shire = Place(id="case:shire", level=2, type="county", parent="kp:KP02", names=NAMES)
    lonely = Place(id="case:lonely", level=2, type="county", parent="kp:KP02", names=NAMES)
    return msgspec.structs.replace(
        case, places=(msgspec.structs.replace(town, level=3, parent="case:shire"), shire, lonely)
    )


def in_the_vault(case: Case, folder: Path) -> Case:
    members = (
        vault.Member("officer", WORDS, ("safety-officer",)),
        vault.Member("editor", WORDS, ("editor",)),
    )
    init_desk(folder, members, cost=CHEAP)
    with vault.open(folder, "officer", WORDS) as opened:
        vault.case_store.save(opened, case)
    with vault.open(folder, "editor", WORDS) as opened:
        return vault.case_store.load(opened, case.name)


def exported(case: Case, folder: Path) -> Case:
    case_folder.write(case, folder, identities=False)
    return case_folder.read(folder)


def changed(case: Case, where: str) -> Case:
    town, replace = case.places[0].id, msgspec.structs.replace
    match where:
        case "sure":
            audience = replace(case.audiences[0], sure={"place": town})
            return replace(case, audiences=(audience, *case.audiences[1:]))
        case "disclosure":
            told = StandingDisclosure(id="town", text=NAMES, facts={"place": town})
            return replace(case, disclosures=(*case.disclosures, told))
        case "block":
            return replace(case, persons=(replace(case.persons[0], block={"place": town}), *case.persons[1:]))
        case "story":
            stories = {tag: text.replace("kp:KP02/city", town, 1) for tag, text in case.stories.items()}
            assert stories != case.stories
            return replace(case, stories=stories)
        case _:
            return case


@pytest.mark.parametrize("where", ["nowhere", "sure", "disclosure", "block", "story"])
def test_the_three_agree(june: Case, tmp_path: Path, where: str) -> None:
    case = changed(june, where)
    expected = set() if where == "nowhere" else {"case:town-1", "case:shire"}
    kept = {
        "filing": content_of(case),
        "vault": in_the_vault(case, tmp_path / "desk"),
        "export": exported(case, tmp_path / "out"),
    }
    assert {name: {place.id for place in one.places} for name, one in kept.items()} == dict.fromkeys(kept, expected)


def test_a_place_content_falls_silent_about_is_still_there_for_the_profiles(june: Case, tmp_path: Path) -> None:
    spoken = changed(june, "story")
    seen = in_the_vault(spoken, tmp_path / "desk")
    with vault.open(tmp_path / "desk", "editor", WORDS) as opened:
        vault.case_store.save(opened, msgspec.structs.replace(seen, stories=june.stories))
        assert vault.case_store.load(opened, june.name).places == ()
    with vault.open(tmp_path / "desk", "officer", WORDS) as opened:
        act = propose_opening(opened, june.name, None, "to see that nothing is lost")
    with vault.open(tmp_path / "desk", "editor", WORDS) as opened:
        agree(opened, act)
    with vault.open(tmp_path / "desk", "officer", WORDS) as opened:
        assert with_identities(opened, vault.case_store.load(opened, june.name)) == june
