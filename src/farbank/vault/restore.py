"""Put a desk back from a backup, in a new folder, and only if every part of it is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, exc, insert

from farbank import whole
from farbank.model.errors import FolderInUse
from farbank.vault import acts, age, audit, cipher, files, keyring, ledger, records, schema, scopes
from farbank.vault.backup_parts import ADDED, KEPT_WHOLE, KEYRING, Keys, Row, latest, read_chunk, read_keys
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.errors import (
    AuditBroken,
    BackupDamaged,
    MadeByNewerFarbank,
    MadeByOlderFarbank,
    NotAllowed,
    NotTheRoot,
    UnknownMember,
    VaultDamaged,
    WrongPassphrase,
)
from farbank.vault.keypair import Public, Secret
from farbank.vault.passphrase import Passphrase, unwrap
from farbank.vault.roster import ROOT
from farbank.vault.schema import record
from farbank.vault.store import Vault


@dataclass(frozen=True)
class Restored:
    """The compartments put back, those still missing that the backup has, and the audit's length and end."""

    compartments: tuple[Compartment, ...]
    left_out: tuple[Compartment, ...]
    audit: audit.Checked | None


def restore(place: Path, into: Path, root: Secret, name: str, passphrase: str) -> Restored:
    """Put back every compartment this person holds, in a folder that is empty or new.

    It takes the root, which opens the keyring, and a person of the desk, who opens the rest. Nothing is ever restored
    over a desk, so that an older state cannot take a newer one's place. Every signature and the chain of the audit are
    checked. Raises NoBackup, BackupDamaged, NotTheRoot, UnknownMember, WrongPassphrase, FolderInUse.
    """
    whole.assert_free(into)
    ring = _keyring(place, root)
    secret = _secret(ring, name, passphrase)
    with whole.folder(into) as building:
        done = _put_back(place, building, ring, secret, _held(ring, name, secret))
        keyring.write(building, ring)
    return done


def restore_by_root(place: Path, into: Path, root: Secret) -> Restored:
    """Put a recoverable desk back with its root alone, for when nobody remembers a passphrase.

    It still has to be recovered before anybody opens it. Raises what `restore` does, and NotAllowed for a desk that did
    not choose to be recoverable.
    """
    whole.assert_free(into)
    ring = _keyring(place, root)
    if not ring.recovery:
        raise NotAllowed("this desk chose not to be opened by its root alone; it takes one of its people too")
    with whole.folder(into) as building:
        done = _put_back(place, building, ring, root, _opened(ring.recovery, ROOT, root, root.public))
        keyring.write(building, ring)
    return done


def restore_rest(place: Path, desk: Path, name: str, passphrase: str) -> Restored:
    """Put back the compartments that whoever restored `desk` held no key to. Raises what `restore` does."""
    ring = keyring.read(desk)
    secret = _secret(ring, name, passphrase)
    with files.locked(desk), tempfile.TemporaryDirectory(prefix=".restoring-", dir=desk) as folder:
        held = _held(ring, name, secret)
        missing = {each: key for each, key in held.items() if not (desk / file_name(each)).exists()}
        done = _put_back(place, Path(folder), ring, secret, missing)
        if not done.compartments:
            raise FolderInUse(f"{desk} has all that {name} could put back; nothing is restored over a desk")
        for compartment in done.compartments:
            (Path(folder) / file_name(compartment)).rename(desk / file_name(compartment))
    still = tuple(each for each in done.left_out if not (desk / file_name(each)).exists())
    return replace(done, left_out=still)


def verify(opened: Vault, place: Path) -> Restored:
    """Restore what this person holds into a temporary folder at the place, open every record, and take it away again.

    The files there are encrypted like the desk's. Raises NoBackup, BackupDamaged.
    """
    ring = keyring.read(opened.folder)
    with tempfile.TemporaryDirectory(prefix=".verifying-", dir=place) as folder:
        done = _put_back(place, Path(folder), ring, opened.secret, opened.keys)
        keys = {name: opened.keys[name] for name in done.compartments}
        with Vault(Path(folder), opened.person, opened.secret, keys, ring.roster) as again:
            again.check()
            for compartment in done.compartments:
                if compartment not in ("ledger", "audit"):
                    _assert_opens(again, compartment, place)
    return done


def _keyring(place: Path, root: Secret) -> keyring.Keyring:
    path = latest(place) / KEYRING
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        raise BackupDamaged(path, "it is missing") from None
    data = age.open(sealed, root)
    if data is None:
        raise NotTheRoot(f"these shares do not open {path}: they are another desk's, or the file was cut or altered")
    ring = keyring.decode(data, path)
    if ring.roster.root != root.public:
        raise BackupDamaged(path, "another root than these shares' signed it")
    return ring


def _secret(ring: keyring.Keyring, name: str, passphrase: str) -> Secret:
    person = ring.person(name)
    if person is None:
        raise UnknownMember(f"nobody called {name} is in the backup's keyring; check the spelling")
    for way in person.ways:
        secret = unwrap(person.name, passphrase, way, ring.roster.root) if isinstance(way, Passphrase) else None
        if secret is not None:
            return secret
    raise WrongPassphrase(f"this passphrase is not {person.name}'s; try again, nothing was restored")


def _held(ring: keyring.Keyring, name: str, secret: Secret) -> dict[Compartment, bytes]:
    person = ring.person(name)
    return {} if person is None else _opened(person.held, person.name, secret, ring.roster.root)


