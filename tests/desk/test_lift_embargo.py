"""Lifting an embargo takes two, neither of whom speaks with a source, and holds of the movement they saw."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from newsroom import EDITOR, LEAD, OFFICER, PUBLISHER, copied, enter, found

from farbank import vault
from farbank.cli.report import show_gates
from farbank.desk.agree import agree
from farbank.desk.compile_story import compile_story
from farbank.desk.drafts import drafts_of
from farbank.desk.errors import NoMovement, NoSuchClaim
from farbank.desk.establish import establish
from farbank.desk.import_case import filed, keep_case
from farbank.desk.lift_embargo import propose_lift
from farbank.desk.report import report
from farbank.desk.timed import Timed, timed
from farbank.intake import case_folder
from farbank.vault import case_store, sign_off

CASE = Path(__file__).parents[1] / "cases" / "night-train"
TRAIN, ON = "night-train", date(2031, 11, 1)
TOLD = ("State media published it on 16 October. [@visit]", "관영매체는 10월 16일 이를 보도했다. [@visit]")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a movement on file that state media never told of."""
    folder = tmp_path_factory.mktemp("once") / "desk"
    found(folder)
    case = case_folder.read(CASE)
    stories = {tag: story.replace(TOLD[0], "").replace(TOLD[1], "") for tag, story in case.stories.items()}
    with enter(folder, OFFICER) as opened:
        keep_case(opened, msgspec.structs.replace(case, searches=(), statements=(), stories=stories))
    return folder


@pytest.fixture
def desk(once: Path, tmp_path: Path) -> Path:
    return copied(once, tmp_path / "desk")


def asked(desk: Path) -> Timed:
    with enter(desk, EDITOR) as opened:
        case = filed(opened, TRAIN)
    return timed(case, drafts_of(case.case).values(), establish(case), TRAIN, ON)


def is_open(found: Timed) -> bool:
    return all(embargo.open(ON) for embargo in found.embargoes)


def lifted(desk: Path, by: str = EDITOR, agreed: str = PUBLISHER) -> str:
    with enter(desk, by) as opened:
        act = propose_lift(opened, TRAIN, "visit", "people walk into a trap")
    with enter(desk, agreed) as opened:
        agree(opened, act)
    return act


def test_one_lifts_nothing_and_two_do(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with enter(desk, EDITOR) as opened:
        act = propose_lift(opened, TRAIN, "visit", "people walk into a trap")
        with pytest.raises(vault.NotAllowed, match="other than who proposed"):
            agree(opened, act)
    assert not is_open(asked(desk)) and asked(desk).lifts == ()
    with enter(desk, PUBLISHER) as opened:
        agree(opened, act)
    assert is_open(asked(desk))
    with enter(desk, LEAD) as opened:
        told = report(compile_story(filed(opened, TRAIN), on=ON), 0.0)
    assert told.gates.embargo
    assert [(lift.claim, lift.reason) for lift in told.lifts] == [("visit", "people walk into a trap")]
    show_gates(told)
    assert "embargo: visit: two people lifted it, from" in capsys.readouterr().out
    with enter(desk, OFFICER) as opened:
        steps = [(event.who, event.what, event.about) for _, event in opened.audited() if "embargo" in event.what]
        assert steps == [
            (EDITOR, "lift-embargo proposed", "night-train/visit"),
            (PUBLISHER, "lift-embargo agreed", "night-train/visit"),
        ]
        sign_off.withdraw(opened, act)
    assert not is_open(asked(desk)), "what is taken back lifts nothing any more"


def test_who_speaks_with_a_source_lifts_nothing(desk: Path) -> None:
    act = lifted(desk)
    with enter(desk, OFFICER) as opened:
        (partner, *_) = filed(opened, TRAIN).case.partners
        case_store.assign(opened, partner.handle, PUBLISHER)
    void = asked(desk)
    assert not is_open(void)
    assert [act in each and "speaks with a source" in each for each in void.void] == [True]
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.NotAllowed, match="speaks with a source"):
        propose_lift(opened, TRAIN, "visit", "again")


def test_it_is_of_the_movement_they_saw(desk: Path) -> None:
    lifted(desk)
    with enter(desk, EDITOR) as opened:
        case = case_store.load(opened, TRAIN)
        moved = tuple(
            msgspec.structs.replace(claim, text={**claim.text, "en": "Another visit"}) if claim.id == "visit" else claim
            for claim in case.claims
        )
        keep_case(opened, msgspec.structs.replace(case, claims=moved), replace=True)
    void = asked(desk)
    assert not is_open(void)
    assert ["visit was changed since" in each for each in void.void] == [True]


def test_a_lift_nobody_signed_is_told_of_and_lifts_nothing(desk: Path) -> None:
    act = lifted(desk)
    with enter(desk, EDITOR) as opened, opened.file("audit") as file:
        for rule in ("act_stays", "act_signed"):
            file.exec_driver_sql(f"DROP TRIGGER {rule}")
        body = file.exec_driver_sql("SELECT body FROM act WHERE id = ? AND step = 'proposed'", (act,)).scalar()
        assert isinstance(body, bytes)
        file.exec_driver_sql(
            "UPDATE act SET body = ? WHERE id = ? AND step = 'proposed'", (body.replace(b"visit", b"snowy"), act)
        )
    void = asked(desk)
    assert not is_open(void)
    assert [f"act {act} bears a signature" in each for each in void.void] == [True]


def test_what_waits_for_nothing_cannot_be_lifted(desk: Path) -> None:
    with enter(desk, EDITOR) as opened:
        with pytest.raises(NoMovement):
            propose_lift(opened, TRAIN, "snow", "why not")
        with pytest.raises(NoSuchClaim, match="it has visit"):
            propose_lift(opened, TRAIN, "vist", "a slip")
