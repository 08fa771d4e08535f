"""Who joins the desk, what they do there, and who leaves it: each under its root, each in the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import msgspec
from nacl.signing import SigningKey
from nacl.utils import random
from sqlalchemy import Connection

from farbank.vault import audit, desk_key, file_keys, files, hand_on, keyring
from farbank.vault.compartments import KEPT, Compartment
from farbank.vault.desk_folder import KEY_BYTES, Member, entry, ordered
from farbank.vault.errors import (
    CompartmentClosed,
    KeyWithoutHolder,
    MemberExists,
    NobodyToAgree,
    NotAllowed,
    NotTheRoot,
    UnknownMember,
)
from farbank.vault.keypair import Secret
from farbank.vault.keyring import Keyring
from farbank.vault.passphrase import PRODUCTION, Cost, wrap
from farbank.vault.roles import Role, opens, reads_all
from farbank.vault.roster import Colleague, DeskKey, Roster
from farbank.vault.scopes import DESK
from farbank.vault.store import Vault


def join(opened: Vault, member: Member, root: Secret, *, cost: Cost = PRODUCTION) -> None:
    """Take somebody into the desk and give them the keys of their roles, all of which `opened` holds.

    Raises MemberExists, NotTheRoot, CompartmentClosed, PassphraseTooShort.
    """
    secret = Secret.new()
    new = Colleague(name=keyring.spelt(member.name), roles=ordered(member.roles), public=secret.public)
    way = wrap(new.name, member.passphrase, secret, cost, root.public)
    with under_root(opened, root) as ring:
        if ring.roster.colleague(new.name) is not None:
            raise MemberExists(f"the desk already has or had a person called {new.name}; choose another name")
        _assert_holds(opened, opens(new.roles))
        roster = with_colleague(ring.roster, new)
        with opened.transaction(), opened.file("audit") as file:
            _let_in(opened, file, new)
            if roster.recoverable:
                hand_on.by_root(file, new, roster, root, hand_on.profiles(file))
            desk_key.seal_desk_key(file, desk_key.by_root(file, ring.roster, root), roster)
            opened.note("joined", note=f"{new.name}: {', '.join(new.roles)}")
        keyring.write(opened.folder, ring.under(roster, root).with_entry(entry(new, way, opened.keys, root)))
        opened.reopen(opened.keys, roster)


def leave(opened: Vault, name: str, root: Secret, *, on: date) -> None:
    """Take somebody's every key away from `on`; the rest is as in `change_roles`."""
    change_roles(opened, name, (), root, on=on)


def change_roles(opened: Vault, name: str, roles: Sequence[Role], root: Secret, *, on: date) -> None:
    """Give a colleague other roles; without any, they leave.

    What they can no longer open gets new keys: the file, and every scope they were in. Profiles they helped to open
    stay sealed for the others. If they may no longer release, the desk signs with a new key `on` that day. `opened`
    holds every compartment they lose or gain.
    Raises UnknownMember, NotAllowed for oneself, NotTheRoot, CompartmentClosed, KeyWithoutHolder and NobodyToAgree if
    something could then never be opened again, VaultBusy.
    """
    with under_root(opened, root) as ring:
        before = _colleague(opened, ring.roster, name)
        after = msgspec.structs.replace(before, roles=ordered(roles))
        lost = _kept(opened, set(opens(before.roles)) - set(opens(after.roles)))
        gained = _kept(opened, set(opens(after.roles)) - set(opens(before.roles)))
        _assert_holds(opened, (*lost, *gained))
        roster = with_colleague(ring.roster, after)
        _assert_held(opened, roster)
        with opened.transaction(), opened.file("audit") as file:
            _take_out(opened, file, before, after)
            _let_in(opened, file, after)
            roster = _seal_desk_key(file, ring.roster, roster, root, rotate=_loses_release(before, after), on=on)
            said = ", ".join(after.roles)
            opened.note("changed roles" if said else "left", note=f"{after.name}: {said}" if said else after.name)
        _write(opened, ring, roster, root, after, lost)


def give_passphrase(opened: Vault, name: str, passphrase: str, root: Secret, *, cost: Cost = PRODUCTION) -> None:
    """Give a colleague who lost every way in new keys, under this passphrase; what they signed before still counts.

    Their part in opening profiles is sealed anew where the desk is recoverable; elsewhere two people hand it on
    (`hand_on`). It is no remedy for a passphrase that somebody else has: then have them leave, and join under another
    name.
    Raises what `change_roles` does, PassphraseTooShort.
    """
    secret = Secret.new()
    with under_root(opened, root) as ring:
        before = _colleague(opened, ring.roster, name)
        after = msgspec.structs.replace(before, public=secret.public, former=(*before.former, before.public))
        way = wrap(after.name, passphrase, secret, cost, root.public)
        _assert_holds(opened, opens(after.roles))
        roster = with_colleague(ring.roster, after)
        with opened.transaction(), opened.file("audit") as file:
            if roster.recoverable:
                hand_on.by_root(file, after, roster, root, hand_on.profiles(file, after.name))
            else:
                hand_on.take_out(file, msgspec.structs.replace(after, roles=()))
            _let_in(opened, file, after)
            _seal_desk_key(file, ring.roster, roster, root)
            opened.note("given a new passphrase", note=after.name)
        keyring.write(opened.folder, ring.under(roster, root).with_entry(entry(after, way, opened.keys, root)))
        opened.reopen(opened.keys, roster)