def _opened(sealed: keyring.Held, name: str, secret: Secret, root: Public) -> dict[Compartment, bytes]:
    """Compartment keys; of two, while one was being replaced, the new one, which the file put back is written under."""
    found = {each: keyring.opened_key(keys[0], each, name, secret, root) for each, keys in sealed.items()}
    return {each: key for each, key in found.items() if key is not None}


def _put_back(
    place: Path, folder: Path, ring: keyring.Keyring, secret: Secret, held: Mapping[Compartment, bytes]
) -> Restored:
    there = found(place)
    put = {each: key for each, key in held.items() if each in there}
    checked = None
    for compartment, key in put.items():
        keys = keys_there(place, compartment, secret, ring)
        seen = lay(place, folder / file_name(compartment), key, keys, ring)
        checked = seen or checked
    return Restored(tuple(put), tuple(each for each in there if each not in put), checked)


def found(place: Path) -> tuple[Compartment, ...]:
    """The compartments a backup has keys of. Raises NoBackup."""
    parts = latest(place)
    return tuple(each for each in KEPT if (parts / f"{each}.age").exists())


def keys_there(place: Path, compartment: Compartment, secret: Secret, ring: keyring.Keyring) -> Keys:
    """The keys of a compartment, if they are this desk's and all that lay beside them is there.

    Raises NoBackup, BackupDamaged, MadeByNewerFarbank, MadeByOlderFarbank.
    """
    parts = latest(place)
    keys = read_keys(parts / f"{compartment}.age", secret, ring.roster)
    _assert_ours(keys, ring, parts)
    for each in keys.beside:
        if not (parts / f"{each}.age").exists():
            raise BackupDamaged(parts / f"{each}.age", "it is missing")
    return keys


def _assert_ours(keys: Keys, ring: keyring.Keyring, parts: Path) -> None:
    path = parts / f"{keys.compartment}.age"
    if keys.root != ring.roster.root.signing:
        raise BackupDamaged(path, "it is another desk's")
    if keys.schema > schema.VERSION:
        raise MadeByNewerFarbank(f"{path} was written by a newer farbank; update farbank before restoring it")
    if keys.schema < schema.VERSION:
        raise MadeByOlderFarbank(f"{path} was written by an older farbank; restore it with that one, then renew it")


def lay(place: Path, path: Path, key: bytes, keys: Keys, ring: keyring.Keyring) -> audit.Checked | None:
    """Put a compartment back as a new file, and say where its audit ends, if it is that. Raises BackupDamaged."""
    files.touch(path)
    functions: dict[str, Callable[..., bool]] = {
        "farbank_entry_signed": ledger.signed_ever(ring.roster),
        "farbank_act_signed": acts.signed_by(ring.roster),
    }
    connection = cipher.connect(path, key, functions)
    try:
        schema.lay(connection, keys.compartment, ring.roster)
        _fill(place, connection, keys, path)
        return _checked(connection, keys, path, ring)
    except exc.IntegrityError as error:
        raise BackupDamaged(place, f"{path.name}: a line in it is out of place or forged ({error.orig})") from None
    finally:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine = connection.engine
        connection.close()
        engine.dispose()


def _fill(place: Path, file: Connection, keys: Keys, path: Path) -> None:
    bodiless = {row[5]: row for row in keys.records}
    for segment in keys.segments:
        chunk = read_chunk(place, segment)
        file.exec_driver_sql("BEGIN")
        for name, rows in chunk.items():
            if name == "record":
                _add_records(file, [(bodiless.pop(row[0]), row[1]) for row in rows if row[0] in bodiless])
            else:
                file.execute(insert(ADDED[name]), [_named(ADDED[name].columns.keys(), row) for row in rows])
        file.exec_driver_sql("COMMIT")
    lost = next((row for row in bodiless.values() if row[4] is None), None)
    if lost is not None:
        raise BackupDamaged(place, f"{path.name}: the body of {lost[0]} “{lost[1]}” is in no segment")
    _add_records(file, [(row, None) for row in bodiless.values()])
    for name, rows in keys.tables.items():
        if rows:
            file.execute(insert(KEPT_WHOLE[name]), [_named(KEPT_WHOLE[name].columns.keys(), row) for row in rows])


def _add_records(file: Connection, rows: list[tuple[Row, object]]) -> None:
    columns = [column.name for column in record.c if column.name != "body"]
    if rows:
        file.execute(insert(record), [{**_named(columns, row), "body": body} for row, body in rows])


def _named(columns: list[str], row: Row) -> Mapping[str, object]:
    return dict(zip(columns, row, strict=True))


def _checked(file: Connection, keys: Keys, path: Path, ring: keyring.Keyring) -> audit.Checked | None:
    if keys.compartment == "ledger":
        ledger.entries(file, path, ring.roster)
    if keys.compartment != "audit":
        return None
    acts.every(file, ring.roster, str(path))
    checked = audit.verify(file, ring.roster)
    if checked.last != (keys.last or audit.START).hex():
        raise AuditBroken(checked.lines, "it is not the last line of the backup")
    return checked


def _assert_opens(opened: Vault, compartment: Compartment, place: Path) -> None:
    with opened.records(compartment) as file:
        path = file_name(compartment)
        held = scopes.keys(file, compartment, opened.person, opened.secret, opened.roster, path)
        for row in records.since(file, 0):
            if row.gone is None and row.scope in held:
                try:
                    records.opened(row, compartment, held[row.scope], path)
                except VaultDamaged as error:
                    raise BackupDamaged(place, str(error)) from None
