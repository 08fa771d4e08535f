"""Back a desk up: what was added since the last time, and all keys anew, as of one instant.

Whoever backs up backs up the compartments they hold, readable by those who hold them: a backup opens for nobody for
whom the desk does not. The keyring in it is sealed to the root, so that a place that is found gives nobody a passphrase
to guess at: it takes the desk's paper and one of its people.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from farbank import whole
from farbank.model.errors import FolderInUse
from farbank.vault import age, backup_places, cipher, files, keyring, schema
from farbank.vault.backup_parts import (
    ADDED,
    KEPT_WHOLE,
    KEYRING,
    KEYS,
    SEGMENTS,
    Chunk,
    Keys,
    Row,
    latest,
    read_keys,
    sealed_chunk,
    sealed_keys,
)
from farbank.vault.compartments import KEPT, Compartment
from farbank.vault.errors import BackupDamaged, NotAllowed, OtherBackup
from farbank.vault.keypair import Public
from farbank.vault.roles import reads_all
from farbank.vault.schema import audit, record
from farbank.vault.store import Vault

CHUNK = 8 << 20
"""Bytes of rows in one segment, more if a single body is longer."""
_NOISE = 32 << 20
"""Bytes of bodies replaced or burned that a place keeps however little is left of the rest."""


def backup(opened: Vault, place: Path) -> tuple[Compartment, ...]:
    """Bring `place` up to this instant, and return the compartments that are in it now; others stay as they were.

    Nobody is kept from writing meanwhile. Until it is whole, the backup before it is what the place holds.
    Raises NotAllowed, OtherBackup, BackupDamaged, FolderInUse, OSError.
    """
    opened.assert_in_files("a backup")
    if not reads_all(opened.me.roles):
        raise NotAllowed("a handler sees only part of the desk; ask somebody who reads all of it to back it up")
    _assert_place(place)
    (place / SEGMENTS).mkdir(mode=0o700, parents=True, exist_ok=True)
    with files.locked(place):
        before = _newest(place)
        with _nothing_half_done(place, before), _as_of_now(opened) as (ring, snapshots):
            made = {name: _compartment(opened, place, before, name, file) for name, file in snapshots.items()}
            _put_in_force(opened, place, before, ring, made)
        _sweep(place, made)
    backup_places.note(opened, place, {name: keys.marks for name, keys in made.items()})
    return tuple(made)


def _compartment(opened: Vault, place: Path, before: Path | None, compartment: Compartment, file: Connection) -> Keys:
    previous = _previous(opened, before, compartment, file)
    records, live = _records(file) if _has(file, "record") else ([], 0)
    if previous is not None and previous.stored > 2 * live + _NOISE:
        previous = None  # more noise than records: begin anew, the old segments are swept away
    marks = dict(previous.marks) if previous else {}
    segments, stored = list(previous.segments) if previous else [], previous.stored if previous else 0
    for chunk in _chunks(file, marks):
        stored += sum(len(row[1]) for row in chunk.get("record", ()))
        segment, sealed = sealed_chunk(compartment, chunk)
        whole.file(place / SEGMENTS / segment.name, sealed)
        segments.append(segment)
    return Keys(
        compartment=compartment,
        root=opened.roster.root.signing,
        made=datetime.now(UTC),
        schema=schema.VERSION,
        segments=tuple(segments),
        marks=marks,
        stored=stored,
        beside=tuple(each for each in KEPT if each in opened.compartments or _is_in(before, each)),
        records=records,
        tables={name: _rows(file, name) for name in KEPT_WHOLE if _has(file, name)},
        last=_line(file, marks["audit"]) if compartment == "audit" else b"",
    )


def _previous(opened: Vault, before: Path | None, compartment: Compartment, file: Connection) -> Keys | None:
    """The keys of the backup before, None if it had none that open for this person."""
    if before is None or not _is_in(before, compartment):
        return None
    path = before / f"{compartment}.age"
    other = OtherBackup(
        f"{path.parent.parent} holds a backup of another desk or another state of this one; name another"
    )
    try:
        found = read_keys(path, opened.secret, opened.roster)
    except BackupDamaged:
        raise OtherBackup(
            f"{path} does not open for {opened.person}: it is damaged, another desk's, or from before they joined; "
            "name another place, or have somebody back up here who was there before"
        ) from None
    if found.root != opened.roster.root.signing or any(_last(file, name) < at for name, at in found.marks.items()):
        raise other
    if compartment == "audit" and _line(file, found.marks["audit"]) != found.last:
        raise other
    return found


def _chunks(file: Connection, marks: dict[str, int]) -> Iterator[Chunk]:
    """What came since `marks`, in pieces that fit in memory; moves the marks along."""
    chunk: Chunk = {}
    size = 0
    for name, row in _added(file, dict(marks)):
        chunk.setdefault(name, []).append(row)
        size += sum(len(value) for value in row if isinstance(value, bytes | str)) + 16
        if size >= CHUNK:
            yield chunk
            chunk, size = {}, 0
    if chunk:
        yield chunk
    marks |= {name: _last(file, name) for name in ("record", *ADDED) if _has(file, name)}


def _added(file: Connection, marks: Mapping[str, int]) -> Iterator[tuple[str, Row]]:
    streaming = file.execution_options(yield_per=2_000)
    if _has(file, "record"):
        bodies = select(record.c.changed, record.c.body).where(record.c.changed > marks.get("record", 0))
        for row in streaming.execute(bodies.where(record.c.body.is_not(None)).order_by(record.c.changed)):
            yield "record", tuple(row)
    for name, table in ADDED.items():
        if _has(file, name):
            asked = select(table).where(table.c.sequence > marks.get(name, 0)).order_by(table.c.sequence)
            yield from ((name, tuple(row)) for row in streaming.execute(asked))


def _put_in_force(
    opened: Vault, place: Path, before: Path | None, ring: keyring.Keyring, made: Mapping[Compartment, Keys]
) -> None:
    """Put the new keys where restoring looks for them, in one step, and do away with the old."""
    number = 1 if before is None else int(before.name.removeprefix(KEYS)) + 1
    with whole.folder(place / f"{KEYS}{number:06}") as building:
        for compartment in KEPT:
            name = f"{compartment}.age"
            if compartment in made:
                to = _recipients(ring, compartment)
                whole.file(building / name, sealed_keys(made[compartment], to, opened.person, opened.secret))
            elif before is not None and _is_in(before, compartment):
                whole.file(building / name, (before / name).read_bytes())
        whole.file(building / KEYRING, age.seal(keyring.encode(ring), [ring.roster.root]))


def _sweep(place: Path, made: Mapping[Compartment, Keys]) -> None:
    """Take away older keys, what a killed backup left, and segments that no keys open any more."""
    newest = latest(place)
    for folder in (*place.glob(f"{KEYS}[0-9]*"), *place.glob(f".{KEYS}*")):
        if folder != newest:
            shutil.rmtree(folder)
    for compartment, keys in made.items():
        wanted = {segment.name for segment in keys.segments}
        for path in (place / SEGMENTS).glob(f"{compartment}-*"):
            if path.name not in wanted:
                path.unlink()


@contextmanager
def _nothing_half_done(place: Path, before: Path | None) -> Iterator[None]:
    """Take away what was written if it fails, so that a full disk is no fuller for it."""
    there = {*(place / SEGMENTS).iterdir()}
    try:
        yield
    except BaseException:
        if _newest(place) == before:  # else it is in force already
            for path in {*(place / SEGMENTS).iterdir()} - there:
                path.unlink()
        raise


def _recipients(ring: keyring.Keyring, compartment: Compartment) -> list[Public]:
    holders = {*ring.holders(compartment)}
    return [each.public for each in ring.roster if each.name in holders] + [ring.roster.root] * bool(ring.recovery)


@contextmanager
def _as_of_now(opened: Vault) -> Iterator[tuple[keyring.Keyring, dict[Compartment, Connection]]]:
    """The keyring and every compartment held, all as they were at one instant, while others go on writing."""
    with ExitStack() as held:
        snapshots = {name: cipher.connect(opened.path(name), opened.keys[name]) for name in opened.compartments}
        for file in snapshots.values():
            held.callback(_close, file)
        with opened.transaction():  # nobody writes for as long as it takes to begin reading
            ring = keyring.read(opened.folder)
            for file in snapshots.values():
                file.exec_driver_sql("BEGIN")
                file.execute(select(schema.meta)).all()
        yield ring, snapshots


def _close(file: Connection) -> None:
    engine = file.engine
    file.close()
    engine.dispose()


def _assert_place(place: Path) -> None:
    ours = (SEGMENTS, KEYS, f".{KEYS}", ".verifying-")
    if place.exists() and not (place.is_dir() and all(each.name.startswith(ours) for each in place.iterdir())):
        raise FolderInUse(f"{place} holds something else than a backup; name a new or an empty folder")


def _newest(place: Path) -> Path | None:
    return latest(place) if any(place.glob(f"{KEYS}[0-9]*")) else None


def _is_in(before: Path | None, compartment: Compartment) -> bool:
    return before is not None and (before / f"{compartment}.age").exists()


def _has(file: Connection, table: str) -> bool:
    return file.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).first() is not None


def _records(file: Connection) -> tuple[list[Row], int]:
    """Every record without its body, and the bytes of all bodies: in one walk through the file, which is what costs."""
    columns = [column for column in record.c if column.name != "body"]
    rows = file.execute(select(*columns, func.coalesce(func.length(record.c.body), 0))).all()
    return [tuple(row[:-1]) for row in rows], sum(row[-1] for row in rows)


def _rows(file: Connection, table: str) -> list[Row]:
    in_order = select(KEPT_WHOLE[table]).order_by(text("rowid"))  # the file's rules ask for it when they are put back
    return [tuple(row) for row in file.execute(in_order)]


def _last(file: Connection, table: str) -> int:
    column = record.c.changed if table == "record" else ADDED[table].c.sequence
    return file.scalar(select(func.coalesce(func.max(column), 0))) or 0


def _line(file: Connection, sequence: int) -> bytes:
    return file.scalar(select(audit.c.hash).where(audit.c.sequence == sequence)) or b""