@contextmanager
def under_root(opened: Vault, root: Secret) -> Iterator[Keyring]:
    """The keyring, held against everybody else, if this is the desk's root. Raises NotTheRoot."""
    opened.assert_in_files("joining, leaving and new keys")
    with files.locked(opened.folder):
        ring = keyring.read(opened.folder)
        if root.public != ring.roster.root:
            raise NotTheRoot("these shares are another desk's; use the paper printed when this desk began")
        yield ring


def with_colleague(roster: Roster, who: Colleague) -> Roster:
    """The next roster, with somebody put in, or put in place of who they were."""
    others = (each for each in roster.colleagues if each.name != who.name)
    people = tuple(sorted((*others, who), key=lambda each: each.name))
    return msgspec.structs.replace(roster, sequence=roster.sequence + 1, colleagues=people)


def with_desk_key(roster: Roster, key: SigningKey, since: date) -> Roster:
    """A roster under which the desk signs with another key."""
    new = DeskKey(signing=bytes(key.verify_key), since=max(since, roster.desk_key.since))
    return msgspec.structs.replace(roster, desk_keys=(*roster.desk_keys, new))


def _seal_desk_key(
    file: Connection, before: Roster, after: Roster, root: Secret, *, rotate: bool = False, on: date | None = None
) -> Roster:
    key = desk_key.by_root(file, before, root)
    if rotate and on is not None:
        key = SigningKey.generate()
        after = with_desk_key(after, key, on)
    desk_key.seal_desk_key(file, key, after)
    return after


def _let_in(opened: Vault, file: Connection, who: Colleague) -> None:
    for compartment in _records(opens(who.roles)):
        if compartment not in opened.keys:
            continue
        for scope in (DESK,) if reads_all(who.roles) else opened.scopes_of(compartment, who.name):
            opened.let_in(compartment, scope, who)
    if "safety-officer" in who.roles and "identities" in opened.keys:
        audit.grant(file, who.name, who.public, audit.reading_secret(file, opened.person, opened.secret))


def _take_out(opened: Vault, file: Connection, before: Colleague, after: Colleague) -> None:
    for compartment in _records(opens(before.roles)):
        if compartment not in opens(after.roles) or (reads_all(before.roles) and not reads_all(after.roles)):
            partners = [scope for scope in opened.scopes_of(compartment, before.name) if scope != DESK]
            opened.shut_out(compartment, before.name)
            if compartment in opens(after.roles):
                for scope in partners:
                    opened.let_in(compartment, scope, after)
    if "safety-officer" not in after.roles:
        audit.revoke(file, after.name)
    openable = set(hand_on.profiles(file))
    if before.roles != after.roles and "safety-officer" not in after.roles:
        hand_on.take_out(file, after)
    for about in openable - set(hand_on.profiles(file)):
        raise NobodyToAgree(
            f"without {after.name} nobody could open the profile {about} any more; have two people hand profiles on to "
            "somebody first, or burn what is not needed"
        )


def _write(
    opened: Vault, ring: Keyring, roster: Roster, root: Secret, who: Colleague, lost: Collection[Compartment]
) -> None:
    # From here on they are out; a kill before leaves them in the keyring, out of what was taken, and it is done again.
    fresh = {compartment: random(KEY_BYTES) for compartment in lost}
    old = ring.person(who.name)
    changed = ring.under(roster, root)
    if old is not None and who.roles:
        held = entry(who, old.ways[0], opened.keys, root).held | old.held
        theirs = {compartment: keys for compartment, keys in held.items() if compartment in opens(who.roles)}
        changed = changed.with_entry(msgspec.structs.replace(old, held=theirs))
    changed = changed.replacing(fresh, root)
    keyring.write(opened.folder, changed)
    opened.close()
    file_keys.finish(opened.folder, changed, {each: (key, opened.keys[each]) for each, key in fresh.items()})
    opened.reopen(opened.keys | fresh, roster)
    with opened.transaction(), opened.file("audit") as file:
        desk_key.forget_others(file, roster)


def _loses_release(before: Colleague, after: Colleague) -> bool:
    return desk_key.may_release(before) and not desk_key.may_release(after)


def _colleague(opened: Vault, roster: Roster, name: str) -> Colleague:
    who = roster.colleague(keyring.spelt(name))
    if who is None or not who.roles:
        raise UnknownMember(f"nobody called {name} is of this desk; check the spelling")
    if who.name == opened.person:
        raise NotAllowed("this is for somebody else of the desk to do, not for oneself")
    return who


def _assert_holds(opened: Vault, compartments: Collection[Compartment]) -> None:
    for compartment in _kept(opened, compartments):
        if compartment not in opened.keys:
            raise CompartmentClosed(
                f"{opened.person} holds no key to {compartment}, so cannot hand it on or replace it; have somebody who "
                "does carry this out"
            )


def _assert_held(opened: Vault, roster: Roster) -> None:
    held = {compartment for each in roster for compartment in opens(each.roles)}
    for compartment in _kept(opened, KEPT):
        if compartment not in held:
            raise KeyWithoutHolder(f"nobody would hold the key to {compartment} any more; give it to somebody first")


def _kept(opened: Vault, compartments: Collection[Compartment]) -> tuple[Compartment, ...]:
    return tuple(each for each in KEPT if each in compartments and opened.path(each).exists())


def _records(compartments: Collection[Compartment]) -> tuple[Compartment, ...]:
    return tuple(each for each in compartments if each not in ("ledger", "audit"))
