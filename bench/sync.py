"""Five laptops that were apart, brought together by bundles carried in random order, twice, by clocks that disagree.

A desk's content is copied to five machines. On each somebody adds records and log entries of their own, changes
records that others change too, deletes some, and erases a few. Then every machine makes a bundle for every other one,
in random order, and all of it once more; each says a time up to ten years off. Lost is what somebody wrote that a
machine does not have at the end, as it stands or as one side of a conflict, and what was erased and is back; diverged
are machines that do not know what the first one knows. It matters because whoever was away must be able to trust that
what they took down is at home, and that what was forgotten stays so. Held to: lost 0, diverged 0.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import Report
from farbank import vault
from farbank.vault import bundle, history, versions

DATA = "."
PEOPLE = ("Ada", "Ben", "Cho", "Dee", "Eve")
RECORDS = 10_000
KIND, TOPIC = "report", "judgements:mill"
_START = datetime(2031, 7, 20, tzinfo=UTC)
_CHEAP = vault.Cost(passes=1, memory=8192)


def run(_data: Path, *, quick: bool = False) -> Report:
    """Print what `lost` and `diverged` come to."""
    dice, records = random.Random(8), RECORDS // 10 if quick else RECORDS
    with tempfile.TemporaryDirectory() as at:
        folders = _apart(Path(at), records // 2)
        written = [_write(folder, name, records, dice) for folder, name in zip(folders, PEOPLE, strict=True)]
        started = time.perf_counter()
        pairs = [(one, other) for one in range(len(PEOPLE)) for other in range(len(PEOPLE)) if one != other]
        exchanged = [pair for _ in range(2) for pair in dice.sample(pairs, len(pairs))]
        for one, other in exchanged:
            _carry(folders, one, other, _START + timedelta(days=dice.uniform(-3650, 3650)))
        seconds = time.perf_counter() - started
        ends = [_end(folder, name) for folder, name in zip(folders, PEOPLE, strict=True)]
    gone = {name for of in written for name in of.erased}
    lost = sum(_missing(end, of, gone) for end in ends for of in written)
    return {
        "records": len(ends[0].known),
        "laptops": len(PEOPLE),
        "bundles": len(exchanged),
        "conflicts": sum(len(known.remaining) > 1 for known in ends[0].known.values()),
        "erased": len(gone),
        "lost": lost,
        "diverged": sum((end.known, end.log) != (ends[0].known, ends[0].log) for end in ends),
        "seconds": round(seconds, 1),
    }


class _Written:
    """What somebody did while they were away."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes | None] = {}
        self.entries: list[bytes] = []
        self.erased: set[str] = set()


class _End:
    """What a machine knows at the end."""

    def __init__(self, opened: vault.Vault) -> None:
        self.known = {id: held.known for (kind, id), held in history.every(opened) if kind == KIND}
        self.log = Counter(opened.log("content", TOPIC))


def _apart(at: Path, records: int) -> list[Path]:
    roles: list[tuple[vault.Role, ...]] = [("safety-officer",)]
    roles += [("editor",)] * (len(PEOPLE) - 1)
    members = [vault.Member(name, f"{name} and six herons", of) for name, of in zip(PEOPLE, roles, strict=True)]
    vault.create(at / "home", members, since=date(2031, 1, 1), cost=_CHEAP)
    with _open(at / "home", PEOPLE[0]) as opened:
        with opened.transaction():
            for number in range(records):
                opened.put("content", KIND, f"old-{number}", b"as it was filed")
        bundle.make(opened, PEOPLE, _START)
    folders = [at / name for name in PEOPLE]
    for folder in folders:
        shutil.copytree(at / "home", folder)
    return folders


def _write(folder: Path, name: str, records: int, dice: random.Random) -> _Written:
    done, old = _Written(), records // 2
    with _open(folder, name) as opened, opened.transaction():
        for number in range(records // (2 * len(PEOPLE))):
            done.bodies[f"{name}-{number}"] = f"{name} heard {number}".encode()
        for number in dice.sample(range(old), old // 20):
            done.bodies[f"old-{number}"] = f"{name} corrected {number}".encode()
        for number in dice.sample(range(old), old // 100):
            done.bodies[f"old-{number}"] = None
        for id, body in done.bodies.items():
            if body is None:
                opened.delete("content", KIND, id)
            else:
                opened.put("content", KIND, id, body)
        for number in dice.sample(range(old), old // 200):
            done.erased.add(f"old-{number}")
            opened.erase("content", KIND, f"old-{number}")
        for number in range(records // 100):
            done.entries.append(f"{name} judged {number}".encode())
            opened.append("content", TOPIC, done.entries[-1])
    return done


def _carry(folders: list[Path], one: int, other: int, at: datetime) -> None:
    with _open(folders[one], PEOPLE[one]) as opened:
        sealed = bundle.make(opened, [PEOPLE[other]], at)
    with _open(folders[other], PEOPLE[other]) as opened:
        bundle.take(opened, sealed)


def _end(folder: Path, name: str) -> _End:
    with _open(folder, name) as opened:
        return _End(opened)


def _missing(end: _End, written: _Written, gone: set[str]) -> int:
    missing = sum(not end.known[id].erased for id in gone if id in end.known) + sum(id not in end.known for id in gone)
    for id, body in written.bodies.items():
        if id not in gone:
            said = None if body is None else versions.digest(body)
            missing += id not in end.known or said not in {each.digest for each in end.known[id].remaining.values()}
    return missing + sum(not end.log[entry] for entry in written.entries)


def _open(folder: Path, name: str) -> vault.Vault:
    return vault.open(folder, name, f"{name} and six herons")
