from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from farbank.model import codec
from farbank.model.captures import Capture
from farbank.model.errors import FarbankError
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, filing
from farbank.watch.errors import ArchiveBusy, DamagedArchive, NoArchive, StaleArchive
from farbank.watch.index import split
from farbank.watch.passages import MOST, passages
from farbank.watch.prepare import ALONE, CHUNK, Reading, prepare
from farbank.watch.sources.lines import HEADERS

ALL = Window(first=date(2024, 1, 1), last=date(2024, 12, 31))


def article(number: int, body: str = "Rain fell.\n\nRivers rose.", **more: str) -> Article:
    fields = {"outlet": "KCNA", "lang": "en", "title": f"Report {number}"} | more
    return Article(id=f"a{number}", date=date(2024, 7, 1 + number % 28), body=body, **fields)


def hits(folder: Path, *phrase: str, language: str = "en") -> set[tuple[str, int]]:
    with archive.open(folder) as opened:
        found = opened.index.find([{language: (phrase,)}], ALL)
        return {(opened.store.article(split(key)[0]).id, split(key)[1]) for key in found}


def test_what_goes_in_is_found_by_title_and_paragraph(tmp_path: Path) -> None:
    info = archive.build([article(1, "Heavy rains fell.\n \nRivers rose."), article(2, "Calm.")], tmp_path)
    assert (info.articles, info.bodies, info.titles_only, info.passages, info.folded) == (2, 2, 0, 5, 0)
    assert (info.first, info.last) == (date(2024, 7, 2), date(2024, 7, 3))
    assert hits(tmp_path, "rain") == {("a1", 1)}
    assert hits(tmp_path, "river", "rose") == {("a1", 2)}
    assert hits(tmp_path, "rose", "river") == set()
    assert hits(tmp_path, "report") == {("a1", 0), ("a2", 0)}


def test_a_language_is_searched_by_its_own_words_only(tmp_path: Path) -> None:
    spanish = article(2, "El pan.", lang="es")
    archive.build([article(1, "A pan of rice."), spanish, article(3, "큰물피해를 입은 군", lang="ko")], tmp_path)
    assert hits(tmp_path, "pan") == {("a1", 1)}
    assert hits(tmp_path, "pan", language="es") == {("a2", 1)}
    assert hits(tmp_path, "큰물", "물피", "피해", language="ko") == {("a3", 1)}


def test_the_window_includes_both_ends(tmp_path: Path) -> None:
    archive.build([article(n) for n in range(5)], tmp_path)
    with archive.open(tmp_path) as opened:
        window = Window(first=date(2024, 7, 2), last=date(2024, 7, 4))
        found = opened.index.find([{"en": (("rain",),)}], window)
        days = {opened.store.article(split(key)[0]).date.day for key in found}
    assert days == {2, 3, 4}


def test_the_same_id_is_one_article(tmp_path: Path) -> None:
    info = archive.build([article(1), article(1), article(2)], tmp_path)
    assert (info.articles, info.versions, info.captures) == (2, 0, 2)
    assert hits(tmp_path, "rain") == {("a1", 1), ("a2", 1)}


def test_building_again_adds(tmp_path: Path) -> None:
    archive.build([article(1)], tmp_path)
    info = archive.build([article(1), article(2)], tmp_path)
    assert (info.articles, info.versions, info.captures) == (2, 0, 2)
    assert hits(tmp_path, "rain") == {("a1", 1), ("a2", 1)}


def test_an_empty_archive_opens_and_finds_nothing(tmp_path: Path) -> None:
    info = archive.build([], tmp_path)
    assert (info.articles, info.first, info.last) == (0, None, None)
    assert hits(tmp_path, "rain") == set()


def broken() -> Iterator[Article]:
    yield article(7, "Snow.")
    raise FarbankError("the file ends here")


def test_what_came_before_an_error_is_filed_and_the_next_time_goes_on_from_there(tmp_path: Path) -> None:
    archive.build([article(1)], tmp_path)
    with pytest.raises(FarbankError, match="ends here"):
        archive.build(broken(), tmp_path)
    assert hits(tmp_path, "snow") == {("a7", 1)}
    info = archive.build([article(7, "Snow."), article(8)], tmp_path)
    assert (info.articles, info.captures) == (3, 3)


def test_a_folder_without_an_archive_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="build one"):
        archive.open(tmp_path)


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ArchiveBusy, match="wait"):
            archive.build([article(1)], tmp_path)


def test_an_archive_whose_words_were_cut_otherwise_is_not_searched(tmp_path: Path) -> None:
    archive.build([article(1)], tmp_path)
    mark = json.loads((tmp_path / "archive.json").read_bytes())
    (tmp_path / "archive.json").write_text(json.dumps(mark | {"cut": "0" * 16}))
    with pytest.raises(StaleArchive, match="build it anew"):
        archive.open(tmp_path)


def test_a_damaged_pointer_is_named(tmp_path: Path) -> None:
    archive.build([article(1)], tmp_path)
    (tmp_path / "archive.json").write_bytes(b"{")
    with pytest.raises(DamagedArchive, match=r"archive\.json"):
        archive.open(tmp_path)


def other(path: Path, data: bytes) -> None:
    """Another file in its place: one cut short while it is mapped ends the process, on any system."""
    path.unlink()
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: other(path, b""), lambda path: other(path, b"no")])
@pytest.mark.parametrize("file", ["catalogue.db", "meta.json", "*.idx", "*.term", "*.pos", "*.fast"])
def test_a_damaged_archive_says_what_to_do(tmp_path: Path, file: str, harm: Callable[[Path], object]) -> None:
    archive.build([article(1)], tmp_path)
    (path,) = tmp_path.rglob(file)
    harm(path)
    with pytest.raises(DamagedArchive, match="build it anew"):
        hits(tmp_path, "river", "rose")


