"""What takes two people: one proposes, another agrees, both sign, and the store takes nothing else for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from hashlib import blake2b
from typing import Literal

import msgspec
from sqlalchemy import Connection, delete, exc, insert, select

from farbank.model import codec
from farbank.model.captures import Moment
from farbank.model.errors import DecodeError
from farbank.vault import upsert
from farbank.vault.errors import ActNotOpen, VaultDamaged
from farbank.vault.keypair import Secret
from farbank.vault.pairs import Half
from farbank.vault.roles import Role
from farbank.vault.roster import Colleague, Roster
from farbank.vault.schema import act as table
from farbank.vault.schema import half as table_of_halves

_DOMAIN = b"farbank act 1\n"

Kind = Literal[
    "release", "sign-site", "open-identity", "export-identities", "hand-on-identities", "lift-embargo", "destroy-desk"
]  # fmt: skip
Step = Literal["proposed", "agreed", "withdrawn", "done"]
Taken = tuple[str, str, str, bytes, bytes]
"""A step as it lies there: act, step, whose it is, what they said, their signature."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Who may propose and who may agree; never one and the same person, never whoever handles a source it is about."""

    propose: frozenset[Role]
    agree: frozenset[Role]
    by_author: bool = True
    """Whether somebody who wrote it may propose or agree."""


SIGNED: frozenset[Kind] = frozenset({"release", "sign-site"})
"""What is signed with the desk's key once two agree."""
_DESK: frozenset[Role] = frozenset({"editor", "verification-lead", "safety-officer", "publisher"})
RULES: dict[Kind, Rule] = {
    "release": Rule(propose=_DESK, agree=_DESK, by_author=False),
    "sign-site": Rule(propose=_DESK, agree=_DESK),
    "open-identity": Rule(propose=frozenset({"safety-officer"}), agree=_DESK),
    "export-identities": Rule(propose=frozenset({"safety-officer"}), agree=_DESK),
    "hand-on-identities": Rule(propose=frozenset({"safety-officer"}), agree=_DESK),
    "lift-embargo": Rule(propose=_DESK, agree=_DESK),
    "destroy-desk": Rule(propose=_DESK, agree=_DESK),
}


class Proposal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody asks another to agree to.

    `about` is an edition, a person of a case, a case or a movement, `case` the case it belongs to. `digest` fixes the
    bytes an edition is to consist of, or the movement or embargo as it was, `on` the day it goes out and `hour` the
    moment where one was named, `keys` the sealed profiles to be opened. `barred` are those who may not agree: they
    wrote it, or speak with a source it is about.
    """

    kind: Kind
    about: str
    reason: str
    at: datetime
    digest: bytes = b""
    keys: tuple[str, ...] = ()
    case: str = ""
    on: date | None = None
    hour: Moment | None = None
    barred: tuple[str, ...] = ()


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody agrees; `proposal` is the digest of the proposal they saw."""

    proposal: bytes
    at: datetime


class Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A proposal and how far it has come."""

    id: str
    proposal: Proposal
    by: str
    agreed: str | None = None
    over: Literal["withdrawn", "done"] | None = None


def refusal(rule: Rule, step: Step, who: Colleague, handles: bool, wrote: bool, proposed_by: str = "") -> str | None:
    """Why somebody may not take a step, None if they may."""
    roles = rule.propose if step == "proposed" else rule.agree
    if not roles & {*who.roles}:
        return f"it takes one of: {', '.join(sorted(roles))}"
    if step == "agreed" and who.name == proposed_by:
        return "it takes somebody other than who proposed it"
    if handles:
        return f"{who.name} speaks with a source it is about; it takes somebody else"
    if wrote and not rule.by_author:
        return f"{who.name} wrote it; it takes somebody else"
    return None


def record(connection: Connection, id: str, step: Step, who: str, body: bytes, secret: Secret) -> None:
    """Write one step of an act, signed. Raises ActNotOpen where the file's own rules refuse it."""
    signature = secret.sign(_signed(id, step, who, body))
    try:
        connection.execute(
            insert(table), [{"id": id, "step": step, "person": who, "body": body, "signature": signature}]
        )
    except exc.IntegrityError as error:
        why = _WHY.get(str(error.orig).partition("\n")[0], "it is not open")  # a server says more below
        raise ActNotOpen(f"{id}: {why}; look with farbank desk acts") from None


_WHY = {
    "already there": "this step was taken before",
    "not proposed": "nobody proposed it",
    "same person": "whoever proposed it cannot agree to it",
    "decided": "it was decided already",
    "not agreed": "nobody has agreed to it yet",
    "over": "it was carried out or withdrawn already",
}


Check = Callable[[str, str, str, bytes, bytes], bool]


def signed_now(roster: Roster) -> Check:
    """What the file asks before it takes a step: whether the one it names is of the desk, and signed it."""
    return lambda id, step, person, body, signature: roster.signs_now(
        person, _signed(id, step, person, body), signature
    )


