"""What a machine that was away brings back: content in one sealed, signed file, joined to what is there.

A bundle never carries identities, what they can be told by, pairs, the keyring, the ledger, payments or the audit. It
is sealed with age to those named in it, and carries what all of them and its maker may read. Reading one is a union:
whatever order bundles are read in, and however often, every machine ends with the same versions. Its maker can say
nothing they could not have written at the desk. No clock decides anything. Nothing in it is compressed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from farbank.vault import age, burn, history, versions
from farbank.vault.errors import NotABundle
from farbank.vault.history import STAYS, Held, Key
from farbank.vault.records import BESIDE
from farbank.vault.roles import opens, reads_all
from farbank.vault.roster import Colleague, Roster
from farbank.vault.scopes import DESK
from farbank.vault.store import LOG_KEY, Vault
from farbank.vault.versions import NONE, Id, Versions

LIMIT = 1 << 29
"""Bytes of the largest bundle that is made or read."""
_DOMAIN = b"farbank bundle 1\n"
_SIGNATURE = 64


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record of content: every version of it, and the bodies of those that remain; `scope` once it was erased."""

    kind: str
    id: str
    scope: str = ""
    known: Versions = NONE
    bodies: dict[Id, bytes] = {}


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed and sealed. `at` is for people to read; `root` says whose desk it is of."""

    root: bytes
    by: str
    to: tuple[str, ...]
    at: datetime
    records: tuple[Record, ...]
    logs: dict[str, tuple[bytes, ...]]
    version: Literal[1] = 1


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a bundle did: records and log entries that were new here, and records now in conflict."""

    by: str
    at: datetime
    records: int
    entries: int
    conflicts: int


def make(opened: Vault, to: Collection[str], at: datetime) -> bytes:
    """A bundle for these people of the desk and its maker, of what all of them may read; each record is noted here.

    Raises NotABundle if one of them does not hold content or it would be too large, CompartmentClosed.
    """
    people = _recipients(opened.roster, {*to, opened.person})
    scopes = _shared(opened, people)
    found = []
    with opened.transaction():
        for (kind, id), held in history.every(opened):
            if not scopes.issuperset(_scopes_of(held.known, held.scope)):
                continue
            if not held.noted:
                history.keep(opened, (kind, id), held, held.known, held.bodies)
            scope = held.scope if held.known.erased else ""
            found.append(Record(kind=kind, id=id, scope=scope, known=held.known, bodies=dict(held.bodies)))
        logs = {topic: opened.log("content", topic) for topic in opened.ids("content", LOG_KEY) if DESK in scopes}
        opened.note("bundle made", note=f"for {', '.join(each.name for each in people)}")
    bundle = Bundle(
        root=opened.roster.root.signing,
        by=opened.person,
        to=tuple(each.name for each in people),
        at=at,
        records=tuple(found),
        logs=logs,
    )
    body = msgspec.msgpack.encode(bundle)
    sealed = age.seal(opened.secret.sign(_DOMAIN + body) + body, [each.public for each in people])
    if len(sealed) > LIMIT:
        raise NotABundle(
            f"this bundle would be larger than {LIMIT >> 20} MiB; name fewer people, or forget what can be"
        )
    return sealed


def take(opened: Vault, sealed: bytes) -> Taken:
    """Join a bundle to what is there, all of it or nothing; reading it again changes nothing.

    Raises NotABundle if it is not for this person, not of this desk, not signed by one of its people, or says what its
    maker may not; CompartmentClosed.
    """
    bundle = _opened(opened, sealed)
    with opened.transaction():
        here = dict(history.every(opened))
        _assert_allowed(opened, bundle, here)
        changed = conflicts = 0
        for each in sorted(bundle.records, key=lambda each: (each.kind, each.id)):
            key = (each.kind, each.id)
            before = here.get(key)
            known = each.known if before is None else versions.joined(before.known, each.known)
            if before is not None and known == before.known:
                continue
            if known.erased:
                history.erase(opened, key, before, each.scope)
            else:
                bodies = {**each.bodies, **({} if before is None else before.bodies)}
                history.keep(opened, key, before, known, bodies)
            changed += 1
            conflicts += len(known.remaining) > 1
        entries = _join_logs(opened, bundle, here)
        burn.mark(opened, "content")
        opened.note("bundle read", note=f"from {bundle.by}: {changed} records, {entries} entries")
    burn.purge(opened)
    return Taken(by=bundle.by, at=bundle.at, records=changed, entries=entries, conflicts=conflicts)


