"""Open exact profiles: a safety officer asks, somebody else agrees, then it is done once; every look is on record."""

from __future__ import annotations

from farbank import vault
from farbank.desk.errors import NobodyOnFile, OtherProfile
from farbank.model.case import Case
from farbank.model.text import Slug
from farbank.vault import Act, case_store, identities, sign_off
from farbank.vault.identities import Private, Sealed

ONE: vault.acts.Kind = "open-identity"
ALL: vault.acts.Kind = "export-identities"


def propose_opening(opened: vault.Vault, name: Slug, person: Slug | None, reason: str) -> str:
    """Ask somebody else to agree that one person's profile is opened, or where nobody is named that all are exported.

    Returns the act's name. Raises NoSuchRecord, NobodyOnFile, NotAllowed, CompartmentClosed.
    """
    case = case_store.load(opened, name)
    sealed = _sealed(opened, name, person)
    return sign_off.propose(
        opened,
        ALL if person is None else ONE,
        name if person is None else f"{name}/{person}",
        reason,
        keys=tuple(each.about for each in sealed),
        case=name,
        handlers=case_store.handlers(opened, case),
    )


def open_person(opened: vault.Vault, id: str) -> Private:
    """The profile that somebody agreed this person opens, once. Raises ActNotOpen, NotAllowed, VaultDamaged."""
    act = _agreed(opened, id, ONE)
    (private,) = _open(opened, act, act.proposal.about.removeprefix(f"{act.proposal.case}/"))
    return private


def with_identities(opened: vault.Vault, case: Case) -> Case:
    """A case with every profile, if somebody agreed that this person exports them, once.

    Raises CompartmentClosed, NotAllowed where nobody has, VaultDamaged.
    """
    if "identities" not in opened.compartments:
        raise vault.CompartmentClosed(f"{opened.person} holds no key to identities; export without them")
    for act in sign_off.sound(opened):
        proposal = act.proposal
        mine = act.by == opened.person and act.agreed is not None and act.over is None
        if mine and (proposal.kind, proposal.about) == (ALL, case.name):
            return case_store.with_people(case, _open(opened, act, None))
    raise vault.NotAllowed(
        f"exporting the identities of {case.name} takes two people: ask with farbank identity propose {case.name}, and "
        "have somebody else agree; or export without them"
    )


def assert_as_named(opened: vault.Vault, act: Act) -> None:
    """Refuse an act that names one profile and would open another. Raises OtherProfile."""
    case = act.proposal.case
    person = None if act.proposal.kind == ALL else act.proposal.about.removeprefix(f"{case}/")
    if not all(case_store.sealed_for(opened, case, person, key) for key in act.proposal.keys):
        raise OtherProfile(
            f"{act.id} says it opens {act.proposal.about} and would open something else; withdraw it, and ask "
            f"{act.by} why"
        )


def _sealed(opened: vault.Vault, name: Slug, person: Slug | None) -> tuple[Sealed, ...]:
    found = tuple(each for each in case_store.people(opened, name) if person in (None, each.person))
    if not found:
        raise NobodyOnFile(f"{name} has no sealed profile{f' of {person}' if person else ''}; it was filed without")
    return found


def _agreed(opened: vault.Vault, id: str, kind: vault.acts.Kind) -> Act:
    act = sign_off.agreed(opened, id, kind, sign_off.look(opened, id).proposal.about)
    if act.by != opened.person:
        raise vault.NotAllowed(f"{act.by} asked to open this, and nobody else can")
    return act


def _open(opened: vault.Vault, act: Act, person: Slug | None) -> tuple[Private, ...]:
    found = tuple(
        identities.open(opened, each, act.id)
        for each in _sealed(opened, act.proposal.case, person)
        if each.about in act.proposal.keys
    )
    if len(found) < len(act.proposal.keys):
        raise vault.ActNotOpen(f"the profiles of {act.proposal.case} were filed anew since; propose it again")
    sign_off.done(opened, act.id)
    return found
