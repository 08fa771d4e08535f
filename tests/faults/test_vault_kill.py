"""kill -9 in the middle of an import: the case is there whole, or it is not there."""

from __future__ import annotations

import os
import shutil
import signal
import time
from datetime import date
from pathlib import Path

import msgspec
import pytest
from dying import EVERY, killed

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import case_store, identities

NAME, WORD = "Ines Okafor", "seven grey herons wade"
PEOPLE = [vault.Member(NAME, WORD, ("safety-officer",)), vault.Member("Tomas Lindqvist", WORD, ("editor",))]


def the_case(close: date, people: int) -> Case:
    empty = ("audiences", "disclosures", "record", "chains", "claims", "evidence", "partners", "contacts", "reports")
    empty += ("coincidences", "statements", "searches", "pictures")
    given = {
        "name": "mill-order",
        "country": "qz",
        "desk": {"name": {"en": "W"}, "byline": {"en": "W"}},
        "close": close,
        "languages": ["en"],
        "persons": [{"id": f"p{number}"} for number in range(people)],
        "places": [{"id": "case:mill", "level": 3, "type": "town", "parent": "qz:north", "names": {"en": "Mill"}}],
        "media": {f"{number}-{close}.png": bytes(100_000) for number in range(3)},
        "stories": {"en": f"closed on {close}"},
        "identities": [{"id": f"p{number}", "profile": {"place": "case:mill"}} for number in range(people)],
    }
    return codec.convert({**{key: [] for key in empty}, **given}, Case, "invented")


OLD, NEW = the_case(date(2031, 7, 1), 2), the_case(date(2031, 7, 19), 5)


def save(desk: Path, case: Case) -> None:
    with vault.open(desk, NAME, WORD) as opened:
        case_store.save(opened, case, forbidden=f"mill-order{case.close}".encode())


def saving(desk: Path, case: Case) -> int:
    """A process that saves the case; its id."""
    child = os.fork()
    if child == 0:
        try:
            save(desk, case)
        finally:
            os._exit(0)
    return child


def over(child: int) -> bool:
    """Whether it has come to its end, which is left for whoever waits for it."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def kept(case: Case | None) -> Case | None:
    """What content keeps of a case."""
    return case and msgspec.structs.replace(case, identities=(), places=case.spoken_places)


def state(desk: Path) -> Case | None:
    """The case as a person with every key finds it, after checking that every page and every record is sound, and that
    just its people are sealed, each for two to open."""
    with vault.open(desk, NAME, WORD) as opened:
        opened.check()
        if not case_store.names(opened):
            with pytest.raises(vault.NoSuchRecord):
                case_store.load(opened, "mill-order")
            return None
        case = case_store.load(opened, "mill-order")
        assert case_store.forbidden(opened, "mill-order") == f"mill-order{case.close}".encode()
        sealed = case_store.people(opened, "mill-order")
        assert {each.person for each in sealed} == {person.id for person in case.persons}
        assert all(identities.openable_without(opened, each.about, "") for each in sealed)
        return case


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    vault.create(tmp_path / "desk", PEOPLE, since=date(2031, 1, 1), cost=vault.Cost(passes=1, memory=8192))
    return tmp_path / "desk"


@pytest.mark.parametrize("before", [None, OLD], ids=["first-import", "import-again"])
def test_killed_before_any_statement_it_is_all_or_nothing(desk: Path, before: Case | None) -> None:
    if before is not None:
        with vault.open(desk, NAME, WORD) as opened:
            case_store.save(opened, before, forbidden=f"mill-order{before.close}".encode())
    fresh = shutil.copytree(desk, desk.parent / "fresh")
    outcomes = []
    for statement in range(1, 500, EVERY):
        shutil.rmtree(desk)
        shutil.copytree(fresh, desk)
        if not killed(statement, lambda: save(desk, NEW)):
            break
        found = state(desk)
        assert found in (kept(before), kept(NEW)), f"killed before statement {statement}: neither the old nor the new"
        outcomes.append(found == kept(NEW))
    assert state(desk) == kept(NEW)
    assert outcomes == sorted(outcomes), "once it is there it stays there"
    assert outcomes.count(False) >= 10, "the kills did not land inside the import"
    assert outcomes.count(True) >= 2, "no kill landed after the commit, in the sweeping up"


def test_leavings_of_a_cut_import_are_swept_up_by_the_next(desk: Path) -> None:
    statement = 1
    while leavings(desk) == 0:
        assert killed(statement, lambda: save(desk, NEW))
        assert state(desk) is None
        statement += 1
    with vault.open(desk, NAME, WORD) as opened:
        case_store.save(opened, OLD, forbidden=f"mill-order{OLD.close}".encode())
    assert leavings(desk) == 1
    assert state(desk) == kept(OLD)


def leavings(desk: Path) -> int:
    with vault.open(desk, NAME, WORD) as opened:
        return len(opened.ids("identities", "identities"))


@pytest.mark.parametrize("milliseconds", [1, 3, 6, 12, 25, 50])
def test_killed_at_any_time_it_is_all_or_nothing(desk: Path, milliseconds: int) -> None:
    """The plug pulled from outside while the files are being written: inside a statement, not between two."""
    with vault.open(desk, NAME, WORD) as opened:
        case_store.save(opened, OLD, forbidden=f"mill-order{OLD.close}".encode())
    big = msgspec.structs.replace(NEW, media={f"{number}.png": bytes(2_000_000) for number in range(20)})
    child = saving(desk, big)
    log = desk / "content.db-wal"
    deadline = time.monotonic() + 30
    while not over(child) and time.monotonic() < deadline and not (log.exists() and log.stat().st_size > 50_000):
        time.sleep(0.0005)
    time.sleep(milliseconds / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert state(desk) in (kept(OLD), kept(big))
