"""An edition leaves the desk once: signed with its key, and in the ledger before it is on the disk."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from farbank import vault
from farbank.desk import compile_edition as room
from farbank.desk.check_case import file_folder
from farbank.desk.compile_edition import compile_edition
from farbank.desk.errors import NoEditionName
from farbank.desk.examples import example
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.desk.ledger import enter, releases
from farbank.desk.verify_edition import verify_edition
from farbank.model import codec
from farbank.model.errors import FarbankError, FolderInUse
from farbank.model.releases import Release, Released

CHEAP = vault.Cost(passes=1, memory=8192)
WORDS = "a passphrase of six words"
JUNE = "june-order"


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a desk in which the June order is filed, and its public key."""
    folder = tmp_path_factory.mktemp("once") / "desk"
    members = (
        vault.Member("officer", WORDS, ("content", "identities", "ledger")),
        vault.Member("editor", WORDS, ("content", "ledger")),
        vault.Member("reader", WORDS, ("content",)),
    )
    key = init_desk(folder, members, cost=CHEAP)
    with vault.open(folder, "officer", WORDS) as opened:
        import_case(opened, example(JUNE))
    return {path.name: path.read_bytes() for path in folder.iterdir()} | {"key": key.encode()}


@pytest.fixture
def desk(filed_once: dict[str, bytes], tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    for name, data in filed_once.items():
        (tmp_path / "desk" / name).write_bytes(data)
    return tmp_path / "desk"


@pytest.fixture
def opened(desk: Path) -> Iterator[vault.Vault]:
    with vault.open(desk, "editor", WORDS) as opened:
        yield opened


def ledger(opened: vault.Vault) -> list[tuple[str, str]]:
    return [(entry.kind, entry.edition) for entry in opened.ledger_entries()]


def nobody(edition: str) -> bytes:
    return codec.to_json(nobodys(edition))


def nobodys(edition: str) -> Release:
    """A release that speaks of nobody."""
    return Release(edition=edition, published=date(2023, 5, 1))


def manifest(site: Path) -> dict[str, object]:
    return dict(json.loads((site / "manifest.json").read_bytes()))


def test_the_desks_key_signs_and_the_ledger_holds_intent_and_confirmation(
    opened: vault.Vault, desk: Path, tmp_path: Path
) -> None:
    report = compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened)
    assert report.open
    assert (report.site, report.number) == (str(tmp_path / "site"), 1)
    assert verify_edition(tmp_path / "site", (desk / "key").read_text()).holds
    assert ledger(opened) == [("intent", JUNE), ("confirmation", JUNE)]
    said = json.loads(opened.released()[0].body)
    assert {each["token"] for each in said["people"]} == {"heron", "alder"}


def test_an_edition_is_numbered_by_the_ledger(opened: vault.Vault, tmp_path: Path) -> None:
    opened.ledger_append(vault.LedgerEntry(kind="intent", edition="may-order", body=nobody("may-order")))
    report = compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened, edition="june-order-2")
    assert report.number == 2
    assert (manifest(tmp_path / "site")["edition"], manifest(tmp_path / "site")["sequence"]) == ("june-order-2", 2)


def test_an_edition_is_compiled_once_and_the_refusal_names_the_way_on(opened: vault.Vault, tmp_path: Path) -> None:
    for edition in (JUNE, "june-order-2"):
        for kind in ("intent", "confirmation"):
            opened.ledger_append(vault.LedgerEntry(kind=kind, edition=edition, body=nobody(edition)))  # type: ignore[arg-type]
    before = ledger(opened)
    with pytest.raises(vault.AlreadyInLedger, match=r"released and is never changed.*--edition june-order-3"):
        compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened)
    assert ledger(opened) == before
    assert not (tmp_path / "site").exists()


def test_an_edition_begun_and_never_written_counts_as_released(
    opened: vault.Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(files: object, folder: Path) -> None:
        assert ledger(opened) == [("intent", JUNE)], "the edition is written after the intent"
        raise OSError("no space left")

    monkeypatch.setattr(room, "write_edition", full)
    with pytest.raises(OSError, match="no space left"):
        compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened)
    monkeypatch.undo()
    assert opened.unconfirmed() == (JUNE,)
    with pytest.raises(vault.AlreadyInLedger, match=r"never confirmed.*--edition june-order-2"):
        compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened)
    report = compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened, edition="june-order-2")
    assert report.number == 2


def test_behind_a_closed_gate_nothing_is_written_anywhere(opened: vault.Vault, tmp_path: Path) -> None:
    case = filed(opened, JUNE)
    stories = {tag: text.replace("[@lead]", "Marubong. [@lead]", 1) for tag, text in case.case.stories.items()}
    told = msgspec.structs.replace(case.case, stories=stories)
    spoilt = type(case)(told, case.pack, case.forbidden, case.listed)
    report = compile_edition(spoilt, tmp_path / "site", opened=opened)
    assert not report.open
    assert (report.site, report.number) == (None, 0)
    assert ledger(opened) == []
    assert not (tmp_path / "site").exists()


