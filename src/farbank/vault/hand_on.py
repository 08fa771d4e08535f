"""Let somebody take part in opening profiles sealed before they could: two people agree, or the root does it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from sqlalchemy import Connection, delete, select

from farbank.vault import acts, desk_key, pairs, sign_off, upsert
from farbank.vault.errors import NotAllowed, UnknownMember, VaultDamaged
from farbank.vault.identities import ABOUT
from farbank.vault.keypair import Secret
from farbank.vault.roster import ROOT, Colleague, Roster
from farbank.vault.schema import pair as table
from farbank.vault.store import Vault
from farbank.vault.veil import beginning

Handlers = Mapping[str, Collection[str]]
"""For each profile, by the name of its key, whoever speaks with a source of the case: they never take part."""


def propose(opened: Vault, to: str, agreeing: str, reason: str, handlers: Handlers) -> str:
    """As a safety officer, ask `agreeing` to agree that `to` takes part; the name of the act.

    It covers every profile these two could open together; for others ask somebody else too. Raises NotAllowed,
    UnknownMember, CompartmentClosed.
    """
    _newcomer(opened.roster, to)
    with opened.file("audit") as file:
        asked = select(table.c.about).where(table.c.agreeing == agreeing, table.c.opening == opened.person)
        theirs = (about for about in file.scalars(asked) if about.startswith(ABOUT))
        keys = tuple(sorted(about for about in theirs if to not in handlers.get(about, ())))
    if not keys:
        raise NotAllowed(f"there is no profile that {opened.person} and {agreeing} could hand on to {to}")
    return sign_off.propose(opened, "hand-on-identities", to, reason, keys=keys)


def carry_out(opened: Vault, act: str, handlers: Handlers) -> int:
    """Do what was agreed to: `to` joins those for whom each profile is sealed; how many profiles that were.

    Raises ActNotOpen, NotAllowed, VaultDamaged.
    """
    agreed = sign_off.look(opened, act)
    to = _newcomer(opened.roster, agreed.proposal.about)
    agreed = sign_off.agreed(opened, act, "hand-on-identities", to.name)
    with opened.transaction(), opened.file("audit") as file:
        done = 0
        for about in agreed.proposal.keys:
            half = acts.handed(file, act, about, opened.person)
            key = None if half is None else pairs.open(half, about, opened.person, opened.secret)
            if key is None:
                raise NotAllowed(f"nobody has agreed that {opened.person} hands this on; propose it anew")
            if to.name not in handlers.get(about, ()):
                done += _share(file, about, key, to, opened.roster)
        sign_off.done(opened, act)
    return done


def by_root(file: Connection, to: Colleague, roster: Roster, root: Secret, abouts: Collection[str]) -> int:
    """As the root of a recoverable desk: `to` joins those for whom these profiles are sealed. Raises VaultDamaged."""
    done = 0
    for about in abouts:
        sealed = file.scalar(select(table.c.sealed).where(table.c.about == about, table.c.agreeing == ROOT))
        key = None if sealed is None else pairs.open_as_root(sealed, about, root)
        if key is None:
            raise VaultDamaged("audit.db", f"the root's seal of {about} is missing or was altered")
        done += _share(file, about, key, to, roster)
    return done


def profiles(file: Connection, of: str | None = None) -> tuple[str, ...]:
    """Names of the keys of all profiles, or of those somebody may take part in opening."""
    if of is None:
        return beginning(file, table.c.about, ABOUT)
    asked = select(table.c.about).distinct().where((table.c.agreeing == of) | (table.c.opening == of))
    return tuple(sorted(about for about in file.scalars(asked) if about.startswith(ABOUT)))


def take_out(file: Connection, who: Colleague) -> None:
    """Drop every seal of a profile that somebody may not help to open any more."""
    mine = table.c.opening == who.name
    if not desk_key.may_release(who):
        mine |= table.c.agreeing == who.name
    file.execute(delete(table).where(table.c.about.in_(profiles(file, who.name)), mine))


def _share(file: Connection, about: str, key: bytes, to: Colleague, roster: Roster) -> int:
    before = file.execute(select(table.c.agreeing, table.c.opening).where(table.c.about == about)).all()
    others = [each for name in {name for row in before for name in row} if (each := roster.colleague(name))]
    opening = [each.name for each in others if _opens(each)]
    agreeing = [each.name for each in others if desk_key.may_release(each)]
    allowed = [(one, to.name) for one in agreeing if _opens(to)]
    allowed += [(to.name, one) for one in opening if desk_key.may_release(to)]
    made = pairs.seal(about, key, allowed, {each.name: each.public for each in (*others, to)})
    if made:
        upsert.replace(file, table, [msgspec.structs.asdict(each) for each in made])
    return bool(made)


def _opens(who: Colleague) -> bool:
    return "safety-officer" in who.roles


def _newcomer(roster: Roster, name: str) -> Colleague:
    who = roster.colleague(name)
    if who is None or not desk_key.may_release(who):
        raise UnknownMember(f"nobody called {name} is of this desk with a role that opens profiles; check the spelling")
    return who
