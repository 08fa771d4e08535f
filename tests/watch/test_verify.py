"""What somebody who has the archive's folder in hand, or time itself, may do to it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc import ArchiveIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farbank.model.captures import Capture
from farbank.watch import archive, captures, filing, layout
from farbank.watch.errors import DamagedArchive
from farbank.watch.prepare import prepare
from farbank.watch.verify import Verified, verify

START = datetime(2031, 5, 12, 22, tzinfo=UTC)
PAGE = "<h1>Bridge at Varn</h1><time>2031-05-12</time><article><p>{}</p></article>"


def capture(number: int, text: str = "Carts crossed.", status: int = 200, taken: datetime = START) -> Capture:
    html = PAGE.format(text).encode() if status == 200 else b""
    headers = (("content-type", "text/html"), ("etag", f'"{number}"'))
    return Capture(url=f"http://varn.example/{number}", taken=taken, status=status, headers=headers, body=html)


def fill(folder: Path) -> Path:
    """Three days of filing: five pages, then one unchanged, one not modified, one gone, then one more."""
    clock = [START]
    for found in (
        [capture(n, f"Carts crossed {n} times at dawn.") for n in range(5)],
        [
            capture(0, "Carts crossed 0 times at dawn.", taken=START + timedelta(1)),
            capture(1, status=304, taken=START + timedelta(1)),
            capture(2, status=404, taken=START + timedelta(1)),
        ],
        [capture(9, taken=START + timedelta(2))],
    ):
        with filing.filing(folder, clock=lambda: clock[0]) as opened:
            for one in found:
                opened.file(prepare(one, ()))
        clock[0] += timedelta(1)
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("filled") / "archive")


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "archive"))


def found(folder: Path) -> Verified | None:
    """What verifying says, None if the archive does not even open."""
    try:
        return verify(folder)
    except DamagedArchive:
        return None


def test_an_archive_as_it_was_filed_has_no_fault(filled: Path) -> None:
    said = verify(filled)
    assert said.faults == ()
    assert (said.captures, said.days, said.last, said.unsealed) == (9, 2, date(2031, 5, 13), 1)
    assert said.hash is not None
    assert f"2031-05-13: {said.hash}" in " ".join(said.sentences)


def test_the_raw_captures_are_a_web_archive_others_can_read(filled: Path) -> None:
    with captures.path(filled / layout.CAPTURES, 1).open("rb") as file:
        records = [
            (one.headers["WARC-Type"], one.headers["WARC-Target-URI"], one.reader.read())
            for one in ArchiveIterator(file, parse_http=True)
        ]
    assert [kind for kind, _, _ in records] == ["response"] * 5 + ["revisit", "revisit", "response", "response"]
    assert records[3][1] == "http://varn.example/3"
    assert records[3][2] == PAGE.format("Carts crossed 3 times at dawn.").encode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_of_a_raw_capture_goes_unnoticed(filled: Path, tmp_path: Path, where: float, bit: int) -> None:
    folder = Path(shutil.copytree(filled, tmp_path / f"{where}-{bit}"))
    path = captures.path(folder / layout.CAPTURES, 1)
    data = bytearray(path.read_bytes())
    data[int(where * len(data))] ^= 1 << bit
    path.write_bytes(data)
    before, after = members(filled), members(folder)
    said = found(folder)
    shutil.rmtree(folder)
    assert said is None or said.faults or before == after  # some bits of a gzip header mean nothing


def members(folder: Path) -> list[object]:
    """What every capture holds, as far as it reads."""
    held: list[object] = []
    with archive.open(folder) as opened:
        for raw in opened.store.raw():
            try:
                held.append(captures.opened(captures.read(folder / layout.CAPTURES, raw.kept)))
            except Exception as error:
                held.append(repr(error))
    return held


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE capture SET url = 'http://varn.example/8' WHERE number = 4", "address or time"),
        ("UPDATE capture SET taken = taken + 1 WHERE number = 4", "the day 2031-05-12"),
        ("UPDATE capture SET filed = filed + 86400000000 WHERE number = 4", "the day 2031-05-12"),
        ("UPDATE capture SET status = 404 WHERE number = 4", "the day 2031-05-12"),
        ("UPDATE capture SET sha256 = x'00' WHERE number = 4", "not the one that was filed"),
        ("DELETE FROM capture WHERE number = 5", "the day 2031-05-12"),
        ("DELETE FROM capture WHERE number > 5 AND number < 9", "the day 2031-05-13"),
        ("DELETE FROM sealed WHERE day = (SELECT min(day) FROM sealed)", "the days of filing"),
        ("UPDATE sealed SET root = '" + "0" * 64 + "'", "the days of filing"),
        ("UPDATE article SET body = 'Carts did not cross.' WHERE ordinal = 2", "article 2"),
        ("UPDATE article SET title = 'Ferry at Varn' WHERE ordinal = 2", "article 2"),
    ],
)
def test_a_changed_catalogue_is_told_by_what_was_sealed(copy: Path, change: str, told: str) -> None:
    database = sqlite3.connect(copy / layout.CATALOGUE)
    assert database.execute(change).rowcount
    database.commit()
    database.close()
    said = verify(copy)
    assert any(told in f"{fault.what}: {fault.wrong}" for fault in said.faults), said.faults


def test_a_page_swapped_for_another_with_its_hash_is_told_by_the_day(copy: Path) -> None:
    other = captures.member(capture(3, "Carts were stopped."), b"\0" * 32)
    folder = copy / layout.CAPTURES
    with archive.open(copy) as opened:
        raw = next(one for one in opened.store.raw() if one.number == 4)
    data = captures.path(folder, 1).read_bytes()
    path = captures.path(folder, 1)
    path.write_bytes(data[: raw.kept.start] + other + data[raw.kept.start + raw.kept.length :])
    assert verify(copy).faults


def test_days_left_out_at_the_end_change_the_hash_that_was_kept(filled: Path, copy: Path) -> None:
    database = sqlite3.connect(copy / layout.CATALOGUE)
    database.execute("DELETE FROM sealed WHERE day = (SELECT max(day) FROM sealed)")
    database.commit()
    database.close()
    said = verify(copy)
    assert said.hash != verify(filled).hash
    assert said.unsealed == 4


def test_a_clock_set_back_files_nothing_on_a_day_that_is_sealed(filled: Path, copy: Path) -> None:
    with filing.filing(copy, clock=lambda: START - timedelta(30)) as opened:
        opened.file(prepare(capture(12, taken=START - timedelta(30)), ()))
    said = verify(copy)
    assert said.faults == ()
    assert said.hash == verify(filled).hash
    assert said.unsealed == 2


def lose(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.unlink()
    path.touch()


def halve(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("harm", [lose, empty, halve])
@pytest.mark.parametrize("file", ["captures/*.gz", "index/*.idx", "index/*.pos", "index/*.term", "catalogue.db"])
def test_what_is_lost_is_named(copy: Path, file: str, harm: Callable[[Path], None]) -> None:
    harm(next(copy.glob(file)))
    said = found(copy)
    assert said is None or said.faults
