"""A picture on file is known again in the next case, whoever filed it; readers get its age and nothing of the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import newsroom
import pytest

from bench._pictures import CHANGES, scene
from farbank import vault
from farbank.desk import seen_before
from farbank.desk.clear_pictures import clear_pictures, picture_lint
from farbank.desk.compile_story import compile_story
from farbank.desk.drafts import drafts_of
from farbank.desk.examples import example
from farbank.desk.export_case import export_case
from farbank.desk.import_case import filed, keep_case
from farbank.desk.report import picture_report
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.pictures import LookedOver
from farbank.model.sightings import ToldApart
from farbank.model.story import Lint
from farbank.protect.media.seen_before import sighted
from tests.protect.media import corpus

TODAY = date(2031, 1, 1)
BRIDGE = corpus.saved(scene(7), "PNG")
AGAIN = corpus.saved(CHANGES["all"](scene(7)), "JPEG", quality=80)
SOMETHING_ELSE = corpus.saved(scene(11), "PNG")


def june(name: str, data: bytes, **fields: object) -> Case:
    """The example under another name, of no identities, showing an invented photograph of the summer of 2023."""
    case = case_folder.read(example("june-order"))
    looked = LookedOver(by="picture editor", original=hashlib.sha256(data).hexdigest())
    recent: dict[str, object] = {"when": When("2023-07"), "stands_in": False, "shown": (), "looked_over": looked}
    picture = msgspec.structs.replace(case.pictures[0], **recent | fields)
    return msgspec.structs.replace(
        case, name=name, identities=(), pictures=(picture,), media={picture.file: data}, decisions=()
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[vault.Vault]:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    newsroom.found(folder)
    with newsroom.enter(folder, newsroom.OFFICER) as opened:
        keep_case(opened, msgspec.structs.replace(june("dry-summer", BRIDGE), close=date(2023, 7, 18)))
        yield opened


def lint(case: Case) -> list[Lint]:
    return [each for each in picture_lint(clear_pictures(case, drafts_of(case).values())) if "unsure" not in each.rule]


def on_file(desk: vault.Vault, case: Case) -> Case:
    keep_case(desk, case, replace=True)
    return filed(desk, case.name).case


def test_a_second_use_is_said_and_printed_as_a_file_picture(desk: vault.Vault) -> None:
    keep_case(desk, june("late-summer", AGAIN), replace=True)
    found = filed(desk, "late-summer")
    (told,) = lint(found.case)
    assert (told.file, told.rule, told.blocking) == ("media/levee.toml", "picture-seen", False)
    assert "seen before in dry-summer/levee on 2023-07-18 mirrored" in told.message
    files = compile_story(found, on=date(2024, 1, 2)).files
    assert b"File picture." in files["en.html"] and "자료 사진".encode() in files["ko.html"]
    assert not any(b"dry-summer" in data for data in files.values())


def test_another_picture_is_new_and_the_desk_is_told_that_somebody_compared_it(desk: vault.Vault) -> None:
    case = on_file(desk, june("late-summer", SOMETHING_ELSE))
    assert case.pictures[0].seen == () and lint(case) == []
    (cleared,) = clear_pictures(case, drafts_of(case).values())
    told = picture_report(cleared)
    assert (told.checked, told.seen) == ("not-checked", ())
    assert [each.bytes <= 40_000 for each in told.copies[:2]] == [True, True]
    assert picture_report(msgspec.structs.replace(cleared, picture=june("x", AGAIN).pictures[0])).seen is None


@pytest.mark.parametrize(
    ("fields", "differs"),
    [({"when": When("2023-06")}, ("time",)), ({"place": "kp:KP02"}, ("place",)), ({"when": When("2023-06~")}, ())],
)
def test_a_record_that_says_another_time_or_place_stops_the_story(
    desk: vault.Vault, fields: dict[str, object], differs: tuple[str, ...]
) -> None:
    case = on_file(desk, june("late-summer", AGAIN, **fields))
    assert [each.differs for each in case.pictures[0].seen or ()] == [differs]
    assert [each.blocking for each in sighted(case.pictures[0])] == [bool(differs)]
    apart = (ToldApart(where="dry-summer/levee", by="picture editor", reason="the other pier"),)
    assert not list(sighted(msgspec.structs.replace(case.pictures[0], told_apart=apart)))


def test_two_records_of_one_picture_in_one_case_have_to_agree(desk: vault.Vault) -> None:
    case = june("late-summer", SOMETHING_ELSE)
    twin = msgspec.structs.replace(case.pictures[0], id="weir", when=When("2022-07"))
    case = on_file(desk, msgspec.structs.replace(case, pictures=(*case.pictures, twin)))
    assert [(each.rule, each.blocking) for each in sighted(case.pictures[0])] == [("picture-disagrees", True)]


def test_a_case_of_another_desk_is_compared_alike_and_only_its_name_is_told(desk: vault.Vault) -> None:
    foreign = june("borrowed", SOMETHING_ELSE, credit={"en": "the Ferndal desk", "ko": "편집부"}, place="kp:KP02")
    named = msgspec.structs.replace(foreign.desk, name={"en": "The Ferndal Desk", "ko": "다른 편집부"})
    keep_case(desk, msgspec.structs.replace(foreign, desk=named), replace=True)
    (told,) = sighted(on_file(desk, june("late-summer", SOMETHING_ELSE)).pictures[0])
    assert "borrowed/levee" in told.message and told.blocking
    assert not any(word in told.message for word in ("Ferndal", "KP02"))


def test_a_file_that_is_known_is_not_opened_again(desk: vault.Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    case = june("late-summer", BRIDGE)
    known = vault.fingerprints.kept(desk)

    def opens(_data: bytes, file: str) -> None:
        raise AssertionError(f"{file} was opened")

    monkeypatch.setattr(seen_before, "fingerprint_picture", opens)
    (kept,) = seen_before.pictures_to_keep(case, filed(desk, "dry-summer").pack.gazetteer, known)
    assert kept.fingerprint is not None


def test_a_file_that_is_no_picture_is_filed_and_compared_with_nothing(desk: vault.Vault) -> None:
    case = on_file(desk, june("late-summer", b"no picture at all"))
    assert case.pictures[0].seen is None


def test_no_export_carries_a_fingerprint_and_a_burned_case_leaves_none(desk: vault.Vault, tmp_path: Path) -> None:
    keep_case(desk, june("short-lived", AGAIN), replace=True)
    (kept,) = vault.fingerprints.kept(desk)["short-lived"]
    assert kept.fingerprint is not None
    export_case(desk, "short-lived", tmp_path / "out", identities=False)
    frame = kept.fingerprint.frames[0].encode()
    assert not any(frame in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert b"seen" not in (tmp_path / "out/media/levee.toml").read_bytes()
    vault.burn.spike(desk, "case", "short-lived", "a test")
    assert "short-lived" not in vault.fingerprints.kept(desk)
    vault.burn.burn(desk, "case", "short-lived", "a test", TODAY)
    assert "short-lived" not in vault.fingerprints.kept(desk)
    assert not any("short-lived" in id for id in desk.ids("content", "spiked"))
