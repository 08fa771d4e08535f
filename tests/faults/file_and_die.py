"""File articles into an archive, told after every batch, until killed; run by test_ingest_kill.py.

One process loads everything once and forks a child a kill, so that a thousand kills take minutes.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from farbank.model import codec
from farbank.model.captures import Capture
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, filing
from farbank.watch.prepare import prepare
from farbank.watch.sources.lines import HEADERS
from farbank.watch.verify import verify

ARTICLES = 400
WORDS = ("rain", "levee", "harvest", "rice", "bridge", "mill", "river", "festival", "school", "frost")


def captures() -> Iterator[Capture]:
    """Articles that are the same every time."""
    chance = random.Random(7)
    for n in range(ARTICLES):
        body = "\n".join(" ".join(chance.choices(WORDS, k=20)) + f" item{n}." for _ in range(3))
        article = Article(
            id=f"k{n}", outlet="KCNA", lang="en", date=date(2031, 7, 1 + n % 28), title=f"T{n}", body=body
        )
        yield Capture(
            url=f"urn:k:{n}", taken=datetime(2031, 8, 1, tzinfo=UTC), headers=HEADERS, body=codec.to_json(article)
        )


def child(folder: Path, done: int) -> None:
    """File everything in small batches, and write the number of articles committed to `done` after each."""
    with filing.filing(folder) as opened:
        for number, capture in enumerate(captures(), 1):
            opened.file(prepare(capture, ()))
            if number % 25 == 0:
                opened.commit()
                os.write(done, number.to_bytes(4, "big"))


def committed(folder: Path) -> set[str]:
    """The ids an archive can be asked for; every one once, its passages all in the index."""
    with archive.open(folder) as opened:
        ids = [opened.store.article(n).id for n in range(1, opened.store.last + 1)]
        assert len(ids) == len(set(ids)), "an article is there twice"
        days = Window(first=date(2031, 7, 1), last=date(2031, 7, 31))
        for one in ids[-30:]:
            found = opened.index.find([{"en": (("item", one[1:]),)}], days)
            assert len(found) == 3, f"{one} has {len(found)} of 3 passages"
        assert len(opened.index.find([{"en": (("t", "0"),)}], days)) <= 1
        held = opened.store.days("KCNA", "en", days)
        assert sum(day.bodies for day in held) == len(ids), "the days do not add up"
    return set(ids)


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill so many children at random moments; print what went wrong, or how many were killed at work."""
    chance = random.Random(seed)
    at_work = 0
    lost: set[str] = set()
    longest = 0.5
    for _ in range(kills):
        read, write = os.pipe()
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            child(folder, write)
            os._exit(0)
        os.close(write)
        time.sleep(chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        told = os.read(read, 1 << 20)
        os.close(read)
        if os.WIFSIGNALED(status):
            at_work += 1
        else:
            longest = max(0.05, min(longest, time.monotonic() - started))
        lost |= {f"k{n}" for n in range(int.from_bytes(told[-4:], "big"))}
        if lost or (folder / "archive.json").exists():
            found = committed(folder)
            assert lost <= found, f"lost {sorted(lost - found)[:5]}"
        if len(lost) == ARTICLES:
            lost = set()
            for path in sorted(folder.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
    if (folder / "archive.json").exists():
        with filing.filing(folder):
            pass
        assert verify(folder).faults == (), "what was mended does not verify"
    print(at_work)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
