"""Who joins the desk and who leaves it: both under its root, both in the audit."""

from __future__ import annotations

import msgspec

from farbank.vault import audit, desk_key, files, keyring
from farbank.vault.compartments import KEPT, Compartment
from farbank.vault.desk_folder import Member, entry, ordered
from farbank.vault.errors import CompartmentClosed, MemberExists, NotTheRoot
from farbank.vault.keypair import Secret
from farbank.vault.passphrase import PRODUCTION, Cost, wrap
from farbank.vault.roles import opens, reads_all
from farbank.vault.roster import Colleague
from farbank.vault.scopes import DESK
from farbank.vault.store import Vault


def join(opened: Vault, member: Member, root: Secret, *, cost: Cost = PRODUCTION) -> None:
    """Take somebody into the desk and give them the keys of their roles, all of which `opened` holds.

    Raises MemberExists, NotTheRoot, CompartmentClosed, PassphraseTooShort.
    """
    name, secret = keyring.spelt(member.name), Secret.new()
    new = Colleague(name=name, roles=ordered(member.roles), public=secret.public)
    for compartment in opens(new.roles):
        if compartment not in opened.keys and compartment in _kept(opened):
            raise CompartmentClosed(f"{opened.person} holds no key to {compartment}, so cannot hand it on")
    way = wrap(name, member.passphrase, secret, cost)
    with files.locked(opened.folder):
        ring = _ring(opened, root)
        if ring.roster.colleague(name) is not None:
            raise MemberExists(f"the desk already has or had a person called {name}; choose another name")
        people = tuple(sorted((*ring.roster.colleagues, new), key=lambda each: each.name))
        roster = msgspec.structs.replace(ring.roster, sequence=ring.roster.sequence + 1, colleagues=people)
        with opened.transaction():
            for compartment in opens(new.roles):
                if compartment in ("content", "identities", "payments") and reads_all(new.roles):
                    opened.let_in(compartment, DESK, new)
            with opened.file("audit") as file:
                if "safety-officer" in new.roles:
                    reading = audit.reading_secret(file, opened.person, opened.secret)
                    audit.grant(file, name, new.public, reading)
                desk_key.seal_desk_key(file, desk_key.by_root(file, ring.roster, root), roster)
            opened.note("joined", note=f"{name}: {', '.join(new.roles)}")
        keyring.write(opened.folder, ring.under(roster, root).with_entry(entry(new, way, opened.keys)))
        opened.roster = roster


def _ring(opened: Vault, root: Secret) -> keyring.Keyring:
    ring = keyring.read(opened.folder)
    if root.public != ring.roster.root:
        raise NotTheRoot("these shares are another desk's; use the paper printed when this desk began")
    return ring


def _kept(opened: Vault) -> tuple[Compartment, ...]:
    return tuple(compartment for compartment in KEPT if opened.path(compartment).exists())
