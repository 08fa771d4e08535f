"""Lift an embargo before its time, on a movement or an edition: two people who speak with no source of it (F17)."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from farbank import vault
from farbank.desk.by_two import void
from farbank.desk.errors import NoMovement, NoSuchClaim
from farbank.model import codec
from farbank.model.case import Case
from farbank.model.claims import Claim
from farbank.model.exposure import Lift
from farbank.model.movements import line
from farbank.model.text import Slug
from farbank.vault import Act, case_store, sign_off

KIND: vault.acts.Kind = "lift-embargo"


def propose_lift(opened: vault.Vault, name: Slug, claim: Slug, reason: str) -> str:
    """Ask somebody else to agree that a movement may be told of from today, and return the act's name.

    Raises NoSuchRecord, NoSuchClaim, NoMovement, NotAllowed.
    """
    case = case_store.load(opened, name)
    known = {each.id: each for each in case.claims}
    if claim not in known:
        raise NoSuchClaim(f"{name} has no claim {claim}; it has {', '.join(known)}")
    if not line(known[claim], known):
        raise NoMovement(f"{claim} shows no movement, so no embargo holds it back; look with farbank story check")
    return sign_off.propose(
        opened,
        KIND,
        _about(name, claim),
        reason,
        digest=digest(known[claim]),
        case=name,
        handlers=case_store.handlers(opened, case),
    )


def propose_edition_lift(opened: vault.Vault, case: Case, edition: Slug, until: datetime, reason: str) -> str:
    """Ask somebody else to agree that an edition no longer waits until that moment, and return the act's name.

    Raises NotAllowed, CompartmentClosed.
    """
    return sign_off.propose(
        opened,
        KIND,
        edition,
        reason,
        digest=edition_digest(edition, until),
        case=case.name,
        handlers=case_store.handlers(opened, case),
    )


def lifts(opened: vault.Vault, case: Case) -> tuple[tuple[Lift, ...], tuple[str, ...]]:
    """The lifts of a case that two people signed, as the claims stand; and a sentence on each that does not count."""
    with opened.file("audit") as file:
        acts, forged = vault.acts.sifted(file, opened.roster)
    handlers = case_store.handlers(opened, case)
    found: list[Lift] = []
    ignored = list(forged.values())
    for act in acts:
        if act.proposal.case != case.name or not of_movement(act) or act.agreed is None or act.over is not None:
            continue
        why = void(opened.roster, act, handlers) or changed(case, act)
        if why is None:
            claim = act.proposal.about.removeprefix(f"{case.name}/")
            found.append(Lift(claim=claim, day=act.proposal.at.date(), reason=act.proposal.reason))
        else:
            ignored.append(f"act {act.id}: {why}")
    return tuple(found), tuple(ignored)


def of_movement(act: Act) -> bool:
    """Whether an act is about the embargo on a movement."""
    return act.proposal.kind == KIND and "/" in act.proposal.about


def of_edition(act: Act) -> bool:
    """Whether an act is about the embargo on an edition."""
    return act.proposal.kind == KIND and "/" not in act.proposal.about


def edition_digest(edition: Slug, until: datetime) -> bytes:
    """What a lift fixes of an edition's embargo: the moment, so that nobody lifts one and opens a later one."""
    return blake2b(codec.to_json([edition, until]), person=b"farbank lift", digest_size=32).digest()


def changed(case: Case, act: Act) -> str | None:
    """Why a lift is not of a claim of the case as it stands, None if it is."""
    for claim in case.claims:
        if act.proposal.about == _about(case.name, claim.id):
            if act.proposal.digest == digest(claim):
                return None
            return f"{claim.id} was changed since; propose it anew"
    return f"{act.proposal.about} is in the case no longer"


def digest(claim: Claim) -> bytes:
    """What a lift fixes of a claim: all of it, so that nobody lifts one movement and tells of another."""
    return blake2b(codec.to_json(claim), person=b"farbank lift", digest_size=32).digest()


def _about(case: Slug, claim: Slug) -> str:
    return f"{case}/{claim}"
