"""Exact profiles: sealed one by one when they are filed, opened by a safety officer once somebody else has agreed.

Sealing takes public keys alone. For each profile a key is made and sealed for every two people who may open it
together, which leaves out whoever handles a source of the case; then it is forgotten.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from nacl import exceptions
from nacl.secret import Aead
from nacl.utils import random
from sqlalchemy import delete, insert, select

from farbank.model import codec
from farbank.model.people import Identity
from farbank.model.places import Place
from farbank.model.text import Slug
from farbank.vault import acts, desk_key, envelope, pairs
from farbank.vault.errors import NobodyToAgree, NotAllowed, VaultDamaged
from farbank.vault.pairs import Half
from farbank.vault.roster import ROOT
from farbank.vault.schema import half
from farbank.vault.schema import pair as table
from farbank.vault.store import Vault

ABOUT = "identity/"
"""What the name of every profile's key begins with."""


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of one person: the profile, and the invented places it speaks of as they were when filed."""

    identity: Identity
    places: tuple[Place, ...]


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed profile: whose it is, by the code word content knows, and under what name its key is kept."""

    person: Slug
    about: str
    body: bytes


def seal(opened: Vault, private: Private, handlers: Collection[str]) -> Sealed:
    """Seal a profile for every two who may open it, neither of `handlers`. Raises NobodyToAgree, CompartmentClosed."""
    about, key = f"{ABOUT}{random(16).hex()}", random(envelope.KEY_BYTES)
    people = {each.name: each.public for each in opened.roster if each.roles}
    opening = [each.name for each in opened.roster if "safety-officer" in each.roles and each.name not in handlers]
    agreeing = [each.name for each in opened.roster.having(desk_key.may_release) if each.name not in handlers]
    made = pairs.seal(about, key, [(one, other) for one in agreeing for other in opening], people)
    if not made:
        raise NobodyToAgree(
            "an exact profile is opened by a safety officer once somebody else agrees, neither of whom speaks with the "
            "source, and this desk has no such two; have somebody join, or file the case without persons.toml"
        )
    with opened.transaction(), opened.file("audit") as file:
        spare = (pairs.seal_to_root(about, key, opened.roster.root),) if opened.roster.recoverable else ()
        file.execute(insert(table), [msgspec.structs.asdict(each) for each in (*made, *spare)])
    body = Aead(key).encrypt(codec.to_json(private), about.encode())
    return Sealed(person=private.identity.id, about=about, body=bytes(body))


def halves(opened: Vault, keys: Collection[str], *, opening: str) -> tuple[Half, ...]:
    """What this person, agreeing, leaves for `opening`.

    Raises NotAllowed where no seal was ever made for these two, VaultDamaged.
    """
    with opened.file("audit") as file:
        asked = select(table).where(
            table.c.about.in_(keys), table.c.agreeing == opened.person, table.c.opening == opening
        )
        found = [pairs.Pair(**row._asdict()) for row in file.execute(asked)]
    if len(found) < len(keys):
        raise NotAllowed(f"{opened.person} may not agree to this: it was never sealed for them, or it was burned")
    left = tuple(half for half in (pairs.agree(pair, opened.secret) for pair in found) if half is not None)
    if len(left) < len(found):
        raise VaultDamaged(opened.path("audit"), "a seal of a profile was altered")
    return left


def open(opened: Vault, sealed: Sealed, act: str) -> Private:
    """The profile, with what somebody left by agreeing to `act`; the look is in the audit before it is had.

    Raises NotAllowed, VaultDamaged.
    """
    opened.note("identity opened", about=sealed.about)
    with opened.file("audit") as file:
        half = acts.handed(file, act, sealed.about, opened.person)
    key = None if half is None else pairs.open(half, sealed.about, opened.person, opened.secret)
    if key is None:
        raise NotAllowed(f"nobody has agreed that {opened.person} opens this; propose it, and have somebody agree")
    try:
        body = Aead(key).decrypt(sealed.body, sealed.about.encode())
    except exceptions.CryptoError:
        raise VaultDamaged(opened.path("identities"), f"the profile {sealed.about} was altered") from None
    return codec.from_json(body, Private, sealed.about)


def forget(opened: Vault, about: str) -> None:
    """Drop every key to a profile, what somebody left by agreeing too; what remains of it anywhere is noise."""
    with opened.transaction(), opened.file("audit") as file:
        file.execute(delete(table).where(table.c.about == about))
        file.execute(delete(half).where(half.c.about == about))


def openable_without(opened: Vault, about: str, name: str) -> bool:
    """Whether two others could still open a profile if this person no longer could."""
    with opened.file("audit") as file:
        others = select(table.c.about).where(
            table.c.about == about, table.c.agreeing.not_in([name, ROOT]), table.c.opening != name
        )
        return file.execute(others.limit(1)).first() is not None


def bar(opened: Vault, about: str, name: str) -> None:
    """Let somebody agree to the opening of a profile no more, or open it: they now speak with the source."""
    with opened.transaction(), opened.file("audit") as file:
        file.execute(
            delete(table).where(table.c.about == about, (table.c.agreeing == name) | (table.c.opening == name))
        )
