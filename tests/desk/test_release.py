"""A release takes two people who make the same bytes, and the ledger knows of it before anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from newsroom import EDITOR, HANDLER, JUNE, LEAD, OFFICER, ON, PUBLISHER, clear, copied, enter, found_cleared

from farbank import vault
from farbank.desk import release as room
from farbank.desk.audit import verify
from farbank.desk.errors import NotYet, OtherBytes
from farbank.desk.import_case import filed, keep_case
from farbank.desk.ledger import releases
from farbank.desk.release import agree_release, propose_release
from farbank.desk.verify_edition import verify_edition
from farbank.model.case import Case
from farbank.model.errors import FolderInUse
from farbank.vault import case_store, sign_off


@pytest.fixture(scope="module")
def proposed_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A desk whose safety officer has proposed the June order, and the name of that act."""
    folder = tmp_path_factory.mktemp("once") / "desk"
    found_cleared(folder)
    return folder, propose(folder, OFFICER)


@pytest.fixture
def waiting(proposed_once: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Path, str]]:
    yield copied(proposed_once[0], tmp_path / "desk"), proposed_once[1]


def propose(desk: Path, name: str, edition: str = JUNE) -> str:
    with enter(desk, name) as opened:
        proposed = propose_release(opened, filed(opened, JUNE), edition=edition, on=ON, reason="it is checked")
    assert proposed.act is not None, proposed.report.gates
    assert proposed.report.site is None
    return proposed.act


def ledger(desk: Path) -> list[tuple[str, str]]:
    with enter(desk, EDITOR) as opened:
        return [(entry.kind, entry.edition) for entry in opened.ledger_entries()]


def rewrite(desk: Path, old: str, new: str) -> None:
    with enter(desk, EDITOR) as opened:
        case: Case = case_store.load(opened, JUNE)
        stories = {tag: text.replace(old, new, 1) for tag, text in case.stories.items()}
        assert stories != case.stories
        keep_case(opened, msgspec.structs.replace(case, stories=stories), replace=True)


def test_two_release_with_the_desks_key_and_the_ledger_knows(waiting: tuple[Path, str], tmp_path: Path) -> None:
    desk, act = waiting
    with enter(desk, PUBLISHER) as opened:
        report = agree_release(opened, act, tmp_path / "site")
        assert (report.site, report.number, report.gates.release) == (str(tmp_path / "site"), 1, "released")
        verdict = verify_edition(tmp_path / "site", opened.roster.desk_key.signing.hex(), date(2024, 9, 30))
        assert sign_off.look(opened, act).over == "done"
        assert verify(opened).holds
    assert (verdict.holds, verdict.status, verdict.expires, verdict.stale) == (
        True,
        "released",
        date(2024, 9, 30),
        False,
    )
    late = verify_edition(tmp_path / "site", on=date(2024, 10, 1))
    assert late.holds and late.stale and "expired on 2024-09-30" in late.sentence
    assert ledger(desk) == [("intent", JUNE), ("confirmation", JUNE)]
    said = json.loads((tmp_path / "site" / "manifest.json").read_bytes())
    assert (said["sequence"], said["edition"]) == (1, JUNE)
    with enter(desk, LEAD) as opened:
        assert {each.token for each in releases(opened)[0].people} == {"heron", "alder"}
        with pytest.raises(vault.ActNotOpen, match="decided"):
            agree_release(opened, act, tmp_path / "again")
        with pytest.raises(vault.AlreadyInLedger, match=r"released and is never changed.*--edition june-order-2"):
            propose_release(opened, filed(opened, JUNE), on=ON, reason="again")
    assert not (tmp_path / "again").exists()


def test_a_second_edition_is_a_correction_and_the_next_number(waiting: tuple[Path, str], tmp_path: Path) -> None:
    desk, act = waiting
    with enter(desk, PUBLISHER) as opened:
        sign_off.withdraw(opened, act)
    rewrite(desk, "show:", "link: {heron: 0.25}\nshow:")
    clear(desk)
    first = propose(desk, OFFICER)
    with enter(desk, PUBLISHER) as opened:
        assert agree_release(opened, first, tmp_path / "one").site
    rewrite(desk, "link: {heron: 0.25}\n", "")
    clear(desk)
    second = propose(desk, LEAD, "june-order-2")
    with enter(desk, OFFICER) as opened:
        report = agree_release(opened, second, tmp_path / "two")
        assert report.number == 2
        assert [(each.means, {p.token: p.link for p in each.people}) for each in releases(opened)] == [
            ("edition", {"alder": 1.0, "heron": 0.25}),
            ("correction", {"alder": 1.0, "heron": 1.0}),
        ]
    assert {person.id: person.link for person in report.persons} == {"alder": 1.0, "heron": 0.25}


