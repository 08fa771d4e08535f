"""Whether an archive is as it was filed: every raw capture, all that was read from it, every sealed day, the index.

Offline. What the catalogue says is not believed: it is read from the raw captures again, as it was in filing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import msgspec

from farbank.country.pack import Pack
from farbank.watch import days, derived, kept, layout, rules, stamps
from farbank.watch.catalogue import Catalogue
from farbank.watch.errors import BrokenChain, DamagedArchive
from farbank.watch.findable import Finder, Indexed
from farbank.watch.index import Index
from farbank.watch.reread import Rereader
from farbank.watch.store import Store

STEP = 1000
SHOWN = 20
"""Readings by other rules that are printed."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was filed: what, and what is wrong with it."""

    what: str
    wrong: str


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: how much was looked at, the hash of the last sealed day, which vouches for all before it, the
    captures filed since then, which nothing vouches for yet, and every fault.

    `otherwise` are readings that differ from today's and were made by other rules (another version of farbank, another
    pack): nobody can tell whether they were changed since.
    """

    captures: int
    articles: int
    days: int
    last: date | None
    hash: str | None
    unsealed: int
    stamps: tuple[str, ...]
    faults: tuple[Fault, ...]
    otherwise: tuple[Fault, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """What was found, ready to print."""
        said = [f"{fault.what}: {fault.wrong}." for fault in self.faults]
        if self.otherwise:
            said.append(
                f"{len(self.otherwise):,} readings differ from those of this farbank and pack, and were made by other "
                "rules: whether they were changed since cannot be told. Build the archive anew from its captures."
            )
            said += [f"{one.what}: {one.wrong}." for one in self.otherwise[:SHOWN]]
        if not said:
            said.append(f"{self.captures:,} captures and {self.articles:,} texts are as they were filed.")
        if self.last is not None:
            said.append(f"{self.days:,} days of filing are sealed. {self.last}: {self.hash}")
            said.append("Kept elsewhere, that line shows that no capture filed by then was changed since.")
        if self.unsealed:
            said.append(f"{self.unsealed:,} captures are of a day that is not sealed yet.")
        return [*said, *(f"Timestamp for {stamp}." for stamp in self.stamps)]


def verify(
    folder: Path,
    trust: bytes | None = None,
    progress: Callable[[int], None] | None = None,
    pack: Pack | None = None,
) -> Verified:
    """Read everything again and compare it with what was noted when it was filed.

    `pack` is the one it was filed with. A record of a day that was kept elsewhere, or stamped, shows that nothing
    before it was changed since; `trust` are certificates (PEM) of the authorities whose stamps are believed. `progress`
    is told of captures. Raises NoArchive, StaleArchive, DamagedArchive where the catalogue itself does not read.
    """
    layout.check(folder)
    with layout.sound(folder), _reading(folder), closing(Store(folder / layout.CATALOGUE)) as store:
        found = _Findings(rules.current(pack))
        count = _reread(store, folder, pack, found, progress)
        chain = store.sealed()
        found.faults += _days(store, chain)
        return Verified(
            captures=count,
            articles=store.last,
            days=len(chain),
            last=chain[-1].day if chain else None,
            hash=chain[-1].hash if chain else None,
            unsealed=count - sum(record.count for record in chain),
            stamps=tuple(_stamps(store, chain, trust)),
            faults=tuple(found.faults),
            otherwise=tuple(found.otherwise),
        )


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Say that a catalogue is damaged where a column or a table holds what none of its kind does."""
    try:
        yield
    except (TypeError, ValueError, OverflowError) as error:
        raise DamagedArchive(f"{folder}: {DamagedArchive.__doc__}") from error


class _Findings:
    """What is wrong, and what differs from a reading by other rules than today's."""

    def __init__(self, now: str) -> None:
        self._now = now
        self.faults: list[Fault] = []
        self.otherwise: list[Fault] = []

    def add(self, what: str, wrong: str, *made: str) -> None:
        """Note something; `made` are the rules by which what it rests on was read."""
        other = any(one != self._now for one in made)
        (self.otherwise if other else self.faults).append(Fault(what=what, wrong=wrong))

    def of_articles(self, wrongs: Iterable[tuple[int, str]]) -> None:
        """Note what is wrong with articles, by their ordinals."""
        for ordinal, wrong in wrongs:
            self.add(f"article {ordinal}", wrong)


def _reread(
    store: Store, folder: Path, pack: Pack | None, found: _Findings, progress: Callable[[int], None] | None
) -> int:
    """Go through the captures, their readings and the index, and say how many captures there are."""
    with closing(Catalogue(None, rules.current(pack))) as again:
        reader, finder = Rereader(store, again, pack), _finder(store, folder, found)
        count = 0
        for count, one in enumerate(reader.each(kept.each(store, folder / layout.CAPTURES)), 1):
            what = f"capture {one.raw.number} ({one.raw.url})"
            for wrong in one.damaged:
                found.add(what, wrong)
            for wrong in one.wrong:
                found.add(what, wrong, one.raw.rules)
            text, ordinal = one.text, one.raw.article or 0
            if finder and text and text.article and ordinal <= store.last:
                found.of_articles(finder.look_up(Indexed(ordinal, text.article, text.cut)))
            if progress and count % STEP == 0:
                progress(STEP)
        found.of_articles(finder.up_to(store.last) if finder else ())
        _derived(store, again, found)
    return count


def _finder(store: Store, folder: Path, found: _Findings) -> Finder | None:
    try:
        return Finder(Index(folder / layout.INDEX, store.last, store.passages()))
    except DamagedArchive as error:
        found.add("the index", str(error))
        return None


def _derived(store: Store, again: Catalogue, found: _Findings) -> None:
    """Compare the tables; what is filed and cannot be searched yet is not counted in them."""
    behind = again.end_of_articles() - store.last
    if behind > 0:
        wrong = "they are filed and cannot be searched, as the last writing did not end; the next one mends that"
        found.add(f"the last {behind} texts", wrong)
    again.open_up(min(store.last, again.end_of_articles()))
    for one in derived.compare(store, again):
        found.add(one.what, one.wrong, *one.rules)


def _days(store: Store, chain: list[days.DayRoot]) -> Iterator[Fault]:
    try:
        days.verify(chain)
    except BrokenChain as error:
        yield Fault(what="the days of filing", wrong=str(error))
    sealed = {record.day for record in chain}
    for day in store.days_of_filing():
        if chain and day <= chain[-1].day and day not in sealed:
            yield Fault(what=f"the day {day}", wrong="captures are said to be filed on it, and nothing was sealed")
    for record in chain:
        if not days.holds(record, store.entries(record.day)):
            yield Fault(what=f"the day {record.day}", wrong="what the catalogue says was filed on it is not what was")


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
