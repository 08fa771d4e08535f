"""An open desk: records by kind and id in the compartments this person holds, and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Connection, delete, func, insert, literal, select

from farbank.model import codec
from farbank.vault import cipher, files, keyring, ledger, schema
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.errors import CompartmentClosed, LedgerIsAppendOnly, MemberExists, NoSuchRecord, VaultDamaged
from farbank.vault.ledger import LedgerEntry
from farbank.vault.passphrase import PRODUCTION, Cost, wrap
from farbank.vault.schema import log, record
from farbank.vault.transaction import Transactions

Address = tuple[Compartment, str, str]
"""Where a record is kept: compartment, kind, id."""


class Vault:
    """A desk as one person sees it; made by `vault.open`, used in a `with` block, by one thread.

    Outside `transaction()` every write is durable when the call returns.
    """

    def __init__(self, folder: Path, person: str, keys: Mapping[Compartment, bytes]) -> None:
        self.folder = folder
        self.person = person
        self._keys = dict(keys)
        self._files: dict[Compartment, Connection] = {}
        try:
            self._open_files()
        except BaseException:
            self.close()
            raise
        self._transactions = Transactions({self._path(name): file for name, file in self._files.items()})

    def __repr__(self) -> str:
        return f"Vault({str(self.folder)!r}, {self.person!r}, {self.compartments})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The compartments this person holds the key to."""
        return tuple(compartment for compartment in KEPT if compartment in self._keys)

    def close(self) -> None:
        """Close every file; the vault cannot be used afterwards."""
        while self._files:
            _, connection = self._files.popitem()
            engine = connection.engine
            connection.close()
            engine.dispose()

    # Records

    def put(self, compartment: Compartment, kind: str, id: str, body: bytes | msgspec.Struct) -> None:
        """Write one record, replacing what was there; a noun is kept as JSON. Raises CompartmentClosed."""
        data = body if isinstance(body, bytes) else codec.to_json(body)
        with self._records(compartment) as file:
            # Not an UPDATE: with secure_delete the old pages are zeroed either way, and this is one statement.
            file.execute(insert(record).prefix_with("OR REPLACE"), [{"kind": kind, "id": id, "body": data}])

    def get(self, compartment: Compartment, kind: str, id: str) -> bytes:
        """Read one record. Raises NoSuchRecord, CompartmentClosed, VaultDamaged."""
        with self._records(compartment) as file:
            body = file.scalar(select(record.c.body).where(record.c.kind == kind, record.c.id == id))
        if body is None:
            raise NoSuchRecord(f"the vault's {compartment} holds no {kind} “{id}”; check the spelling")
        return bytes(body)

    def all(self, compartment: Compartment, kind: str) -> dict[str, bytes]:
        """Read every record of a kind, by id in order. Raises CompartmentClosed, VaultDamaged."""
        with self._records(compartment) as file:
            rows = file.execute(select(record.c.id, record.c.body).where(record.c.kind == kind).order_by(record.c.id))
            return {row.id: bytes(row.body) for row in rows}

    def ids(self, compartment: Compartment, kind: str) -> tuple[str, ...]:
        """List the ids of a kind in order, without reading the records. Raises CompartmentClosed, VaultDamaged."""
        with self._records(compartment) as file:
            return tuple(file.scalars(select(record.c.id).where(record.c.kind == kind).order_by(record.c.id)))

    def delete(self, compartment: Compartment, kind: str, id: str) -> None:
        """Delete one record, overwriting its pages; nothing happens if there is none. Raises CompartmentClosed."""
        with self._records(compartment) as file:
            file.execute(delete(record).where(record.c.kind == kind, record.c.id == id))

    # Logs

    def append(self, compartment: Compartment, topic: str, body: bytes | msgspec.Struct) -> None:
        """Add to a log, whose entries are never changed and never leave. Raises CompartmentClosed."""
        data = body if isinstance(body, bytes) else codec.to_json(body)
        following = select(func.coalesce(func.max(log.c.sequence), 0) + 1, literal(topic), literal(data))
        with self._records(compartment) as file:
            file.execute(insert(log).from_select(["sequence", "topic", "body"], following))

    def log(self, compartment: Compartment, topic: str) -> tuple[bytes, ...]:
        """Every entry of a log, in the order added. Raises CompartmentClosed, VaultDamaged."""
        with self._records(compartment) as file:
            rows = file.scalars(select(log.c.body).where(log.c.topic == topic).order_by(log.c.sequence))
            return tuple(bytes(body) for body in rows)

    # Ledger

    def ledger_append(self, entry: LedgerEntry) -> int:
        """Add to the ledger and return the sequence number: the intent, then the edition, then the confirmation.

        Raises AlreadyInLedger, NoIntent, CompartmentClosed.
        """
        with self._file("ledger") as file:
            return ledger.append(file, entry)

    def ledger_entries(self) -> tuple[LedgerEntry, ...]:
        """Every entry of the ledger in order. Raises CompartmentClosed, VaultDamaged."""
        with self._file("ledger") as file:
            return ledger.entries(file, self._path("ledger"))

    def released(self) -> tuple[LedgerEntry, ...]:
        """The intent of every edition that may be out: all of them, since an unmatched intent counts as released."""
        return tuple(entry for entry in self.ledger_entries() if entry.kind == "intent")

    def unconfirmed(self) -> tuple[str, ...]:
        """Editions whose release began and was never confirmed; somebody has to look."""
        entries = self.ledger_entries()
        confirmed = {entry.edition for entry in entries if entry.kind == "confirmation"}
        return tuple(entry.edition for entry in entries if entry.edition not in confirmed)

    # All or nothing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything done inside, or nothing; a transaction inside another joins it.

        All compartments held are locked for writing. The files commit one after the other, content last, so what spans
        compartments needs a mark in content without which the rest does not count (see `case_store`).
        Raises VaultBusy, VaultDamaged.
        """
        with self._transactions.run():
            yield

    def after_commit(self, then: Callable[[], None]) -> None:
        """Call `then` once the transaction under way is on disk, never if it fails, at once if there is none."""
        self._transactions.after_commit(then)

    # People

    def add_member(
        self, name: str, passphrase: str, compartments: tuple[Compartment, ...], *, cost: Cost = PRODUCTION
    ) -> None:
        """Give a new person keys that this person holds. Raises CompartmentClosed, MemberExists, PassphraseTooShort."""
        if not compartments:
            raise ValueError("a person of the desk holds at least one compartment")
        for compartment in compartments:
            self._assert_held(compartment)
        keys = {compartment: self._keys[compartment] for compartment in compartments}
        name = keyring.spelt(name)
        entry = keyring.Entry(name, (wrap(name, passphrase, keys, cost),))
        with files.locked(self.folder):
            ring = keyring.read(self.folder)
            if ring.person(name) is not None:
                raise MemberExists(f"the desk already has a person called {name}; choose another name")
            keyring.write(self.folder, ring.joined_by(entry))

    def check(self) -> None:
        """Read every page of every compartment held. Raises VaultDamaged naming the file, VaultBusy."""
        for compartment in self.compartments:
            with self._file(compartment) as file:
                file.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # brings the log's pages into the file
        with self.transaction():  # so that nobody writes a page while it is read
            for compartment in self.compartments:
                with self._file(compartment) as file:
                    pages = file.exec_driver_sql("PRAGMA cipher_integrity_check").all()
                    tables = file.exec_driver_sql("PRAGMA integrity_check").scalars().all()
                if pages or tables != ["ok"]:
                    raise VaultDamaged(self._path(compartment), "some of its pages were altered")

    def _open_files(self) -> None:
        for compartment in self.compartments:
            path = self._path(compartment)
            self._files[compartment] = cipher.connect(path, self._keys[compartment])
            with cipher.sound(path):
                schema.bring_up(self._files[compartment], compartment, str(path))

    def _path(self, compartment: Compartment) -> Path:
        return self.folder / file_name(compartment)

    def _assert_held(self, compartment: Compartment) -> None:
        if compartment not in self._keys:
            raise CompartmentClosed(f"{self.person} holds no key to {compartment}; ask somebody of the desk who does")

    @contextmanager
    def _file(self, compartment: Compartment) -> Iterator[Connection]:
        self._assert_held(compartment)
        with cipher.sound(self._path(compartment)):
            yield self._files[compartment]

    @contextmanager
    def _records(self, compartment: Compartment) -> Iterator[Connection]:
        if compartment == "ledger":
            raise LedgerIsAppendOnly("the ledger holds no records; append an intent or a confirmation to it")
        with self._file(compartment) as file:
            yield file
