"""A vault that was cut, altered, exchanged or is written by two: named, refused, and never half of it opened."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farbank import vault
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.vault import audit, cipher, reports, sign_off

CHEAP = vault.Cost(passes=1, memory=8192)
NAME, WORDS = "Ines Okafor", "seven grey herons wade"
OTHER = "Tomas Lindqvist"
FILES = ("content.db", "identities.db", "ledger.db", "audit.db", "keyring.json")
PAGE = 4096


def found(folder: Path) -> None:
    members = [vault.Member(NAME, WORDS, ("safety-officer",)), vault.Member(OTHER, WORDS, ("editor",))]
    vault.create(folder, members, since=date(2031, 1, 1), cost=CHEAP)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with something in every file, closed."""
    folder = tmp_path_factory.mktemp("damage") / "desk"
    found(folder)
    with vault.open(folder, NAME, WORDS) as opened:
        reports.put_partner(opened, Partner(handle="wren", language="en"))
        reports.file_contact(opened, Contact(id="c", partner="wren", when=When("2031-07-02"), channel="call"))
        for number in range(12):
            reports.file_report(opened, Report(id=f"r{number}", contact="c", language="en", text="levee " * 400))
        opened.put("identities", "identities", "one", bytes(9000))
        opened.ledger_append(vault.LedgerEntry(kind="elsewhere", edition="talk", body=bytes(5000)))
        sign_off.propose(opened, "release", "ed-1", "because")
    return folder


def everything(folder: Path) -> object:
    """All that can be read of a desk, after every page of it was checked."""
    with vault.open(folder, NAME, WORDS) as opened:
        opened.check()
        held = [opened.all("content", kind) for kind in ("partner", "contact", "report")]
        with opened.file("audit") as file:
            checked = audit.verify(file, opened.roster)
        profiles = opened.all("identities", "identities")
        return held, profiles, opened.ledger_entries(), sign_off.every(opened), checked, [*opened.audited()]


def damaged(whole: Path, folder: Path, file: str, data: bytes) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    (folder / file).write_bytes(data)
    with pytest.raises(vault.VaultDamaged) as raised:
        everything(folder)
    assert file in str(raised.value)
    assert "restore from a backup" in str(raised.value)


@pytest.mark.parametrize("file", FILES)
def test_a_bit_flipped_anywhere_is_named(whole: Path, tmp_path: Path, file: str) -> None:
    data = (whole / file).read_bytes()

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(data) - 1), st.integers(0, 7))
    def flip(place: int, bit: int) -> None:
        altered = bytes([data[place] ^ 1 << bit])
        damaged(whole, tmp_path / "desk", file, data[:place] + altered + data[place + 1 :])

    flip()


