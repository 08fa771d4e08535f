"""What one person compiles is to be looked at: marked so, signed with a key nobody keeps, and in no ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from newsroom import EDITOR, JUNE, copied, enter, found, june

from farbank import vault
from farbank.desk.compile_edition import compile_edition
from farbank.desk.errors import NoEditionName
from farbank.desk.file_case import file_case
from farbank.desk.import_case import filed
from farbank.desk.ledger import enter as enter_release
from farbank.desk.ledger import releases
from farbank.model import codec
from farbank.model.errors import FarbankError, FolderInUse
from farbank.model.releases import Release, Released


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once") / "desk"
    found(folder)
    return folder


@pytest.fixture
def opened(once: Path, tmp_path: Path) -> Iterator[vault.Vault]:
    with enter(copied(once, tmp_path / "desk"), EDITOR) as opened:
        yield opened


def nobodys(edition: str) -> Release:
    """A release that speaks of nobody."""
    return Release(edition=edition, published=date(2023, 5, 1))


def manifest(site: Path) -> dict[str, object]:
    return dict(json.loads((site / "manifest.json").read_bytes()))


def test_it_is_marked_unreleased_and_in_no_ledger(opened: vault.Vault, tmp_path: Path) -> None:
    keys = set()
    for name, case in (("filed", filed(opened, JUNE)), ("bare", file_case(june(("en", "ko"))))):
        report = compile_edition(case, tmp_path / name)
        assert (report.open, report.number, report.gates.release) == (True, 0, "unreleased-demo")
        assert (manifest(tmp_path / name)["sequence"], manifest(tmp_path / name)["status"]) == (0, "unreleased-demo")
        keys.add(manifest(tmp_path / name)["key"])
    assert len(keys | {opened.roster.desk_key.signing.hex()}) == 3
    assert opened.ledger_entries() == ()


def test_behind_a_closed_gate_nothing_is_written(opened: vault.Vault, tmp_path: Path) -> None:
    case = filed(opened, JUNE)
    stories = {tag: text.replace("[@lead]", "Marubong. [@lead]", 1) for tag, text in case.case.stories.items()}
    told = msgspec.structs.replace(case.case, stories=stories)
    report = compile_edition(type(case)(told, case.pack, case.forbidden, case.listed), tmp_path / "site")
    assert not report.open and report.site is None
    assert not (tmp_path / "site").exists()


def test_a_folder_that_holds_something_is_left_alone(opened: vault.Vault, tmp_path: Path) -> None:
    with pytest.raises(FolderInUse):
        compile_edition(filed(opened, JUNE), tmp_path / "desk")
    (tmp_path / "file").write_text("a file")
    with pytest.raises(NotADirectoryError):
        compile_edition(filed(opened, JUNE), tmp_path / "file" / "site")


@pytest.mark.parametrize("name", ["June Order", "../june", "a" * 65])
def test_an_edition_has_a_plain_name(opened: vault.Vault, tmp_path: Path, name: str) -> None:
    with pytest.raises(NoEditionName):
        compile_edition(filed(opened, JUNE), tmp_path / "site", edition=name)


def test_whoever_cannot_open_the_ledger_compiles_nothing(opened: vault.Vault, tmp_path: Path) -> None:
    keys = {name: key for name, key in opened.keys.items() if name != "ledger"}
    with vault.Vault(opened.folder, EDITOR, opened.secret, keys, opened.roster) as without:
        content = filed(without, JUNE)
    report = compile_edition(content, tmp_path / "site")
    assert not report.open and report.site is None
    assert all("published before could not be opened" in person.reason for person in report.persons)


def test_what_got_out_another_way_is_entered_whole_and_counts(opened: vault.Vault, tmp_path: Path) -> None:
    told = Released(token="heron", facts=({"occupation": "occ:trade", "sex": "sex:female"},))
    talk = Release(edition="a-talk", published=date(2023, 5, 1), means="caption", people=(told,))
    (tmp_path / "talk.json").write_bytes(codec.to_json({"releases": [talk]}))
    (tmp_path / "twice.json").write_bytes(codec.to_json({"releases": [nobodys("first"), nobodys("first")]}))
    with pytest.raises(vault.AlreadyInLedger):
        enter_release(opened, tmp_path / "twice.json")
    assert opened.ledger_entries() == ()
    assert enter_release(opened, tmp_path / "talk.json") == (talk,) == releases(opened)
    report = compile_edition(filed(opened, JUNE), tmp_path / "site")
    heron = next(person for person in report.persons if person.id == "heron")
    assert not report.open and heron.verdict != "safe"
    assert heron.unlinked is not None and heron.unlinked.low >= 1000 > heron.k_low


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({"token": "heron", "facts": [{"place": "Hoeryong"}]}, "no place=Hoeryong"),
        ({"token": "heron", "fact": [{"place": "kp:KP02"}]}, "unknown key 'fact'"),
        ({"token": "heron", "satellites": ["drone"]}, "no drone"),
        ({"token": "heron", "told": ["a0"]}, "told names audiences"),
    ],
)
def test_a_slip_in_what_is_entered_is_told_before_it_is_there_for_good(
    opened: vault.Vault, tmp_path: Path, person: dict[str, object], said: str
) -> None:
    talk = {"releases": [{"edition": "talk", "published": "2023-05-01", "people": [person]}]}
    (tmp_path / "talk.json").write_text(json.dumps(talk))
    with pytest.raises(FarbankError, match=said):
        enter_release(opened, tmp_path / "talk.json")
    assert opened.ledger_entries() == ()
