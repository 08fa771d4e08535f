"""Who speaks with whom: a partner is assigned to somebody, who may then sign nothing that rests on what they say."""

from __future__ import annotations

import msgspec

from farbank import vault
from farbank.desk.blocked import assert_may_contact
from farbank.desk.errors import NoSuchPartner
from farbank.model.text import Slug
from farbank.vault import case_store, identities, sign_off


class PartnerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A partner: the cases they speak in, and who speaks or ever spoke with them."""

    handle: Slug
    cases: tuple[Slug, ...]
    handlers: tuple[str, ...]


def assign(opened: vault.Vault, handle: Slug, name: str) -> None:
    """Assign a partner to somebody of the desk, and shut them out of every profile of that partner's cases, for good.

    A safety officer does it wherever profiles are on file. Raises NoSuchPartner, UnknownMember, CompartmentClosed,
    PartnerBlocked, and NobodyToAgree, with nothing changed, if no two people could open a profile afterwards.
    """
    to = opened.roster.colleague(name)
    if to is None or not to.roles:
        raise vault.UnknownMember(f"nobody called {name} is of this desk; check the spelling")
    scope = case_store.partner_scope(handle)
    assert_may_contact(opened, handle)
    with opened.transaction():
        cases = _cases(opened).get(handle)
        if cases is None:
            raise NoSuchPartner(f"no filed case has a partner {handle}; look with farbank partner list")
        _shut_out(opened, name, {each.about for case in cases for each in case_store.people(opened, case)})
        case_store.assign(opened, handle, name)
        if scope in opened.held_scopes("content"):
            opened.let_in("content", scope, to)
        else:
            opened.open_scope("content", scope, [name])
        opened.note("partner assigned", note=name)


def partners(opened: vault.Vault) -> tuple[PartnerRow, ...]:
    """Every partner of every filed case. Raises CompartmentClosed."""
    return tuple(
        PartnerRow(handle=handle, cases=tuple(cases), handlers=tuple(sorted(case_store.handlers_of(opened, handle))))
        for handle, cases in sorted(_cases(opened).items())
    )


def _shut_out(opened: vault.Vault, name: str, profiles: set[str]) -> None:
    for about in sorted(profiles):
        if not identities.openable_without(opened, about, name):
            raise vault.NobodyToAgree(
                f"without {name} no two people could ever open a profile that rests on this partner; have somebody "
                "join first, or assign somebody else"
            )
        identities.bar(opened, about, name)
    for act in sign_off.sound(opened):
        if act.over is None and name in (act.by, act.agreed) and profiles & {*act.proposal.keys}:
            sign_off.withdraw(opened, act.id)


def _cases(opened: vault.Vault) -> dict[Slug, list[Slug]]:
    found: dict[Slug, list[Slug]] = {}
    for name in case_store.names(opened):
        for partner in case_store.content(opened, name).partners:
            found.setdefault(partner.handle, []).append(name)
    return found