def signed_by(roster: Roster) -> Check:
    """Whether the one a step names signed it, then or now."""
    return lambda id, step, person, body, signature: roster.signed(person, _signed(id, step, person, body), signature)


def find(connection: Connection, id: str, roster: Roster, file: str) -> Act:
    """One act, every signature of it checked. Raises ActNotOpen, VaultDamaged if it is forged."""
    acts, forged = sifted(connection, roster)
    if id in forged:
        raise VaultDamaged(file, forged[id])
    found = next((act for act in acts if act.id == id), None)
    if found is None:
        raise ActNotOpen(f"nobody proposed {id}; look with farbank desk acts")
    return found


def every(connection: Connection, roster: Roster, file: str) -> tuple[Act, ...]:
    """Every act in the order proposed, every signature checked. Raises VaultDamaged naming one that is forged."""
    return every_of(connection.execute(select(table)), roster, file)


def every_of(steps: Iterable[Taken], roster: Roster, file: str) -> tuple[Act, ...]:
    """What `every` says of a compartment, of steps that lie elsewhere."""
    acts, forged = _sifted(steps, roster)
    for why in forged.values():
        raise VaultDamaged(file, why)
    return acts


def sifted(connection: Connection, roster: Roster) -> tuple[tuple[Act, ...], dict[str, str]]:
    """Every act whose signatures hold, in the order proposed, and by its name a sentence on each that is forged.

    Acts are never taken out, so that one somebody forged must not stand in the way of all others.
    """
    return _sifted(connection.execute(select(table)), roster)


def _sifted(rows: Iterable[Taken], roster: Roster) -> tuple[tuple[Act, ...], dict[str, str]]:
    steps: dict[str, dict[str, tuple[str, bytes]]] = {}
    forged: dict[str, str] = {}
    check = signed_by(roster)
    for id, step, person, body, signature in rows:
        if not check(id, step, person, body, signature):
            forged[id] = f"act {id} bears a signature that is not {person}'s"
        steps.setdefault(id, {})[step] = (person, body)
    forged |= {id: why for id, of in steps.items() if id not in forged and (why := _amiss(id, of))}
    acts = [_act(id, of) for id, of in steps.items() if id not in forged]
    return tuple(sorted(acts, key=lambda act: (act.proposal.at, act.id))), forged


def _amiss(id: str, steps: dict[str, tuple[str, bytes]]) -> str | None:
    if "proposed" not in steps:
        return f"act {id} was never proposed"
    by, body = steps["proposed"]
    try:
        barred = codec.from_json(body, Proposal, f"act {id}").barred
        agreed, agreement = steps.get("agreed", (None, b""))
        seen = codec.from_json(agreement, Agreement, f"act {id}").proposal if agreed else digest(body)
    except DecodeError:
        return f"act {id} cannot be read"
    if agreed == by or seen != digest(body):
        return f"act {id} was agreed to by who proposed it, or is not what was agreed to"
    if {by, agreed} & {*barred}:
        return f"act {id} was signed by somebody who wrote it or speaks with a source it is about"
    return None


def _act(id: str, steps: dict[str, tuple[str, bytes]]) -> Act:
    by, body = steps["proposed"]
    over: Literal["withdrawn", "done"] | None = (
        "done" if "done" in steps else "withdrawn" if "withdrawn" in steps else None
    )
    agreed = steps["agreed"][0] if "agreed" in steps else None
    return Act(id=id, proposal=codec.from_json(body, Proposal, f"act {id}"), by=by, agreed=agreed, over=over)


def hand_over(connection: Connection, id: str, halves: Iterable[Half]) -> None:
    """Leave what agreeing took the outer seal off, for each who may open it."""
    rows = [{"act": id, **msgspec.structs.asdict(each)} for each in halves]
    if rows:
        upsert.replace(connection, table_of_halves, rows)


def handed(connection: Connection, id: str, about: str, name: str) -> bytes | None:
    """What was left for somebody to open of one thing."""
    asked = select(table_of_halves.c.sealed).where(
        table_of_halves.c.act == id, table_of_halves.c.about == about, table_of_halves.c.opening == name
    )
    sealed = connection.scalar(asked)
    return None if sealed is None else bytes(sealed)


def take_back(connection: Connection, id: str) -> None:
    """Forget what was left of an act that is over."""
    connection.execute(delete(table_of_halves).where(table_of_halves.c.act == id))


def digest(body: bytes) -> bytes:
    """What an agreement fixes of the proposal it was given to."""
    return blake2b(body, person=b"farbank act", digest_size=32).digest()


def _signed(id: str, step: str, who: str, body: bytes) -> bytes:
    return _DOMAIN + codec.to_json([id, step, who]) + b"\n" + body