def test_nothing_is_added_to_a_damaged_archive(tmp_path: Path) -> None:
    archive.build([article(1)], tmp_path)
    path = tmp_path / "captures" / "00001.warc.gz"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DamagedArchive, match="build it anew"):
        archive.build([article(2)], tmp_path)
    assert hits(tmp_path, "rain") == {("a1", 1)}


NO_ROOM = """
import resource, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from farbank.model.statemedia import Article
from farbank.watch import archive

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
articles = (
    Article(id=f"k{n}", outlet="KCNA", lang="en", date=date(2024, 7, 1), title="Snow", body=f"Snow {n} fell. " * 9)
    for n in range(3000)
)
archive.build(articles, Path(sys.argv[1]))
"""


@pytest.mark.parametrize("bytes", [2_000, 20_000, 500_000])
def test_without_room_what_was_filed_before_stays(tmp_path: Path, bytes: int) -> None:
    archive.build([article(1)], tmp_path)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", NO_ROOM, str(tmp_path), str(bytes)]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert ran.stderr.splitlines()[-1].startswith("farbank.watch.errors.ArchiveNotWritten: ")
    assert hits(tmp_path, "rain") == {("a1", 1)}
    info = archive.build([article(2)], tmp_path)
    assert ("a2", 1) in hits(tmp_path, "rain")
    assert info.articles == info.captures


def test_progress_is_told_in_steps_of_what_is_new(tmp_path: Path) -> None:
    told: list[int] = []
    tell: Callable[[int], None] = told.append
    archive.build((article(n, "x") for n in range(2500)), tmp_path, tell)
    assert told == [1000, 1000, 500]
    archive.build([article(1, "x")], tmp_path, tell)
    assert told[3:] == [1]


def test_a_body_of_endless_lines_still_fits(tmp_path: Path) -> None:
    long = article(1, "\n".join(["line"] * (MOST + 50) + ["volcano"]))
    assert len(passages(long)) == MOST
    archive.build([long, article(2)], tmp_path)
    assert hits(tmp_path, "volcano") == {("a1", MOST - 1)}


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    words = "'; DROP TABLE article; -- \x00 \u202e tokens:rain AND (" + "z" * 100_000
    archive.build([article(1, words, outlet="a'b", title="\n\t")], tmp_path)
    with archive.open(tmp_path) as opened:
        assert opened.store.article(1).body == words
        assert opened.holdings == (("a'b", "en"),)


class Impatient:
    """A reading whose tokens are asked for at the very moment somebody presses ctrl-C."""

    def __iter__(self) -> Iterator[str]:
        raise KeyboardInterrupt

    def __len__(self) -> int:
        return 1


def test_ctrl_c_in_the_middle_of_filing_one_leaves_none_half_filed(tmp_path: Path) -> None:
    def reading(number: int) -> Reading:
        line = codec.to_json(article(number))
        taken = datetime(2024, 8, 1, tzinfo=UTC)
        return prepare(Capture(url=f"urn:{number}", taken=taken, headers=HEADERS, body=line), ())

    torn = reading(2)
    cut: Any = Impatient()
    with pytest.raises(KeyboardInterrupt), filing.filing(tmp_path) as opened:
        opened.file(reading(1))
        opened.commit()
        opened.file(msgspec.structs.replace(torn, cut=cut))
    assert hits(tmp_path, "rain") == {("a1", 1)}
    with filing.filing(tmp_path) as opened:
        opened.file(torn)
    assert hits(tmp_path, "rain") == {("a1", 1), ("a2", 1)}


def test_one_id_with_two_texts_is_two_versions_of_one_article(tmp_path: Path) -> None:
    info = archive.build(
        [article(1, "Two were hurt."), article(1, "Seven were hurt."), article(1, "Two were hurt.")], tmp_path
    )
    assert (info.articles, info.versions, info.bodies, info.captures) == (1, 1, 1, 2)
    assert hits(tmp_path, "two", "were") == hits(tmp_path, "seven", "were") == {("a1", 1)}
    with archive.open(tmp_path) as opened:
        (sights,) = opened.store.changed(ALL)
    assert [sight.article.body for sight in sights if sight.article] == ["Two were hurt.", "Seven were hurt."]


def test_a_title_that_gets_its_text_is_no_title_any_more(tmp_path: Path) -> None:
    assert archive.build([article(1, "")], tmp_path).titles_only == 1
    info = archive.build([article(1, "Rain fell.")], tmp_path)
    assert (info.articles, info.bodies, info.titles_only) == (1, 1, 0)


def test_many_articles_go_through_several_processes_in_order(tmp_path: Path) -> None:
    count = ALONE + 5 * CHUNK + 7
    info = archive.build((article(n, f"Parcel {n} came.") for n in range(count)), tmp_path)
    assert info.articles == count
    with archive.open(tmp_path) as opened:
        assert [opened.store.article(n).id for n in range(1, count + 1)] == [f"a{n}" for n in range(count)]


def test_who_reads_sees_what_was_there_when_they_opened_it(tmp_path: Path) -> None:
    archive.build([article(1)], tmp_path)
    with archive.open(tmp_path) as before:
        archive.build([article(2)], tmp_path)
        assert len(before.index.find([{"en": (("rain",),)}], ALL)) == 1
        assert before.extent.articles == 1
    assert hits(tmp_path, "rain") == {("a1", 1), ("a2", 1)}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_archive_on_a_disk_that_cannot_be_written_to_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    archive.build([article(1)], folder)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert hits(folder, "rain") == {("a1", 1)}
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
