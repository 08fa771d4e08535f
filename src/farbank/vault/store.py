"""An open desk: records by kind and id in the compartments this person holds, the ledger, and the audit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from nacl import exceptions
from nacl.secret import Aead
from nacl.signing import SigningKey
from nacl.utils import random
from sqlalchemy import Connection, func, insert, select

from farbank.model import codec
from farbank.vault import acts, audit, keyring, ledger, records, schema, scopes
from farbank.vault.audit import Event
from farbank.vault.compartments import KEPT, Compartment
from farbank.vault.errors import (
    CompartmentClosed,
    DeskChanged,
    LedgerIsAppendOnly,
    NoSuchRecord,
    NotAllowed,
    NotAssigned,
    NotOnAServer,
    VaultDamaged,
    VaultNotWritten,
)
from farbank.vault.keypair import Secret
from farbank.vault.ledger import LedgerEntry
from farbank.vault.place import Files, Place
from farbank.vault.roster import Colleague, Roster
from farbank.vault.schema import log
from farbank.vault.scopes import DESK, Granter
from farbank.vault.transaction import Transactions

Address = tuple[Compartment, str, str]
"""Where a record is kept: compartment, kind, id."""

LOG_KEY = "log-key"
"""The kind of the records that hold the key of each log, by topic."""


class Vault:
    """A desk as one person sees it; made by `vault.open`, used in a `with` block, by one thread.

    `keys` and `secret` are this person's own, in memory for as long as the vault is open. Outside `transaction()` every
    write is durable when the call returns.
    """

    def __init__(
        self,
        folder: Path,
        person: str,
        secret: Secret,
        keys: Mapping[Compartment, bytes],
        roster: Roster,
        place: Place | None = None,
    ) -> None:
        self.folder = folder
        self.place = Files(folder) if place is None else place
        self.person = person
        self.secret = secret
        self.keys = dict(keys)
        self.roster = roster
        self._files: dict[Compartment, Connection] = {}
        self._scopes: dict[Compartment, dict[str, bytes]] = {}
        self._open_files()

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
        return tuple(compartment for compartment in KEPT if compartment in self.keys)

    @property
    def in_files(self) -> bool:
        """Whether the compartments are files of its folder, not on a server."""
        return isinstance(self.place, Files)

    def assert_in_files(self, what: str) -> None:
        """Refuse what only a folder of files can do. Raises NotOnAServer."""
        if not self.in_files:
            raise NotOnAServer(f"{what} is not for a desk on a server; bring it home first, with farbank desk fetch")

    @property
    def me(self) -> Colleague:
        """This person, as the roster has them. Raises NotAllowed for the root, which is nobody."""
        found = self.roster.colleague(self.person)
        if found is None:
            raise NotAllowed("a desk opened by its root does nobody's work; have one of its people do it")
        return found

    def reopen(self, keys: Mapping[Compartment, bytes], roster: Roster) -> None:
        """Go on with other keys, or under another roster."""
        self.close()
        self.keys, self.roster = dict(keys), roster
        self._open_files()

    def close(self) -> None:
        """Close every file; the vault cannot be used afterwards."""
        opened, self._files = self._files, {}
        for connection in opened.values():
            connection.close()
        for connection in opened.values():
            connection.engine.dispose()
        self.place.close()

    # Records

    def put(
        self, compartment: Compartment, kind: str, id: str, body: bytes | msgspec.Struct, *, scope: str = DESK
    ) -> None:
        """Write one record, replacing what was there; a noun is kept as JSON.

        Raises CompartmentClosed, NotAssigned, RecordErased.
        """
        data = body if isinstance(body, bytes) else codec.to_json(body)
        with self.records(compartment) as file:
            records.put(file, compartment, kind, id, data, scope, self.scope_key(compartment, scope))

    def get(self, compartment: Compartment, kind: str, id: str) -> bytes:
        """Read one record. Raises NoSuchRecord, also for one assigned to others; CompartmentClosed, VaultDamaged."""
        return self.some(compartment, kind, (id,))[id]

    def some(self, compartment: Compartment, kind: str, ids: Collection[str]) -> dict[str, bytes]:
        """Read the records of a kind with these ids. Raises what `get` does, if it is for one of them."""
        with self.records(compartment) as file:
            rows, held, path = records.named(file, kind, ids), self._scopes[compartment], self.path(compartment)
            for id in ids:
                if id not in rows or rows[id].gone or rows[id].scope not in held:
                    raise NoSuchRecord(f"the vault's {compartment} holds no {kind} “{id}”; check the spelling")
            return {id: records.opened(rows[id], compartment, held[rows[id].scope], str(path)) for id in ids}

    def all(self, compartment: Compartment, kind: str, *, scope: str | None = None) -> dict[str, bytes]:
        """Read every record of a kind this person may, of one scope or of all, by id in order.

        Raises CompartmentClosed, VaultDamaged.
        """
        with self.records(compartment) as file:
            held, path = self._scopes[compartment], str(self.path(compartment))
            return {
                row.id: records.opened(row, compartment, held[row.scope], path)
                for row in records.kept(file, kind, scope)
                if row.scope in held
            }

    def ids(self, compartment: Compartment, kind: str) -> tuple[str, ...]:
        """List the ids of a kind in order, without reading the records. Raises CompartmentClosed, VaultDamaged."""
        with self.records(compartment) as file:
            return records.ids(file, kind, self._scopes[compartment])

    def delete(self, compartment: Compartment, kind: str, id: str) -> None:
        """Delete one record, key and body; nothing happens if there is none. Raises CompartmentClosed."""
        with self.records(compartment) as file:
            records.remove(file, kind, id, "deleted")

    def erase(self, compartment: Compartment, kind: str, id: str) -> None:
        """Delete one record for good: nothing can be written in its place. Raises CompartmentClosed."""
        with self.records(compartment) as file:
            records.remove(file, kind, id, "erased")

    # Scopes

    def open_scope(self, compartment: Compartment, scope: str, names: Sequence[str]) -> None:
        """Make a scope of its own for these people; who reads all of the desk's reads it too. Raises NotAssigned."""
        people = {each.name: each.public for each in self.roster if each.name in names}
        with self.transaction(), self.records(compartment) as file:
            desk = self.scope_key(compartment, DESK)
            self._scopes[compartment][scope] = scopes.new(file, compartment, scope, people, desk, self._granter)

    def let_in(self, compartment: Compartment, scope: str, to: Colleague) -> None:
        """Let somebody of the desk into a scope. Raises NotAssigned unless this person reads all of the desk's."""
        self.scope_key(compartment, DESK)
        with self.records(compartment) as file:
            key = self.scope_key(compartment, scope)
            scopes.grant(file, compartment, scope, to.name, to.public, key, self._granter)

    def let_out(self, compartment: Compartment, scope: str, name: str) -> None:
        """Let somebody into a scope no longer, and give it a new key; what they read before they may have kept.

        Raises NotAssigned unless this person reads all of the desk's, VaultDamaged.
        """
        self._shut_out(compartment, name, (scope,))

    def shut_out(self, compartment: Compartment, name: str) -> None:
        """Take somebody out of every scope, and replace each key they had. Raises NotAssigned, VaultDamaged."""
        self._shut_out(compartment, name, self.scopes_of(compartment, name))

    def scopes_of(self, compartment: Compartment, name: str) -> tuple[str, ...]:
        """The scopes somebody was let into by name."""
        with self.records(compartment) as file:
            return scopes.of(file, name)

    def scope_members(self, compartment: Compartment, scope: str) -> tuple[str, ...]:
        """Names of those let into a scope by name."""
        with self.records(compartment) as file:
            return scopes.members(file, scope)

    def held_scopes(self, compartment: Compartment) -> dict[str, bytes]:
        """The keys of every scope this person is in, as the file has them now. Raises CompartmentClosed."""
        with self.records(compartment) as file:
            self._scopes[compartment] = scopes.keys(
                file, compartment, self.person, self.secret, self.roster, str(self.path(compartment))
            )
        return dict(self._scopes[compartment])

    def scope_key(self, compartment: Compartment, scope: str) -> bytes:
        """The key of a scope. Raises CompartmentClosed, NotAssigned."""
        self._assert_held(compartment)
        try:
            return self._scopes[compartment][scope]
        except KeyError:
            raise NotAssigned(
                f"{self.person} is not among those who may write there; ask an editor to assign it"
            ) from None

    # Logs

    def append(self, compartment: Compartment, topic: str, body: bytes | msgspec.Struct) -> None:
        """Add to a log, whose entries are never changed; they go all together, with the log's key.

        The key is a record, so that it can be erased. Raises CompartmentClosed, NotAssigned, RecordErased.
        """
        data = body if isinstance(body, bytes) else codec.to_json(body)
        with self.transaction(), self.records(compartment) as file:
            key = self._log_key(compartment, topic)
            if key is None:
                key = random(Aead.KEY_SIZE)
                self.put(compartment, LOG_KEY, topic, key)
            sealed = bytes(Aead(key).encrypt(data, topic.encode()))
            following = select(func.coalesce(func.max(log.c.sequence), 0) + 1).scalar_subquery()
            file.execute(insert(log).values(sequence=following, topic=topic, body=sealed))

    def log(self, compartment: Compartment, topic: str) -> tuple[bytes, ...]:
        """Every entry of a log, in the order added; none once it was erased. Raises CompartmentClosed, VaultDamaged."""
        key = self._log_key(compartment, topic)
        if key is None:
            return ()
        box = Aead(key)
        with self.records(compartment) as file:
            rows = file.scalars(select(log.c.body).where(log.c.topic == topic).order_by(log.c.sequence))
            try:
                return tuple(box.decrypt(bytes(body), topic.encode()) for body in rows)
            except exceptions.CryptoError:
                raise VaultDamaged(self.path(compartment), f"an entry of the log {topic} was altered") from None

    # Ledger

    def ledger_append(self, entry: LedgerEntry, key: SigningKey | None = None) -> int:
        """Add to the ledger and return the sequence number: the intent, then the edition, then the confirmation.

        An intent is signed with the desk's `key`, anything else by this person.
        Raises AlreadyInLedger, NoIntent, IntentNotSigned, CompartmentClosed.
        """
        sign = self.secret.sign if key is None else lambda data: key.sign(data).signature
        with self.transaction(), self.file("ledger") as file:
            return ledger.append(file, entry, sign, ledger.signed_now(self.roster))

    def ledger_entries(self) -> tuple[LedgerEntry, ...]:
        """Every entry of the ledger in order. Raises CompartmentClosed, VaultDamaged."""
        with self.file("ledger") as file:
            return ledger.entries(file, self.path("ledger"), self.roster)

    def released(self) -> tuple[LedgerEntry, ...]:
        """What may be out: every intent, since an unmatched one counts as released, and what got out elsewhere."""
        return tuple(entry for entry in self.ledger_entries() if entry.kind != "confirmation")

    def unconfirmed(self) -> tuple[str, ...]:
        """Editions whose release began and was never confirmed; somebody has to look."""
        entries = self.ledger_entries()
        confirmed = {entry.edition for entry in entries if entry.kind == "confirmation"}
        return tuple(entry.edition for entry in entries if entry.kind == "intent" and entry.edition not in confirmed)

    # Audit

    def note(self, what: str, about: str = "", note: str = "") -> None:
        """Add a line to the audit, signed by this person. Raises CompartmentClosed."""
        event = Event(at=datetime.now(UTC), who=self.person, what=what, about=about, note=note)
        with self.transaction(), self.file("audit") as file:
            audit.append(file, [event], self.roster, self.secret)

    def audited(self, *, after: int = 0) -> Iterator[tuple[int, Event]]:
        """The lines of the audit, numbered, for a safety officer. Raises NotAnOfficer, AuditBroken."""
        with self.file("audit") as file:
            yield from audit.read(file, self.person, self.secret, after=after)

    # All or nothing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything done inside, or nothing; a transaction inside another joins it.

        All compartments held are locked for writing. The files commit one after the other, content last, so what spans
        compartments needs a mark in content without which the rest does not count (see `case_store`).
        Raises VaultBusy, VaultDamaged, DeskChanged.
        """
        with self._current(), self._transactions.run():
            yield

    def after_commit(self, then: Callable[[], None]) -> None:
        """Call `then` once the transaction under way is on disk, never if it fails, at once if there is none."""
        self._transactions.after_commit(then)

    def check(self) -> None:
        """Read every page of every compartment held. Raises VaultDamaged naming the file, VaultBusy."""
        self.place.settle(self._files)
        with self.transaction():  # so that nobody writes a page while it is read
            self.place.check(self._files)

    # Files

    def path(self, compartment: Compartment) -> Path:
        """Where a compartment lies."""
        return self.place.path(compartment)

    @contextmanager
    def file(self, compartment: Compartment) -> Iterator[Connection]:
        """A compartment's open file. Raises CompartmentClosed, DeskChanged, and what `cipher.sound` does."""
        self._assert_held(compartment)
        with self._current(), self.place.sound(compartment):
            yield self._files[compartment]

    @contextmanager
    def records(self, compartment: Compartment) -> Iterator[Connection]:
        """A compartment's open file, if it is one that holds records. Raises LedgerIsAppendOnly."""
        if compartment in ("ledger", "audit"):
            raise LedgerIsAppendOnly(f"the {compartment} holds no records; it is only ever added to")
        with self.file(compartment) as file:
            yield file

    def _log_key(self, compartment: Compartment, topic: str) -> bytes | None:
        try:
            return self.get(compartment, LOG_KEY, topic)
        except NoSuchRecord:
            return None

    def _shut_out(self, compartment: Compartment, name: str, leaving: Sequence[str]) -> None:
        self.scope_key(compartment, DESK)
        with self.transaction(), self.records(compartment) as file:
            held, path, by = self._scopes[compartment], str(self.path(compartment)), self._granter
            now = scopes.renew(file, compartment, held, name, leaving, self.roster, by, path)
            self._scopes[compartment] = now

    @property
    def _granter(self) -> Granter:
        return Granter(self.person, self.secret)

    def _open_files(self) -> None:
        try:
            for compartment in self.compartments:
                self._open_file(compartment)
        except BaseException:
            self.close()
            raise
        self._transactions = Transactions(self.place, self._files)

    def _open_file(self, compartment: Compartment) -> None:
        functions: dict[str, Callable[..., bool]] = {
            "farbank_entry_signed": ledger.signed_now(self.roster),
            "farbank_act_signed": acts.signed_now(self.roster),
        }
        path = self.path(compartment)
        file = self._files[compartment] = self.place.open(compartment, self.keys[compartment], functions)
        with self.place.sound(compartment):
            schema.bring_up(file, str(path), self.roster)
            if compartment not in ("ledger", "audit"):
                held = scopes.keys(file, compartment, self.person, self.secret, self.roster, str(path))
                self._scopes[compartment] = held

    @contextmanager
    def _current(self) -> Iterator[None]:
        # To whoever has a file open while it is put under another key, it looks damaged.
        try:
            yield
        except (VaultDamaged, VaultNotWritten):
            if keyring.read(self.folder).roster.sequence > self.roster.sequence:
                raise DeskChanged("keys of this desk were replaced while you had it open; open it again") from None
            raise

    def _assert_held(self, compartment: Compartment) -> None:
        if compartment not in self.keys:
            raise CompartmentClosed(f"{self.person} holds no key to {compartment}; ask somebody of the desk who does")
