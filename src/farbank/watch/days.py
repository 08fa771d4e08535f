"""What was filed day by day, each day sealed on top of the one before, so that none can be changed unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Annotated

import msgspec

from farbank.model import codec
from farbank.watch import merkle
from farbank.watch.errors import BrokenChain, DaySealed

Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in hexadecimal."""


class DayRoot(msgspec.Struct, frozen=True, kw_only=True):
    """The record of one day of filing: how many entries, the root of the tree over them, and the record before.

    `previous` is the hash of the last record before this one, None in the first.
    """

    day: date
    count: int
    root: Hash
    previous: Hash | None

    @property
    def encoded(self) -> bytes:
        """The record as JSON with sorted keys and no spaces: what its hash and a timestamp are taken of."""
        return codec.to_json(self)

    @property
    def hash(self) -> str:
        """SHA-256 of the record, in hexadecimal."""
        return sha256(self.encoded).hexdigest()


def seal(day: date, entries: Iterable[bytes], previous: DayRoot | None) -> DayRoot:
    """The record of `day`, whose `entries` are what was filed in the order it was filed.

    Raises DaySealed if `previous` is not of an earlier day.
    """
    if previous is not None and day <= previous.day:
        raise DaySealed(f"{day}: {DaySealed.__doc__}")
    tree = merkle.Tree()
    for entry in entries:
        tree.add(entry)
    before = previous.hash if previous else None
    return DayRoot(day=day, count=tree.count, root=tree.root().hex(), previous=before)


def holds(record: DayRoot, entries: Iterable[bytes]) -> bool:
    """Whether `entries` are what the record was sealed over: all of them, in their order, and no other."""
    again = seal(record.day, entries, None)
    return (again.count, again.root) == (record.count, record.root)


def verify(chain: Iterable[DayRoot]) -> str | None:
    """Follow a whole chain, oldest record first, and return the hash of its last one, None if it is empty.

    Whoever can change a record can write every later one anew, or leave the last ones out: the hash returned has to be
    compared with one that was kept elsewhere, or stamped. Raises BrokenChain naming the day.
    """
    before: DayRoot | None = None
    for record in chain:
        follows = before is None or before.day < record.day
        if not follows or record.previous != (before.hash if before else None):
            raise BrokenChain(f"{record.day}: {BrokenChain.__doc__}")
        before = record
    return before.hash if before else None