def test_a_slip_in_the_folder_uses_no_edition_up(opened: vault.Vault, tmp_path: Path) -> None:
    with pytest.raises(FolderInUse):
        compile_edition(filed(opened, JUNE), tmp_path / "desk", opened=opened)
    (tmp_path / "file").write_text("a file")
    with pytest.raises(NotADirectoryError):
        compile_edition(filed(opened, JUNE), tmp_path / "file" / "site", opened=opened)
    assert ledger(opened) == []


@pytest.mark.parametrize("name", ["June Order", "../june", "a" * 65])
def test_an_edition_has_a_plain_name(opened: vault.Vault, tmp_path: Path, name: str) -> None:
    with pytest.raises(NoEditionName):
        compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened, edition=name)
    assert ledger(opened) == []


def test_without_the_ledgers_key_nothing_is_compiled(desk: Path, tmp_path: Path) -> None:
    with vault.open(desk, "reader", WORDS) as opened, pytest.raises(vault.CompartmentClosed, match="ledger"):
        compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened)
    assert not (tmp_path / "site").exists()


def test_a_bare_folder_is_signed_for_the_occasion_and_is_in_no_ledger(tmp_path: Path) -> None:
    case = file_folder(example(JUNE))
    keys = set()
    for name in ("one", "two"):
        report = compile_edition(case, tmp_path / name)
        assert (report.open, report.number) == (True, 0)
        assert (manifest(tmp_path / name)["sequence"], manifest(tmp_path / name)["status"]) == (0, "unreleased-demo")
        keys.add(manifest(tmp_path / name)["key"])
    assert len(keys) == 2


def test_whoever_cannot_open_the_ledger_compiles_nothing(desk: Path, tmp_path: Path) -> None:
    with vault.open(desk, "reader", WORDS) as opened:
        content = filed(opened, JUNE)
    report = compile_edition(content, tmp_path / "site")
    assert not report.open and report.site is None
    assert all("published before could not be opened" in person.reason for person in report.persons)


def test_what_was_published_before_counts(opened: vault.Vault, tmp_path: Path) -> None:
    told = Released(token="heron", facts=({"occupation": "occ:trade", "sex": "sex:female"},))
    before = Release(edition="may-order", published=date(2023, 5, 1), people=(told,))
    content = filed(opened, JUNE)  # taken before the other story is out: the count must not rest on it
    opened.ledger_append(vault.LedgerEntry(kind="intent", edition="may-order", body=codec.to_json(before)))
    report = compile_edition(content, tmp_path / "site", opened=opened)
    heron = next(person for person in report.persons if person.id == "heron")
    assert not report.open and heron.verdict != "safe"
    assert heron.unlinked is not None and heron.unlinked.low >= 1000 > heron.k_low
    assert ledger(opened) == [("intent", "may-order")]


def test_what_got_out_another_way_is_entered_whole_and_counts(opened: vault.Vault, tmp_path: Path) -> None:
    told = Released(token="heron", facts=({"occupation": "occ:trade", "sex": "sex:female"},))
    talk = Release(edition="a-talk", published=date(2023, 5, 1), means="caption", people=(told,))
    (tmp_path / "talk.json").write_bytes(codec.to_json({"releases": [talk]}))
    (tmp_path / "twice.json").write_bytes(codec.to_json({"releases": [nobodys("first"), nobodys("first")]}))
    with pytest.raises(vault.AlreadyInLedger):
        enter(opened, tmp_path / "twice.json")
    assert ledger(opened) == []
    assert enter(opened, tmp_path / "talk.json") == (talk,) == releases(opened)
    assert not compile_edition(filed(opened, JUNE), tmp_path / "site", opened=opened).open


def test_a_second_edition_of_a_case_is_a_correction_and_keeps_how_likely_it_is_linked(
    opened: vault.Vault, tmp_path: Path
) -> None:
    content = filed(opened, JUNE)
    stories = {k: v.replace("show:", "link: {heron: 0.25}\nshow:", 1) for k, v in content.case.stories.items()}
    unsure = dataclasses.replace(content, case=msgspec.structs.replace(content.case, stories=stories))
    assert compile_edition(unsure, tmp_path / "one", opened=opened).open
    second = compile_edition(content, tmp_path / "two", opened=opened, edition="june-order-2")
    assert [(release.means, {p.token: p.link for p in release.people}) for release in releases(opened)] == [
        ("edition", {"alder": 1.0, "heron": 0.25}),
        ("correction", {"alder": 1.0, "heron": 1.0}),
    ]
    assert {person.id: person.link for person in second.persons} == {"alder": 1.0, "heron": 0.25}


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
        enter(opened, tmp_path / "talk.json")
    assert ledger(opened) == []
