"""Whether an archive is as it was filed: every raw capture, every sealed day, every text and the index. Offline."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from farbank.watch import captures, days, layout, stamps
from farbank.watch.archive import open as open_archive
from farbank.watch.errors import BrokenChain, DamagedArchive
from farbank.watch.store import Raw, Store

STEP = 1000


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was filed: what, and what is wrong with it."""

    what: str
    wrong: str


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: how much was looked at, the hash of the last sealed day, which vouches for all before it, the
    captures filed since then, which nothing vouches for yet, and every fault."""

    captures: int
    articles: int
    days: int
    last: date | None
    hash: str | None
    unsealed: int
    stamps: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def sentences(self) -> list[str]:
        """What was found, ready to print."""
        said = [f"{fault.what}: {fault.wrong}." for fault in self.faults]
        if not said:
            said.append(f"{self.captures:,} captures and {self.articles:,} texts are as they were filed.")
        if self.last is not None:
            said.append(f"{self.days:,} days of filing are sealed. {self.last}: {self.hash}")
            said.append("Kept elsewhere, that line shows that no capture filed by then was changed since.")
        if self.unsealed:
            said.append(f"{self.unsealed:,} captures are of a day that is not sealed yet.")
        return [*said, *(f"Timestamp for {stamp}." for stamp in self.stamps)]


def verify(folder: Path, trust: bytes | None = None, progress: Callable[[int], None] | None = None) -> Verified:
    """Read everything again and compare it with what was noted when it was filed.

    A record of a day that was kept elsewhere, or stamped, shows that nothing before it was changed since; `trust` are
    certificates (PEM) of the authorities whose stamps are believed. `progress` is told of captures. Raises NoArchive,
    StaleArchive, DamagedArchive where the catalogue itself does not read.
    """
    faults: list[Fault] = []
    layout.check(folder)
    with layout.sound(folder):
        store = Store(folder / layout.CATALOGUE)
        try:
            count = 0
            for count, fault in enumerate(_captures(store, folder / layout.CAPTURES), 1):
                faults += [fault] if fault else []
                if progress and count % STEP == 0:
                    progress(STEP)
            chain = store.sealed()
            faults += [*_days(store, chain), *_texts(store), *_index(folder)]
            return Verified(
                captures=count,
                articles=store.last,
                days=len(chain),
                last=chain[-1].day if chain else None,
                hash=chain[-1].hash if chain else None,
                unsealed=count - sum(record.count for record in chain),
                stamps=tuple(_stamps(store, chain, trust)),
                faults=tuple(faults),
            )
        finally:
            store.close()


def _captures(store: Store, folder: Path) -> Iterator[Fault | None]:
    whole: set[bytes] = set()
    for raw in store.raw():
        wrong = _wrong(raw, folder, whole)
        yield Fault(what=f"capture {raw.number} ({raw.url})", wrong=wrong) if wrong else None


def _wrong(raw: Raw, folder: Path, whole: set[bytes]) -> str:
    try:
        record = captures.opened(captures.read(folder, raw.kept))
    except (DamagedArchive, ValueError, zlib.error):
        return f"its record in {captures.path(folder, raw.kept.file).name} is missing or damaged"
    if (record.url, record.date) != (captures.address(raw.url), captures.date(raw.taken)):
        return "its address or time is not the one that was filed"
    if record.body is None:
        kept = raw.status == captures.NOT_MODIFIED or raw.sha256 in whole
        return "" if kept else "the earlier capture it points to is not there"
    whole.add(raw.sha256)
    return "" if hashlib.sha256(record.body).digest() == raw.sha256 else "its body is not the one that was filed"


def _days(store: Store, chain: list[days.DayRoot]) -> Iterator[Fault]:
    try:
        days.verify(chain)
    except BrokenChain as error:
        yield Fault(what="the days of filing", wrong=str(error))
    for record in chain:
        if not days.holds(record, store.entries(record.day)):
            yield Fault(what=f"the day {record.day}", wrong="what the catalogue says was filed on it is not what was")


def _texts(store: Store) -> Iterator[Fault]:
    for ordinal in range(1, store.last + 1):
        try:
            store.article(ordinal)
        except DamagedArchive:
            yield Fault(what=f"article {ordinal}", wrong="its text is not the one that was filed")


def _index(folder: Path) -> Iterator[Fault]:
    try:
        open_archive(folder).close()
    except DamagedArchive as error:
        yield Fault(what="the index", wrong=str(error))


def _stamps(store: Store, chain: list[days.DayRoot], trust: bytes | None) -> Iterator[str]:
    records = {record.hash: record for record in chain}
    for stamp in store.stamps():
        record = records.get(stamp.hash)
        if record is None:
            yield f"{stamp.authority}: of a record that is not here"
        elif trust is None and stamp.reply:
            yield f"{record.day}, {stamp.authority}: a reply is held; name whom to trust to have it verified"
        else:
            yield f"{record.day}, {stamp.authority}: {stamps.standing(stamp, record, trust or b'')}"
