"""What was done on the desk, line after line: chained by hash, signed by whoever did it, never changed.

A line is sealed to the safety officers, so that the chain is checked by people who cannot read it. Each line carries
the BLAKE2b hash of itself and the line before; whoever adds lines signs the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, delete, insert, select

from farbank.model import codec
from farbank.vault.errors import AuditBroken, NotAnOfficer
from farbank.vault.keypair import Public, Secret
from farbank.vault.roster import Roster
from farbank.vault.schema import audit as table
from farbank.vault.schema import head, reading

_DOMAIN = b"farbank audit 1\n"
_PURPOSE = b"audit line"
_READING = b"audit reading"
START = bytes(32)
"""What the first line follows."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing somebody did; `about` is a token, an edition or a case, and never says whom."""

    at: datetime
    who: str
    what: str
    about: str = ""
    note: str = ""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A whole chain: how many lines, and the hash of the last, to be compared with what somebody else noted."""

    lines: int
    last: str


def append(connection: Connection, events: Sequence[Event], roster: Roster, secret: Secret) -> None:
    """Add lines and sign the last; call it inside a transaction, so that nobody adds between."""
    last = connection.execute(select(table.c.sequence, table.c.hash).order_by(table.c.sequence.desc()).limit(1)).first()
    sequence, hash = (0, START) if last is None else (last.sequence, bytes(last.hash))
    sealing = Public(sealing=roster.reading, signing=roster.reading)
    rows = []
    for event in events:
        body = sealing.seal(codec.to_json(event), _PURPOSE)
        sequence, hash = sequence + 1, _hash(hash, sequence + 1, body)
        rows.append({"sequence": sequence, "body": body, "hash": hash})
    if not rows:
        return
    connection.execute(insert(table), rows)
    who = events[-1].who
    signature = secret.sign(_signed(sequence, hash, who))
    connection.execute(insert(head), [{"sequence": sequence, "person": who, "signature": signature}])


def verify(connection: Connection, roster: Roster) -> Checked:
    """Check every line and every signature; no key to read a line with is needed.

    Raises AuditBroken naming the first line that is not as it was written, or that nobody signed for.
    """
    heads = {row.sequence: row for row in connection.execute(select(head))}
    sequence, covered, hash = 0, 0, START
    for row in _lines(connection):
        if row.sequence != sequence + 1:
            raise AuditBroken(sequence + 1, "it is missing")
        sequence, hash = row.sequence, _hash(hash, row.sequence, row.body)
        if hash != row.hash:
            raise AuditBroken(sequence, "it is not as it was written, or the line before it is another")
        signed = heads.pop(sequence, None)
        if signed is not None:
            if not roster.signed(signed.person, _signed(sequence, hash, signed.person), signed.signature):
                raise AuditBroken(sequence, "its signature is not that of the one it names")
            covered = sequence
    if sequence and covered != sequence:
        raise AuditBroken(covered + 1, "nobody signed for it or what follows")
    if heads:
        raise AuditBroken(min(heads), "it was signed and is missing")
    return Checked(lines=sequence, last=hash.hex())


def read(connection: Connection, person: str, secret: Secret, *, after: int = 0) -> Iterator[tuple[int, Event]]:
    """The lines after one, with their numbers, for a safety officer. Raises NotAnOfficer, AuditBroken."""
    opening = reading_secret(connection, person, secret)
    for row in _lines(connection, after):
        body = opening.open(row.body, _PURPOSE)
        if body is None:
            raise AuditBroken(row.sequence, "it cannot be opened")
        yield row.sequence, codec.from_json(body, Event, f"audit line {row.sequence}")


def grant(connection: Connection, name: str, public: Public, opening: Secret) -> None:
    """Let somebody read the audit."""
    sealed = public.seal(opening.seed, _READING + name.encode())
    connection.execute(insert(reading).prefix_with("OR REPLACE"), [{"person": name, "sealed": sealed}])


def revoke(connection: Connection, name: str) -> None:
    """Let somebody read the audit no longer."""
    connection.execute(delete(reading).where(reading.c.person == name))


def reading_secret(connection: Connection, person: str, secret: Secret) -> Secret:
    """What lines are opened with. Raises NotAnOfficer."""
    sealed = connection.scalar(select(reading.c.sealed).where(reading.c.person == person))
    seed = None if sealed is None else secret.open(sealed, _READING + person.encode())
    if seed is None:
        raise NotAnOfficer(f"{person} is no safety officer of this desk; ask one to read the audit")
    return Secret(seed)


def _lines(connection: Connection, after: int = 0) -> Iterator[_Line]:
    asked = select(table.c.sequence, table.c.body, table.c.hash).where(table.c.sequence > after)
    for row in connection.execution_options(yield_per=10_000).execute(asked.order_by(table.c.sequence)):
        yield _Line(row.sequence, row.body, row.hash)


class _Line(msgspec.Struct, frozen=True, gc=False):
    sequence: int
    body: bytes
    hash: bytes


def _hash(before: bytes, sequence: int, body: bytes) -> bytes:
    return blake2b(before + sequence.to_bytes(8, "big") + body, person=b"farbank audit", digest_size=32).digest()


def _signed(sequence: int, hash: bytes, who: str) -> bytes:
    return _DOMAIN + sequence.to_bytes(8, "big") + hash + who.encode()
