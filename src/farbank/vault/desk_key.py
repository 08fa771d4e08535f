"""The key the desk signs editions with: nobody holds it, any two who may release can make it for one moment."""

from __future__ import annotations

import msgspec
from nacl.signing import SigningKey
from sqlalchemy import Connection, delete, insert, select

from farbank.vault import pairs
from farbank.vault.errors import NotTheRoot
from farbank.vault.keypair import Secret
from farbank.vault.pairs import Half
from farbank.vault.roster import ROOT, Colleague, Roster
from farbank.vault.schema import pair as table
from farbank.vault.veil import beginning

_ABOUT = "desk-key/"


def about(roster: Roster) -> str:
    """What the pairs of the key now signed with are about."""
    return f"{_ABOUT}{roster.desk_key.signing.hex()}"


def may_release(colleague: Colleague) -> bool:
    """Whether somebody may sign a release, as one of two."""
    return bool({*colleague.roles} & {"editor", "verification-lead", "safety-officer", "publisher"})


def seal_desk_key(connection: Connection, key: SigningKey, roster: Roster) -> None:
    """Seal the key signed with now for every two who may release, and for the root, so that people can join later."""
    people = {each.name: each.public for each in roster.having(may_release)}
    allowed = [(agreeing, opening) for agreeing in people for opening in people]
    name = about(roster)
    made = pairs.seal(name, bytes(key), allowed, people)
    connection.execute(delete(table).where(table.c.about == name))
    every = (*made, pairs.seal_to_root(name, bytes(key), roster.root))
    connection.execute(insert(table), [msgspec.structs.asdict(each) for each in every])


def forget_others(connection: Connection, roster: Roster) -> None:
    """Drop what was sealed of keys that are signed with no more."""
    others = {*beginning(connection, table.c.about, _ABOUT)} - {about(roster)}
    connection.execute(delete(table).where(table.c.about.in_(others)))


def by_root(connection: Connection, roster: Roster, root: Secret) -> SigningKey:
    """The key, for the root to seal it anew when somebody joins or leaves. Raises NotTheRoot."""
    name = about(roster)
    sealed = connection.scalar(select(table.c.sealed).where(table.c.about == name, table.c.agreeing == ROOT))
    seed = None if sealed is None else pairs.open_as_root(sealed, name, root)
    if seed is None:
        raise NotTheRoot("these shares are another desk's; use the paper printed when this desk began")
    return SigningKey(seed)


def halves(connection: Connection, roster: Roster, name: str, secret: Secret) -> tuple[Half, ...]:
    """What one person, agreeing to a release, leaves to each other who may: only that other can open it."""
    asked = select(table).where(table.c.about == about(roster), table.c.agreeing == name)
    left = (pairs.agree(pairs.Pair(**row._asdict()), secret) for row in connection.execute(asked))
    return tuple(half for half in left if half is not None)


def opened(half: bytes, roster: Roster, name: str, secret: Secret) -> SigningKey | None:
    """The key, from what somebody else's agreeing left to this person."""
    seed = pairs.open(half, about(roster), name, secret)
    return None if seed is None else SigningKey(seed)