def test_begun_and_never_written_counts_as_released(
    waiting: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, act = waiting

    def full(files: object, folder: Path, at: object) -> None:
        assert ledger(desk) == [("intent", JUNE)], "the edition is written after the intent"
        raise OSError("no space left")

    monkeypatch.setattr(room, "write_edition", full)
    with enter(desk, PUBLISHER) as opened:
        with pytest.raises(OSError, match="no space left"):
            agree_release(opened, act, tmp_path / "site")
        assert opened.unconfirmed() == (JUNE,)
        with pytest.raises(vault.AlreadyInLedger, match=r"never confirmed.*--edition june-order-2"):
            agree_release(opened, act, tmp_path / "site")


def test_whatever_changed_since_is_another_edition(waiting: tuple[Path, str], tmp_path: Path) -> None:
    desk, act = waiting
    rewrite(desk, "show:", "link: {heron: 0.25}\nshow:")
    with enter(desk, PUBLISHER) as opened, pytest.raises(OtherBytes, match=f"in the ledger is not.*withdraw {act}"):
        agree_release(opened, act, tmp_path / "site")
    with enter(desk, EDITOR) as opened:
        case = case_store.load(opened, JUNE)
        byline = {**case.desk.byline, "en": "Another reporter", "ko": "다른 기자"}
        desk_of = msgspec.structs.replace(case.desk, byline=byline)
        keep_case(opened, msgspec.structs.replace(case, desk=desk_of), replace=True)
    with enter(desk, PUBLISHER) as opened, pytest.raises(OtherBytes, match="in the edition is not"):
        agree_release(opened, act, tmp_path / "site")
    assert ledger(desk) == []
    assert not (tmp_path / "site").exists()
    with enter(desk, PUBLISHER) as opened:
        assert sign_off.look(opened, act).agreed is None
        sign_off.withdraw(opened, act)
        with pytest.raises(vault.ActNotOpen):
            agree_release(opened, act, tmp_path / "site")


def test_a_slip_in_the_folder_uses_no_edition_up(waiting: tuple[Path, str], tmp_path: Path) -> None:
    desk, act = waiting
    with enter(desk, PUBLISHER) as opened:
        with pytest.raises(FolderInUse):
            agree_release(opened, act, desk)
        assert sign_off.look(opened, act).agreed is None


def test_behind_a_closed_gate_nothing_is_proposed(waiting: tuple[Path, str]) -> None:
    desk, _ = waiting
    with enter(desk, OFFICER) as opened:
        before = sign_off.every(opened)
        case = filed(opened, JUNE)
        early = propose_release(opened, case, on=case.case.close, reason="too early")
        assert early.act is None and not early.report.gates.timing
        case.__dict__["case"] = msgspec.structs.replace(case.case, decisions=())
        unweighed = propose_release(opened, case, on=ON, reason="nobody weighed it")
        assert unweighed.act is None and unweighed.report.open and not unweighed.report.gates.record
        assert sign_off.every(opened) == before


def test_it_goes_out_on_its_day_and_not_before(waiting: tuple[Path, str], tmp_path: Path) -> None:
    desk, _ = waiting
    with enter(desk, OFFICER) as opened:
        tomorrow = date.today() + timedelta(days=1)
        act = propose_release(opened, filed(opened, JUNE), on=tomorrow, reason="for tomorrow").act
    assert act is not None
    with enter(desk, PUBLISHER) as opened, pytest.raises(NotYet):
        agree_release(opened, act, tmp_path / "site")


def test_neither_wrote_it_nor_speaks_with_a_source(waiting: tuple[Path, str], tmp_path: Path) -> None:
    desk, act = waiting
    with enter(desk, EDITOR) as opened:  # who wrote it
        with pytest.raises(vault.NotAllowed, match="wrote it"):
            propose_release(opened, filed(opened, JUNE), on=ON, reason="mine")
        with pytest.raises(vault.NotAllowed, match="wrote it"):
            agree_release(opened, act, tmp_path / "site")
    with enter(desk, OFFICER) as opened, pytest.raises(vault.NotAllowed, match="other than who proposed"):
        agree_release(opened, act, tmp_path / "site")
    with enter(desk, EDITOR) as opened:
        case_store.assign(opened, "heron", PUBLISHER)
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.NotAllowed, match="speaks with a source"):
        agree_release(opened, act, tmp_path / "site")
    with enter(desk, EDITOR) as opened:
        case_store.assign(opened, "heron", OFFICER)
    with enter(desk, LEAD) as opened, pytest.raises(vault.NotAllowed, match="proposed by Han, who may not"):
        agree_release(opened, act, tmp_path / "site")
    with enter(desk, HANDLER) as opened, pytest.raises((vault.NotAllowed, vault.NoSuchRecord)):
        agree_release(opened, act, tmp_path / "site")
    assert ledger(desk) == []
