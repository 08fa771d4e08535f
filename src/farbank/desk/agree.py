"""Agree to what somebody else proposed and has yet to do; a release is agreed to where it is made (`desk.release`)."""

from __future__ import annotations

from farbank import vault
from farbank.desk.by_two import void
from farbank.desk.lift_embargo import changed
from farbank.desk.open_identity import assert_as_named
from farbank.vault import Act, case_store, sign_off


def agree(opened: vault.Vault, id: str) -> Act:
    """Agree to anything but a release, and return it as it stands now.

    What is about no one case (handing profiles on, destroying the desk) bars nobody here: profiles were never sealed
    for whoever speaks with a source of theirs.

    Raises ActNotOpen, NotAllowed where either of the two may not sign, OtherProfile.
    """
    act = sign_off.look(opened, id)
    if act.proposal.kind == "release":
        raise vault.ActNotOpen(f"{id} is a release: farbank story agree {id} --out FOLDER compiles it and agrees")
    case = case_store.content(opened, act.proposal.case) if act.proposal.case else None
    handlers = frozenset[str]() if case is None else case_store.handlers(opened, case)
    why = void(opened.roster, act, handlers)
    if why is None and case is not None and act.proposal.kind == "lift-embargo":
        why = changed(case, act)
    if why is not None:
        raise vault.NotAllowed(f"{id} cannot be agreed to: {why}")
    if case is not None and act.proposal.keys:
        assert_as_named(opened, act)
    sign_off.agree(opened, id, handlers=handlers)
    return sign_off.look(opened, id)