@pytest.mark.parametrize("file", FILES)
def test_a_file_cut_anywhere_is_named(whole: Path, tmp_path: Path, file: str) -> None:
    data = (whole / file).read_bytes()

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(data) - 1) | st.integers(0, (len(data) - 1) // PAGE).map(lambda page: page * PAGE))
    def cut(length: int) -> None:
        damaged(whole, tmp_path / "desk", file, data[:length])

    cut()


@pytest.mark.parametrize("file", FILES[:-1])
def test_every_page_of_every_file_counts(whole: Path, tmp_path: Path, file: str) -> None:
    data = (whole / file).read_bytes()
    for page in range(0, len(data), PAGE):
        damaged(whole, tmp_path / "desk", file, data[:page] + bytes(PAGE) + data[page + PAGE :])


@pytest.mark.parametrize("file", FILES[:-1])
def test_a_page_in_the_place_of_another_is_named(whole: Path, tmp_path: Path, file: str) -> None:
    data = (whole / file).read_bytes()
    first, second = data[PAGE : 2 * PAGE], data[2 * PAGE : 3 * PAGE]
    damaged(whole, tmp_path / "desk", file, data[:PAGE] + second + first + data[3 * PAGE :])


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_missing_is_named(whole: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(whole, tmp_path / "desk")
    (tmp_path / "desk" / file).unlink()
    with pytest.raises(vault.VaultDamaged, match=file):
        everything(tmp_path / "desk")


@pytest.mark.parametrize("file", FILES[:-1])
def test_plain_sqlite_in_the_place_of_a_file_is_refused_and_not_written(whole: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(whole, tmp_path / "desk")
    place = tmp_path / "desk" / file
    place.unlink()
    with sqlite3.connect(place) as plain:
        plain.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
    plain.close()
    planted = place.read_bytes()
    with pytest.raises(vault.CipherNotLive):
        vault.open(tmp_path / "desk", NAME, WORDS)
    assert place.read_bytes() == planted


PLAIN_LIBRARY = "from sqlite3 import *\nfrom sqlite3 import dbapi2\n"
USE = """
import sys, datetime, pathlib
from farbank import vault
try:
    if sys.argv[1] == "create":
        members = [vault.Member("Ines Okafor", sys.argv[3], ("safety-officer",))]
        cost = vault.Cost(passes=1, memory=8192)
        vault.create(pathlib.Path(sys.argv[2]), members, since=datetime.date(2031, 1, 1), cost=cost)
    else:
        vault.open(pathlib.Path(sys.argv[2]), "Ines Okafor", sys.argv[3])
except vault.CipherNotLive as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.parametrize("library", [PLAIN_LIBRARY, "raise ImportError('no cipher')\n"], ids=["plain", "missing"])
def test_without_a_library_that_encrypts_nothing_is_made_or_changed(whole: Path, tmp_path: Path, library: str) -> None:
    """The library exchanged for one that takes the key and writes plaintext (seen where two packages share a name)."""
    for name in ("__init__.py", "dbapi2.py"):
        (tmp_path / "stub" / "sqlcipher3").mkdir(parents=True, exist_ok=True)
        (tmp_path / "stub" / "sqlcipher3" / name).write_text(library)
    shutil.copytree(whole, tmp_path / "desk")
    before = {path.name: path.read_bytes() for path in (tmp_path / "desk").iterdir()}
    path = os.pathsep.join([str(tmp_path / "stub"), *filter(None, sys.path)])
    for what, folder in (("create", "new"), ("open", "desk")):
        ran = subprocess.run(
            [sys.executable, "-c", USE, what, str(tmp_path / folder), WORDS],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
        )
        if library == PLAIN_LIBRARY:
            assert ran.returncode == 7, ran.stderr
            assert "does not encrypt" in ran.stdout
        else:
            assert "no cipher" in ran.stderr
    assert [each.name for each in tmp_path.iterdir() if each.name not in ("stub", "desk")] == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "desk").iterdir()} == before


def test_of_two_writers_one_waits_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "BUSY_SECONDS", 0.2)
    found(tmp_path / "desk")
    with vault.open(tmp_path / "desk", NAME, WORDS) as one, vault.open(tmp_path / "desk", OTHER, WORDS) as other:
        with one.transaction():
            one.put("content", "note", "1", b"first")
            with pytest.raises(vault.VaultBusy):
                other.put("content", "note", "2", b"second")
            with pytest.raises(vault.VaultBusy), other.transaction():
                raise AssertionError("it was let in")
            assert other.all("content", "note") == {}
        other.put("content", "note", "2", b"second")
        assert one.all("content", "note") == other.all("content", "note") == {"1": b"first", "2": b"second"}


def test_a_report_of_a_hundred_megabytes_is_kept_and_found(tmp_path: Path) -> None:
    found(tmp_path / "desk")
    text = ". - " * 25_000_000 + "lockkeeper"
    with vault.open(tmp_path / "desk", NAME, WORDS) as opened:
        reports.put_partner(opened, Partner(handle="wren", language="en"))
        reports.file_contact(opened, Contact(id="c", partner="wren", when=When("2031-07-02"), channel="mail"))
        reports.file_report(opened, Report(id="big", contact="c", language="en", text=text))
        with vault.Search(opened) as search:
            (hit,) = search.find("lockkeeper")
        assert hit.text == text
        opened.check()


IMPORT = """
import sys, pathlib
from farbank import vault
with vault.open(pathlib.Path(sys.argv[1]), "Ines Okafor", sys.argv[2]) as opened, opened.transaction():
    for number in range(100_000):
        opened.put("content", "note", f"n{number}", b"levee " * 50)
        if number % 500 == 0:
            print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0, 2_000, 9_000])
def test_an_import_of_a_hundred_thousand_records_that_is_killed_leaves_none(tmp_path: Path, after: int) -> None:
    found(tmp_path / "desk")
    with vault.open(tmp_path / "desk", NAME, WORDS) as opened:
        opened.put("content", "note", "before", b"here")
    running = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(tmp_path / "desk"), WORDS], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    for line in running.stdout:
        if int(line) >= after:
            break
    running.kill()
    assert running.wait() == -signal.SIGKILL
    with vault.open(tmp_path / "desk", NAME, WORDS) as opened:
        opened.check()
        assert opened.all("content", "note") == {"before": b"here"}
