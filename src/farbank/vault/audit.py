"""What was done on the desk, line after line: chained by hash, signed by whoever did it, never changed.

A line is sealed to the safety officers, so that the chain is checked by people who cannot read it. Whoever adds lines
signs the last, after checking that the line before was signed. Each line carries the BLAKE2b hash of itself, the line
before and its signature, so that one signature vouches for all that the same person signed just before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from farbank.model import codec
from farbank.vault import upsert
from farbank.vault.errors import AuditBroken, NotAnOfficer
from farbank.vault.keypair import Public, Secret
from farbank.vault.roster import Roster
from farbank.vault.schema import audit as table
from farbank.vault.schema import head as table_of_heads
from farbank.vault.schema import reading

_DOMAIN = b"farbank audit 1\n"
PURPOSE = b"audit line"
"""What a line is sealed for."""
_READING = b"audit reading"
START = bytes(32)
"""What the first line follows."""
UNSIGNED = bytes(32)
"""What a line carries of the signature before it where there is none."""
NOT_SIGNED = "its signature is not that of the one it names"
CHUNK = 500
"""Signatures a thread checks at a time."""


class Head(NamedTuple):
    """A signature: of which line, its hash, whose it is, and itself."""

    sequence: int
    hash: bytes
    person: str
    signature: bytes


class End(NamedTuple):
    """How far a chain was followed: the last line, its hash, and what the next one carries of its signature."""

    sequence: int = 0
    hash: bytes = START
    over: bytes = UNSIGNED


Joined = tuple[int, bytes, bytes, str | None, bytes]
"""A line's number, body and hash, then whose signature is on it, if there is one, and the signature."""

_lines_and_heads = table.outerjoin(table_of_heads, table.c.sequence == table_of_heads.c.sequence)
_JOINED = (
    select(table.c.sequence, table.c.body, table.c.hash, table_of_heads.c.person, table_of_heads.c.signature)
    .select_from(_lines_and_heads)
    .order_by(table.c.sequence)
)
LAST = (
    select(table.c.sequence, table.c.hash, table_of_heads.c.person, table_of_heads.c.signature)
    .select_from(_lines_and_heads)
    .order_by(table.c.sequence.desc())
    .limit(1)
)
_ADD, _SIGN = insert(table), insert(table_of_heads)


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
    """Add lines and sign the last; call it inside a transaction, so that nobody adds between.

    Raises AuditBroken if the line before them was not signed by the one it names: nobody vouches for that.
    """
    if not events:
        return
    before = connection.execute(LAST).first()
    sequence, hash, signed = 0, START, UNSIGNED
    if before is not None:
        sequence, hash = before.sequence, before.hash
        if before.person is None or not _holds(Head(*before), roster):
            raise AuditBroken(sequence, NOT_SIGNED)
        signed = over(before.person, before.signature)
    sealing = Public(sealing=roster.reading, signing=roster.reading)
    rows = []
    for event in events:
        body = sealing.seal(codec.to_json(event), PURPOSE)
        sequence, hash = sequence + 1, hashed(hash, signed, sequence + 1, body)
        signed = UNSIGNED
        rows.append({"sequence": sequence, "body": body, "hash": hash})
    connection.execute(_ADD, rows)
    who = events[-1].who
    connection.execute(
        _SIGN, {"sequence": sequence, "person": who, "signature": secret.sign(signed_text(sequence, hash, who))}
    )


def verify(connection: Connection, roster: Roster) -> Checked:
    """Check every line and every signature; no key to read a line with is needed.

    Raises AuditBroken naming the first line that is not as it was written, or that nobody signed for.
    """
    end = _followed(_joined(connection), End())
    _assert_held(end, roster)
    at = end.reached.sequence
    beyond = connection.scalar(select(func.min(table_of_heads.c.sequence)).where(table_of_heads.c.sequence > at))
    if beyond is not None:
        raise AuditBroken(beyond, "it was signed and is missing")
    _assert_covered(end, 0)
    return Checked(lines=at, last=end.reached.hash.hex())


def follow(joined: Iterable[Joined], start: End, roster: Roster) -> End:
    """Check lines that come after `start`, and every signature on them, and say where they end. Raises AuditBroken."""
    end = _followed(joined, start)
    _assert_held(end, roster)
    _assert_covered(end, start.sequence)
    return end.reached


