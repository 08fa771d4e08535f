"""A seized disk: nothing said to the desk may be readable in any file, at any moment."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import case_store

NAME, WORD, LATER = "Ines Okafor", "seven grey herons wade", "ferry rope in the fog"
PLANTED = [
    "Orla Fenwick",  # a name
    "오를라펜윅",
    "case:hidden-mill",
    "wren-of-the-weir",  # a partner's handle
    "They closed the mill at dawn",  # a report
    "tell-nobody-png-bytes",
    "gate-key-and-hashes",
    "mill-order-2031",  # the case's own name
    "edition-of-the-mill",
    "qz:north-ledger-node",
    "note-about-the-ferry",
    WORD,
    LATER,
]


def the_case() -> Case:
    empty = ("audiences", "disclosures", "record", "chains", "claims", "evidence")
    empty += ("coincidences", "statements", "searches", "pictures", "places")
    given = {
        "name": "mill-order-2031",
        "country": "qz",
        "desk": {"name": {"en": "W"}, "byline": {"en": "W"}},
        "close": date(2031, 7, 19),
        "languages": ["en"],
        "partners": [{"handle": "wren-of-the-weir", "language": "en"}],
        "persons": [{"id": "wren-of-the-weir"}],
        "contacts": [{"id": "c1", "partner": "wren-of-the-weir", "when": "2031-07-02", "channel": "call"}],
        "reports": [{"id": "r1", "contact": "c1", "language": "en", "text": "They closed the mill at dawn. " * 400}],
        "media": {"m.png": b"tell-nobody-png-bytes" * 4000},
        "stories": {},
        "identities": [
            {
                "id": "wren-of-the-weir",
                "profile": {"place": "case:hidden-mill"},
                "spellings": ["Orla Fenwick", "오를라펜윅"],
            }
        ],
    }
    return codec.convert({**{key: [] for key in empty}, **given}, Case, "planted")


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Everything this process can be caught writing to: the desk's folder, its parent and the temporary folder."""
    spill = tmp_path / "tmp"
    spill.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(variable, str(spill))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(spill)
    yield tmp_path
    tempfile.tempdir = None


def readable(disk: Path) -> list[str]:
    """What of the planted text can be read in any file, name or content, in the encodings a database might use."""
    found = []
    for path in disk.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for text in PLANTED:
            forms = [text.encode(), text.encode("utf-16-le"), text.encode().hex().encode()]
            if text in path.name or any(form in data for form in forms):
                found.append(f"{text} in {path}")
        if data.startswith(b"SQLite format 3"):
            found.append(f"{path} is a plain database")
    return found


def nameless() -> set[str]:
    """Files this process holds open that have no name any more, where the system can tell."""
    handles = Path("/proc/self/fd")
    targets = (
        [str(handle.readlink()) for handle in handles.iterdir() if handle.is_symlink()] if handles.is_dir() else []
    )
    return {target for target in targets if target.endswith("(deleted)")}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_readable_at_any_moment(disk: Path) -> None:
    desk = disk / "desk"
    cheap = vault.Cost(passes=1, memory=8192)
    people = [vault.Member(NAME, WORD, ("safety-officer",)), vault.Member("Tomas Lindqvist", WORD, ("editor",))]
    root = vault.create(desk, people, since=date(2031, 1, 1), cost=cheap).root
    assert readable(disk) == []
    with vault.open(desk, NAME, WORD) as opened:
        with opened.transaction():
            case_store.save(opened, the_case(), forbidden=b"gate-key-and-hashes" * 100)
            opened.ledger_append(
                vault.LedgerEntry(kind="elsewhere", edition="edition-of-the-mill", body=b"qz:north-ledger-node" * 50)
            )
            for number in range(2000):
                opened.put("content", "note-about-the-ferry", str(number), b"note-about-the-ferry" * 20)
            # a sort too big for the page cache is what a database spills to a file, and unlinks at once
            big = "SELECT body FROM record, (SELECT 1 FROM record LIMIT 30) WHERE kind = 'note-about-the-ferry'"
            before = nameless()
            rows = opened._files["content"].exec_driver_sql(big + " ORDER BY random()")
            assert rows.fetchone() is not None
            assert nameless() == before
            assert readable(disk) == []
            rows.close()
        assert {"audit.db-wal", "content.db-wal", "identities.db-wal", "ledger.db-wal"} <= names(desk)
        assert readable(disk) == []
        vault.people.join(opened, vault.Member("New Hand", LATER, ("editor",)), root, cost=cheap)
        opened.check()
        assert readable(disk) == []
    assert names(desk) == {"audit.db", "content.db", "identities.db", "keyring.json", "ledger.db"}
    assert readable(disk) == []
    with vault.open(desk, NAME, WORD) as opened:
        assert case_store.load(opened, "mill-order-2031").reports == the_case().reports
    assert readable(disk) == []


def test_the_search_would_have_found_it(disk: Path) -> None:
    (disk / "leak.bin").write_bytes(b"\x00\x01" + "오를라펜윅".encode("utf-16-le"))
    (disk / "Orla Fenwick.txt").touch()
    assert len(readable(disk)) == 2
