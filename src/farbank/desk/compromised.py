"""A partner is lost, or their phone: what that exposes, whom nobody contacts any more, and what to do now (F5)."""

from __future__ import annotations

from datetime import date

import msgspec

from farbank import vault
from farbank.desk import blocked
from farbank.desk.errors import NoSuchPartner
from farbank.desk.handset import Handset, handset
from farbank.desk.ledger import releases
from farbank.desk.ordinary import Ordinary, ordinary
from farbank.desk.rests_on import Resting, aliases, rests_on, tokens_of
from farbank.model.case import Case
from farbank.model.text import Slug
from farbank.vault import case_store, reports


class Compromise(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is exposed with a partner, and what is left to do.

    `filed` counts reports filed outside any case. `handlers` speak or spoke with them; `editions` say something of them
    and stay where they are; `frozen` are cases whose story does not go out while the mark stands.
    """

    handle: Slug
    mark: str
    handset: Handset
    filed: int
    handlers: tuple[str, ...]
    resting: tuple[Resting, ...]
    editions: tuple[Slug, ...]
    frozen: tuple[Slug, ...]
    ordinary: Ordinary


def compromised(opened: vault.Vault, handle: Slug, reason: str, *, lost: date, on: date) -> Compromise:
    """Block a partner since the day they were `lost`, and say what it exposes; asked again, it says what is so by then.

    Raises NoSuchPartner, CompartmentClosed (it takes content and the ledger).
    """
    released = releases(opened)
    cases = tuple(case_store.content(opened, name) for name in case_store.names(opened))
    known = (*reports.partners(opened), *(partner for case in cases for partner in case.partners))
    if all(partner.handle != handle for partner in known):
        raise NoSuchPartner(f"no filed case has a partner {handle}; look with farbank partner list")
    mark = blocked.block(opened, handle, lost, reason)
    tokens = tokens_of(cases, handle)
    named = [(case, who) for case in cases for who in aliases(case, handle, tokens)]
    resting = tuple(rests_on(case, who) for case, who in named)
    frozen = tuple(dict.fromkeys(each.case for each in resting if each.story))
    return Compromise(
        handle=handle,
        mark=mark.id,
        handset=_handset(opened, handle, named, mark),
        filed=len(reports.reports(opened, handle)),
        handlers=tuple(sorted({name for _, who in named for name in case_store.handlers_of(opened, who)})),
        resting=resting,
        editions=tuple(each.edition for each in released if any(one.token in tokens for one in each.people)),
        frozen=frozen,
        ordinary=ordinary(opened, frozen, on),
    )


def _handset(opened: vault.Vault, handle: Slug, named: list[tuple[Case, Slug]], mark: blocked.Mark) -> Handset:
    """One phone, under however many code words the cases know who holds it."""
    contacts = [contact for case, who in named for contact in case.contacts if contact.partner == who]
    theirs = [msgspec.structs.replace(contact, partner=handle) for contact in contacts]
    seen = handset(handle, [*theirs, *reports.contacts(opened, handle)], ())
    return msgspec.structs.replace(seen, lost=mark.lost)