def read(connection: Connection, person: str, secret: Secret, *, after: int = 0) -> Iterator[tuple[int, Event]]:
    """The lines after one, with their numbers, for a safety officer. Raises NotAnOfficer, AuditBroken."""
    opening = reading_secret(connection, person, secret)
    for sequence, sealed in _lines(connection, after):
        body = opening.open(sealed, PURPOSE)
        if body is None:
            raise AuditBroken(sequence, "it cannot be opened")
        yield sequence, codec.from_json(body, Event, f"audit line {sequence}")


def clock_back(lines: Iterable[tuple[int, Event]]) -> Iterator[tuple[int, Event]]:
    """The lines that say they were written before a line that stands above them: somebody's clock was moved."""
    latest: datetime | None = None
    for number, event in lines:
        if latest is not None and event.at < latest:
            yield number, event
        else:
            latest = event.at


def grant(connection: Connection, name: str, public: Public, opening: Secret) -> None:
    """Let somebody read the audit."""
    sealed = public.seal(opening.seed, _READING + name.encode())
    upsert.replace(connection, reading, [{"person": name, "sealed": sealed}])


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


def _lines(connection: Connection, after: int = 0) -> Iterator[tuple[int, bytes]]:
    asked = select(table.c.sequence, table.c.body).where(table.c.sequence > after).order_by(table.c.sequence)
    return ((row.sequence, row.body) for row in connection.execute(asked, execution_options={"yield_per": 1000}))


class _Followed(NamedTuple):
    """Where the chain is whole up to, the signatures to be checked, and what is wrong after it."""

    reached: End
    heads: list[Head]
    broken: AuditBroken | None


def _followed(joined: Iterable[Joined], start: End) -> _Followed:
    """Follow the chain as far as it is whole.

    Of signatures one after another by the same person, the last is enough: what it signs has the others in it.
    """
    sequence, hash, signed = start
    heads: list[Head] = []
    for number, body, written, person, signature in joined:
        if number != sequence + 1:
            return _Followed(End(sequence, hash, signed), heads, AuditBroken(sequence + 1, "it is missing"))
        following = hashed(hash, signed, number, body)
        if following != written:
            why = "it is not as it was written, or the line before it is another"
            return _Followed(End(sequence, hash, signed), heads, AuditBroken(number, why))
        sequence, hash, signed = number, following, UNSIGNED
        if person is not None:
            if heads and heads[-1].person == person:
                heads.pop()
            heads.append(Head(number, hash, person, signature))
            signed = over(person, signature)
    return _Followed(End(sequence, hash, signed), heads, None)


def _assert_held(end: _Followed, roster: Roster) -> None:
    forged = _first_forged(end.heads, roster)
    if forged is not None:
        raise AuditBroken(forged, NOT_SIGNED)
    if end.broken is not None:
        raise end.broken


def _assert_covered(end: _Followed, before: int) -> None:
    covered = end.heads[-1].sequence if end.heads else before
    if covered != end.reached.sequence:
        raise AuditBroken(covered + 1, "nobody signed for it or what follows")


def _joined(connection: Connection) -> Iterator[Joined]:
    """Every line with its signature; of a file straight from the driver, since there are a million of them."""
    if connection.dialect.name != "sqlite":
        return (tuple(row) for row in connection.execute(_JOINED))
    asked = _JOINED.compile(connection).string
    return iter(connection.connection.dbapi_connection.execute(asked))  # type: ignore[union-attr]


def _first_forged(heads: Sequence[Head], roster: Roster) -> int | None:
    """The first line whose signature is not that of the one it names."""
    chunks = (heads[start : start + CHUNK] for start in range(0, len(heads), CHUNK))
    with ThreadPoolExecutor() as threads:  # libsodium computes outside the interpreter's lock
        found = threads.map(
            lambda chunk: next((head.sequence for head in chunk if not _holds(head, roster)), None), chunks
        )
        return next((sequence for sequence in found if sequence is not None), None)


def _holds(head: Head, roster: Roster) -> bool:
    return roster.signed(head.person, signed_text(head.sequence, head.hash, head.person), head.signature)


def hashed(before: bytes, over: bytes, sequence: int, body: bytes) -> bytes:
    """The hash of a line, of the line before and what is `over` it, its number and its sealed body."""
    data = before + over + sequence.to_bytes(8, "big") + body
    return blake2b(data, person=b"farbank audit", digest_size=32).digest()


def over(person: str, signature: bytes) -> bytes:
    """What a line carries of the signature before it."""
    return blake2b(signature + person.encode(), person=b"farbank head", digest_size=32).digest()


def signed_text(sequence: int, hash: bytes, who: str) -> bytes:
    """What somebody signs of the last line they add."""
    return _DOMAIN + sequence.to_bytes(8, "big") + hash + who.encode()
