"""Agree to what somebody else proposed and has yet to do; a release is agreed to where it is made (`desk.release`)."""

from __future__ import annotations

from datetime import UTC, datetime

from farbank import vault
from farbank.desk.by_two import void
from farbank.desk.lift_embargo import changed, edition_digest, of_edition, of_movement
from farbank.desk.open_identity import assert_as_named
from farbank.desk.sign_anew import KIND as SITE
from farbank.desk.sign_anew import sign_anew
from farbank.desk.standing import standing
from farbank.desk.write_step import LIFTING, write_step
from farbank.model.case import Case
from farbank.publish.errors import StepRefused
from farbank.vault import Act, case_store, sign_off


def agree(opened: vault.Vault, id: str, *, now: datetime | None = None) -> Act:
    """Agree to anything but a release, and return it as it stands now.

    What is about no one case (handing profiles on, destroying the desk) bars nobody here: profiles were never sealed
    for whoever speaks with a source of theirs.

    Lifting the embargo on an edition is done with that, and so is signing the site anew. Raises ActNotOpen, NotAllowed
    where either of the two may not sign, OtherProfile, StepRefused, OtherBytes.
    """
    act = sign_off.look(opened, id)
    if act.proposal.kind == "release":
        raise vault.ActNotOpen(f"{id} is a release: farbank story agree {id} --out FOLDER compiles it and agrees")
    case = case_store.content(opened, act.proposal.case) if act.proposal.case else None
    handlers = frozenset[str]() if case is None else case_store.handlers(opened, case)
    why = void(opened.roster, act, handlers)
    if why is None and case is not None and of_movement(act):
        why = changed(case, act)
    if why is not None:
        raise vault.NotAllowed(f"{id} cannot be agreed to: {why}")
    if case is not None and act.proposal.keys:
        assert_as_named(opened, act)
    with opened.transaction():
        sign_off.agree(opened, id, handlers=handlers)
        if case is not None and of_edition(act):
            _lift(opened, case, act, now or datetime.now(UTC))
        if act.proposal.kind == SITE:
            sign_anew(opened, act)
    return sign_off.look(opened, id)


def _lift(opened: vault.Vault, case: Case, act: Act, now: datetime) -> None:
    """Lift the embargo on an edition as soon as two agree: nothing is left for anybody to carry out."""
    at, name = standing(opened, case.name), act.proposal.about
    until = None if name not in at.items else at.items[name].embargo
    if until is None or act.proposal.digest != edition_digest(name, until):
        raise StepRefused(f"the embargo of {name} is not what {act.by} asked to lift; withdraw {act.id} and ask anew")
    why = act.proposal.reason
    write_step(opened, at, at.items, name, "lift", now=now, until=until, flags=LIFTING, reason=why, act=act.id)
    sign_off.done(opened, act.id)
