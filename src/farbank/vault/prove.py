"""Prove a backup by reading it: every file of it from the disk, every key tried, all that is new opened.

Segments are never changed. So of one that was proved before, the digest of its file says that it is still what was
opened then, and the audit is followed from the line up to which it was. What was proved is noted in the desk, where the
holder of the place cannot write. That a desk comes of it all is shown by restoring it (see `restore`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from farbank.model import codec
from farbank.vault import acts, aead, audit, backup_places, keyring, records, restore, scopes
from farbank.vault.backup_parts import Keys, Row, Segment, read_chunk, read_sealed
from farbank.vault.compartments import Compartment, file_name
from farbank.vault.errors import AuditBroken, BackupDamaged, VaultDamaged
from farbank.vault.keyring import Keyring
from farbank.vault.restore import Restored
from farbank.vault.store import Vault


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """How far a compartment of a place was proved: its segments by digest, and per table the last row (`marks`).

    `end` is where the audit ends: number, hash, and what the next line carries of the signature.
    """

    segments: tuple[bytes, ...] = ()
    marks: dict[str, int] = {}
    end: tuple[int, bytes, bytes] = (0, audit.START, audit.UNSIGNED)


NOTHING = Proof()
Proofs = dict[Compartment, Proof]


def prove(opened: Vault, place: Path) -> Restored:
    """Read a backup as far as this person can, and note what was proved; says what `restore.verify` does.

    Raises NoBackup, BackupDamaged, AuditBroken.
    """
    ring = keyring.read(opened.folder)
    there = restore.found(place)
    held = [each for each in opened.keys if each in there]
    before = _before(opened, place)
    proofs: Proofs = {}
    for compartment in held:
        keys = restore.keys_there(place, compartment, opened.secret, ring)
        proofs[compartment] = _compartment(opened, place, keys, ring, before.get(compartment, NOTHING))
    backup_places.note_proof(opened, place, codec.to_json(proofs))
    at, hash, _ = proofs["audit"].end if "audit" in proofs else NOTHING.end
    checked = audit.Checked(lines=at, last=hash.hex()) if "audit" in proofs else None
    return Restored(tuple(held), tuple(each for each in there if each not in held), checked)


def _before(opened: Vault, place: Path) -> Proofs:
    noted = backup_places.proof(opened, place)
    return {} if noted is None else codec.from_json(noted, Proofs, "backup proof")


def _compartment(opened: Vault, place: Path, keys: Keys, ring: Keyring, before: Proof) -> Proof:
    if not {*before.segments} <= {segment.digest for segment in keys.segments}:
        before = NOTHING  # the place was begun anew
    new = [segment for segment in keys.segments if segment.digest not in before.segments]
    for segment in keys.segments:
        if segment not in new:
            read_sealed(place, segment)
    end = before.end
    if keys.compartment == "ledger":
        _ledger(opened, place, keys, ring)
    elif keys.compartment == "audit":
        end = _audit(place, keys, ring, new, before)
    else:
        _records(opened, place, keys, ring, new, before.marks)
    digests = tuple(segment.digest for segment in keys.segments)
    return Proof(segments=digests, marks=keys.marks, end=end)


def _ledger(opened: Vault, place: Path, keys: Keys, ring: Keyring) -> None:
    """It is small: put it back, under the rules its file has."""
    with tempfile.TemporaryDirectory(prefix=".verifying-", dir=place) as folder:
        restore.lay(place, Path(folder) / file_name("ledger"), opened.keys["ledger"], keys, ring)


def _audit(place: Path, keys: Keys, ring: Keyring, new: Sequence[Segment], before: Proof) -> audit.End:
    acts.every_of(map(_step, keys.tables["act"]), ring.roster, str(place))
    start = audit.End(*before.end)
    end = audit.follow(_joined(place, new), start, ring.roster)
    if end.hash != (keys.last or audit.START):
        raise AuditBroken(end.sequence, "it is not the last line of the backup")
    return end


def _joined(place: Path, segments: Sequence[Segment]) -> Iterator[audit.Joined]:
    heads = {row[0]: (row[1], row[2]) for segment in segments for row in read_chunk(place, segment).get("head", ())}
    for segment in segments:
        for sequence, body, hash in read_chunk(place, segment).get("audit", ()):
            yield (sequence, body, hash, *heads.pop(sequence, (None, b"")))
    for sequence in heads:
        raise AuditBroken(sequence, "it was signed and is missing")


def _step(row: Row) -> acts.Taken:
    id, step, person, body, signature = row
    return id, step, person, body, signature


def _records(
    opened: Vault, place: Path, keys: Keys, ring: Keyring, new: Sequence[Segment], proved: Mapping[str, int]
) -> None:
    """Open each record whose body is in a new segment, and of all others the key; none may lack its body."""
    of = keys.compartment
    try:
        held = scopes.keys_of(keys.tables["scope"], of, opened.person, opened.secret, ring.roster, file_name(of))
        rows = _live(place, keys)
        logged = proved.get("log", 0)
        for segment in new:
            chunk = read_chunk(place, segment)
            for number, body in chunk.get("record", ()):
                row = rows.pop(number, None)
                if row is not None and row.scope in held:
                    records.opened(row._replace(body=body), of, held[row.scope], file_name(of))
            for number, *_ in chunk.get("log", ()):
                if number != logged + 1:
                    raise BackupDamaged(place, f"{file_name(of)}: entry {logged + 1} of its logs is in no segment")
                logged = number
        for row in rows.values():
            if row.changed > proved.get("record", 0):
                raise BackupDamaged(place, f"{file_name(of)}: the body of {row.kind} “{row.id}” is in no segment")
            _assert_key(row, of, held)
    except VaultDamaged as error:
        raise BackupDamaged(place, str(error)) from None


def _live(place: Path, keys: Keys) -> dict[int, records.Row]:
    """The records that are not gone, by the number of the change they were written with."""
    rows = [records.Row._make([*row[:4], None, *row[4:]]) for row in keys.records]
    if len({row.changed for row in rows}) < len(rows) or len({(row.kind, row.id) for row in rows}) < len(rows):
        raise BackupDamaged(place, f"{file_name(keys.compartment)}: a record is in it twice")
    return {row.changed: row for row in rows if row.gone is None}


def _assert_key(row: records.Row, compartment: Compartment, held: Mapping[str, bytes]) -> None:
    bound = codec.to_json((compartment, row.kind, row.id))
    if row.scope in held and aead.open(row.key or b"", bound, held[row.scope]) is None:
        raise VaultDamaged(file_name(compartment), f"the key of {row.kind} “{row.id}” was altered")
