"""Propose, agree, carry out: the steps of what takes two people, as one of them takes them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from nacl.signing import SigningKey
from nacl.utils import random

from farbank.model import codec
from farbank.vault import acts, desk_key, identities
from farbank.vault.acts import Act, Agreement, Kind, Proposal
from farbank.vault.errors import ActNotOpen, NotAllowed
from farbank.vault.store import Vault


def propose(
    opened: Vault,
    kind: Kind,
    about: str,
    reason: str,
    *,
    digest: bytes = b"",
    keys: tuple[str, ...] = (),
    case: str = "",
    on: date | None = None,
    hour: datetime | None = None,
    handlers: Collection[str] = (),
    authors: Collection[str] = (),
) -> str:
    """Ask somebody else to agree, and return the name of the act.

    `handlers` speak with a source it is about, `authors` wrote it. Raises NotAllowed, CompartmentClosed.
    """
    _assert_may(opened, kind, "proposed", handlers, authors)
    id = random(8).hex()
    proposal = Proposal(
        kind=kind,
        about=about,
        reason=reason,
        at=datetime.now(UTC),
        digest=digest,
        keys=keys,
        case=case,
        on=on,
        hour=hour,
        barred=tuple(sorted({*handlers, *(() if acts.RULES[kind].by_author else authors)})),
    )
    with opened.transaction(), opened.file("audit") as file:
        acts.record(file, id, "proposed", opened.person, codec.to_json(proposal), opened.secret)
        if kind in acts.SIGNED:
            left = desk_key.halves(file, opened.roster, opened.person, opened.secret)
            acts.hand_over(file, id, [half for half in left if half.opening not in proposal.barred])
        opened.note(f"{kind} proposed", about=about)
    return id


def agree(opened: Vault, id: str, *, handlers: Collection[str] = (), authors: Collection[str] = ()) -> None:
    """Agree to what somebody else proposed. Raises ActNotOpen, NotAllowed, CompartmentClosed."""
    act = look(opened, id)
    _assert_may(opened, act.proposal.kind, "agreed", handlers, authors, act.by)
    if opened.person in act.proposal.barred:
        raise NotAllowed(f"{opened.person} may not: they wrote it, or speak with a source it is about")
    seen = acts.digest(codec.to_json(act.proposal))
    with opened.transaction(), opened.file("audit") as file:
        body = codec.to_json(Agreement(proposal=seen, at=datetime.now(UTC)))
        acts.record(file, id, "agreed", opened.person, body, opened.secret)
        if act.proposal.keys:
            acts.hand_over(file, id, identities.halves(opened, act.proposal.keys, opening=act.by))
        opened.note(f"{act.proposal.kind} agreed", about=act.proposal.about)


def withdraw(opened: Vault, id: str) -> None:
    """Take back what was proposed, even agreed to, and is not done. Raises ActNotOpen, CompartmentClosed."""
    act = look(opened, id)
    with opened.transaction(), opened.file("audit") as file:
        acts.record(file, id, "withdrawn", opened.person, b"", opened.secret)
        acts.take_back(file, id)
        opened.note(f"{act.proposal.kind} withdrawn", about=act.proposal.about)


def done(opened: Vault, id: str) -> None:
    """Say that what two agreed to was carried out, so that it is not again. Raises ActNotOpen."""
    act = look(opened, id)
    with opened.transaction(), opened.file("audit") as file:
        acts.record(file, id, "done", opened.person, b"", opened.secret)
        acts.take_back(file, id)
        opened.note(f"{act.proposal.kind} done", about=act.proposal.about)


def agreed(opened: Vault, id: str, kind: Kind, about: str) -> Act:
    """An act of this kind, about this, that two people signed and nobody has carried out.

    Raises ActNotOpen; NotAllowed if one of the two has not, or no longer, the role for it.
    """
    act = look(opened, id)
    if (act.proposal.kind, act.proposal.about) != (kind, about):
        raise ActNotOpen(f"{id} is about something else; look with farbank desk acts")
    if act.agreed is None or act.over is not None:
        raise ActNotOpen(f"{id} is {act.over or 'waiting for somebody else to agree'}; look with farbank desk acts")
    rule = acts.RULES[kind]
    for name, roles in ((act.by, rule.propose), (act.agreed, rule.agree)):
        who = opened.roster.colleague(name)
        if who is None or not roles & {*who.roles}:
            raise NotAllowed(f"{name} may not take part in this; have it proposed anew")
    return act


def signing_key(opened: Vault, id: str) -> SigningKey:
    """The desk's key, for the second of two who sign: in memory, for one act. Raises ActNotOpen, NotAllowed."""
    act = look(opened, id)
    if act.proposal.kind not in acts.SIGNED or act.agreed != opened.person or act.over is not None:
        raise NotAllowed(f"{opened.person} has not agreed to {id}, or it is no release or site still to be signed")
    with opened.file("audit") as file:
        half = acts.handed(file, id, desk_key.about(opened.roster), opened.person)
    key = None if half is None else desk_key.opened(half, opened.roster, opened.person, opened.secret)
    if key is None or bytes(key.verify_key) != opened.roster.desk_key.signing:
        raise NotAllowed(f"nobody left {opened.person} a part of the desk's key for {id}; have it proposed anew")
    return key


def look(opened: Vault, id: str) -> Act:
    """One act, every signature of it checked. Raises ActNotOpen, VaultDamaged."""
    with opened.file("audit") as file:
        return acts.find(file, id, opened.roster, str(opened.path("audit")))


def sound(opened: Vault) -> tuple[Act, ...]:
    """Every act whose signatures hold, in the order proposed; the audit tells of the others."""
    with opened.file("audit") as file:
        return acts.sifted(file, opened.roster)[0]


def every(opened: Vault) -> tuple[Act, ...]:
    """Every act of the desk, in the order proposed. Raises VaultDamaged."""
    with opened.file("audit") as file:
        return acts.every(file, opened.roster, str(opened.path("audit")))


def _assert_may(
    opened: Vault,
    kind: Kind,
    step: acts.Step,
    handlers: Collection[str],
    authors: Collection[str],
    proposed_by: str = "",
) -> None:
    why = acts.refusal(
        acts.RULES[kind],
        step,
        opened.me,
        handles=opened.person in handlers,
        wrote=opened.person in authors,
        proposed_by=proposed_by,
    )
    if why is not None:
        raise NotAllowed(f"{opened.person} may not: {why}")
