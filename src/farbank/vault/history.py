"""What a desk knows of the versions of its content, for machines that were apart to be brought together.

Beside a record lies one of the kind `versions:KIND`: which version it is, what it replaced, and versions somebody else
made meanwhile, bodies and all, until somebody settles which is to stand. It is in the record's scope and is erased
with it. Nothing is noted when a record is written: what changed is found by comparing, when a bundle is made or read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from farbank.vault import records, versions
from farbank.vault.case_store import FORBIDDEN, POINTER, SEALED
from farbank.vault.errors import NoSuchRecord, VaultDamaged
from farbank.vault.records import Row
from farbank.vault.scopes import DESK
from farbank.vault.store import LOG_KEY, Vault
from farbank.vault.versions import ERASED, NONE, Id, Version, Versions

Key = tuple[str, str]
"""Kind and id of a record of content."""

STAYS = frozenset({POINTER, SEALED, FORBIDDEN, LOG_KEY})
"""Kinds that never leave a machine: where the people of a case are, what they can be told by, keys."""


class Noted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What lies beside a record: the version it is, all that are known, and the bodies of the others."""

    mine: Id
    known: Versions
    bodies: dict[Id, bytes] = {}


class Held(NamedTuple):
    """A record as this machine has it: all versions of it, the one that stands, every body, and whether it is noted."""

    scope: str
    known: Versions
    mine: bytes | None
    bodies: Mapping[bytes, bytes]
    noted: bool


class Conflict(NamedTuple):
    """Versions of one record of which neither replaces the other; the first stands on this machine."""

    kind: str
    id: str
    versions: tuple[tuple[bytes, Version, bytes | None], ...]


def beside(kind: str) -> str:
    """The kind of what lies beside records of a kind."""
    return f"{records.BESIDE}{kind}"


def every(opened: Vault) -> Iterator[tuple[Key, Held]]:
    """All records of content that this person reads, and those that were erased. Raises VaultDamaged."""
    path, scopes = str(opened.path("content")), opened.held_scopes("content")
    with opened.records("content") as file:
        rows = {(row.kind, row.id): row for row in records.since(file, 0) if row.scope in scopes}
    unread = hidden(opened)
    for (kind, id), row in rows.items():
        if kind.startswith(records.BESIDE) or (kind in STAYS and row.gone != "erased"):
            continue
        if row.gone == "erased":
            yield (kind, id), Held(row.scope, ERASED, None, {}, True)
        elif (beside(kind), id) not in unread:  # else others know more of it than this person may
            yield (kind, id), _held(opened, row, rows.get((beside(kind), id)), path)


def hidden(opened: Vault) -> frozenset[Key]:
    """Records of content that are there and in no scope of this person's."""
    scopes = opened.held_scopes("content")
    with opened.records("content") as file:
        return frozenset((kind, id) for kind, id, scope in records.places(file) if scope not in scopes)


def keep(opened: Vault, key: Key, before: Held | None, known: Versions, bodies: Mapping[bytes, bytes]) -> None:
    """Bring one record to what is known of it now: what stood stands unless it was replaced; inside a transaction.

    `bodies` are those of the versions that remain.
    """
    kind, id = key
    stood = None if before is None else before.mine
    mine = stood if stood in known.remaining else min(known.remaining)
    version = known.remaining[mine]
    if mine != stood:
        if version.digest is None:
            if before is not None:
                opened.delete("content", kind, id)
        else:
            opened.put("content", kind, id, bodies[mine], scope=version.scope)
    others = {each: bodies[each] for each in known.remaining if each != mine and each in bodies}
    noted = Noted(mine=mine, known=known, bodies=others)
    scopes = {each.scope for each in known.remaining.values()}
    scope = version.scope if len(scopes) == 1 else DESK  # nobody may read one version beside another they may not
    opened.put("content", beside(kind), id, msgspec.msgpack.encode(noted), scope=scope)


def erase(opened: Vault, key: Key, before: Held | None, scope: str) -> None:
    """Erase a record somebody erased elsewhere, also one that was never here, so that nobody brings it any more."""
    kind, id = key
    if before is None:
        opened.put("content", kind, id, b"", scope=scope)
    opened.erase("content", kind, id)


def conflicts(opened: Vault) -> tuple[Conflict, ...]:
    """Everything that was changed on two machines, neither of which knew of the other's change."""
    return tuple(
        Conflict(
            kind,
            id,
            tuple(
                (each, held.known.remaining[each], held.bodies.get(each))
                for each in sorted(held.known.remaining, key=lambda each: (each != held.mine, each))
            ),
        )
        for (kind, id), held in every(opened)
        if len(held.known.remaining) > 1
    )


def version_named(opened: Vault, kind: str, id: str, beginning: str) -> bytes:
    """The version of a conflict whose name in hex begins so. Raises NoSuchRecord unless there is just one."""
    versions_of = (each.versions for each in conflicts(opened) if (each.kind, each.id) == (kind, id))
    found = [name for of in versions_of for name, _, _ in of if name.hex().startswith(beginning)]
    if len(found) != 1:
        raise NoSuchRecord(f"{kind} “{id}” has no such version; look with farbank desk conflicts")
    return found[0]


def settle(opened: Vault, kind: str, id: str, stands: bytes) -> None:
    """Let one of a conflict's versions stand; it replaces all others, here and wherever it is brought.

    Raises NoSuchRecord.
    """
    with opened.transaction():
        held = dict(every(opened)).get((kind, id))
        if held is None or stands not in held.known.remaining:
            raise NoSuchRecord(f"{kind} “{id}” has no such version; look with farbank desk conflicts")
        chosen = held.known.remaining[stands]
        replaces = versions.ordered(held.known.remaining)
        new = Version(scope=chosen.scope, digest=chosen.digest, by=opened.person, replaces=replaces)
        known = versions.said(held.known, kind, id, new)
        body = held.bodies.get(stands)
        keep(opened, (kind, id), held, known, {} if body is None else {new.id(kind, id): body})
        opened.note("conflict settled", about=f"{kind}/{id}")


def _held(opened: Vault, row: Row, noted: Row | None, path: str) -> Held:
    key = opened.scope_key("content", row.scope)
    body = None if row.gone else records.opened(row, "content", key, path)
    said = None if body is None else versions.digest(body)
    before = None if noted is None or noted.gone else _noted(opened, noted, path)
    if before is None:
        standing = Version(scope=row.scope, digest=said)
        known, bodies = NONE, {}
    else:
        standing, known, bodies = before.known.remaining[before.mine], before.known, dict(before.bodies)
    if before is not None and (standing.digest, standing.scope) != (said, row.scope):
        standing = Version(scope=row.scope, digest=said, by=opened.person, replaces=(before.mine,))
    mine = standing.id(row.kind, row.id)
    if mine not in known.remaining:
        known = versions.said(known, row.kind, row.id, standing)
    if body is not None:
        bodies[mine] = body
    return Held(row.scope, known, mine, bodies, before is not None and known == before.known)


def _noted(opened: Vault, row: Row, path: str) -> Noted:
    body = records.opened(row, "content", opened.scope_key("content", row.scope), path)
    try:
        noted = msgspec.msgpack.decode(body, type=Noted)
    except msgspec.DecodeError:
        noted = None
    if noted is None or noted.mine not in noted.known.remaining:
        raise VaultDamaged(path, f"what is known of the versions of {row.kind} “{row.id}” cannot be read")
    return noted