def _join_logs(opened: Vault, bundle: Bundle, here: Mapping[Key, Held]) -> int:
    added = 0
    erased = {id for (kind, id) in here if kind == LOG_KEY} | {
        each.id for each in bundle.records if each.kind == LOG_KEY
    }
    for topic, entries in sorted(bundle.logs.items()):
        if topic in erased:  # of the keys of logs, history tells those that are gone
            continue
        held = Counter(opened.log("content", topic))
        for entry in entries:  # as often as either has it
            if held[entry]:
                held[entry] -= 1
            else:
                opened.append("content", topic, entry)
                added += 1
    return added


def _opened(opened: Vault, sealed: bytes) -> Bundle:
    if len(sealed) > LIMIT:
        raise NotABundle(f"this file is larger than any bundle ({LIMIT >> 20} MiB); nothing of it was read")
    data = age.open(sealed, opened.secret)
    if data is None:
        raise NotABundle(f"this file is no bundle for {opened.person}, or was cut or altered; have it made anew")
    signature, body = data[:_SIGNATURE], data[_SIGNATURE:]
    try:
        bundle = msgspec.msgpack.decode(body, type=Bundle)
    except (msgspec.DecodeError, RecursionError):
        raise NotABundle("what is in this bundle cannot be read; have it made anew with this farbank") from None
    if bundle.root != opened.roster.root.signing:
        raise NotABundle("this bundle is another desk's; nothing of it was read")
    if not opened.roster.signs_now(bundle.by, _DOMAIN + body, signature):
        raise NotABundle("nobody who works here signed this bundle; nothing of it was read")
    if opened.person not in bundle.to:
        raise NotABundle(f"{bundle.by} made this bundle for others; have one made for you")
    return bundle


def _assert_allowed(opened: Vault, bundle: Bundle, here: Mapping[Key, Held]) -> None:
    maker = opened.roster.colleague(bundle.by)
    ours, theirs = _scopes(opened, opened.me), frozenset[str]() if maker is None else _scopes(opened, maker)
    seen, hidden = set[Key](), history.hidden(opened)
    for each in bundle.records:
        key = (each.kind, each.id)
        if key in seen or each.kind.startswith(BESIDE) or (each.kind in STAYS and not each.known.erased):
            raise NotABundle(f"this bundle holds {each.kind} “{each.id}”, which no bundle carries; nothing was changed")
        seen.add(key)
        if not versions.sound(each.known, *key) or not _bodies_fit(each):
            raise NotABundle(f"{each.kind} “{each.id}” of this bundle does not hang together; nothing was changed")
        standing = here.get(key)
        of = _scopes_of(each.known, each.scope) | (set() if standing is None else {standing.scope})
        if each.kind in STAYS:
            of.add(DESK)
        if not of <= ours & theirs or key in hidden:
            raise NotABundle(
                f"{each.kind} “{each.id}” of this bundle is in a scope that this desk does not know, or that "
                f"{bundle.by} may not write in; nothing was changed"
            )
    if bundle.logs and DESK not in ours & theirs:
        raise NotABundle(f"{bundle.by} may not add to the logs of this desk; nothing was changed")


def _bodies_fit(record: Record) -> bool:
    wanted = {id: each.digest for id, each in record.known.remaining.items() if each.digest is not None}
    return {id: versions.digest(body) for id, body in record.bodies.items()} == wanted


def _recipients(roster: Roster, names: Iterable[str]) -> tuple[Colleague, ...]:
    found = []
    for name in sorted(names):
        who = roster.colleague(name)
        if who is None or "content" not in opens(who.roles):
            raise NotABundle(f"{name} is nobody of this desk who reads content; nothing was made")
        found.append(who)
    return tuple(found)


def _shared(opened: Vault, people: Iterable[Colleague]) -> frozenset[str]:
    return frozenset[str].intersection(*(_scopes(opened, each) for each in people))


def _scopes_of(known: Versions, scope: str) -> set[str]:
    return {scope} if known.erased else {each.scope for each in known.remaining.values()}


def _scopes(opened: Vault, who: Colleague) -> frozenset[str]:
    held = frozenset(opened.held_scopes("content"))
    return held if reads_all(who.roles) else held & frozenset(opened.scopes_of("content", who.name))
