"""Partners whom nobody of the desk contacts and on whom no story goes out: their phone, or they, may be in other hands.

The mark is a record of its own, so that a case filed again with the partner as they were does not take it off.
"""

from __future__ import annotations

from datetime import date

import msgspec
from nacl.utils import random

from farbank import vault
from farbank.desk.errors import NotBlocked, PartnerBlocked, StoryFrozen
from farbank.desk.rests_on import aliases, rests_on, tokens_of
from farbank.model import codec
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.text import Slug
from farbank.vault import case_store, reports

KIND = "compromised"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """That a partner is blocked since a day: what the audit calls it, their tokens, and how each case had them.

    Under no case's name is the partner as they stand outside all cases.
    """

    id: str
    lost: When
    tokens: tuple[Slug, ...]
    before: dict[str, tuple[Partner, ...]]


def marks(opened: vault.Vault) -> dict[Slug, Mark]:
    """Every partner blocked now, by handle. Raises CompartmentClosed."""
    return {
        handle: codec.from_json(body, Mark, f"{KIND}/{handle}") for handle, body in opened.all("content", KIND).items()
    }


def block(opened: vault.Vault, handle: Slug, lost: date, reason: str) -> Mark:
    """Mark a partner burned and their phone lost in every case, and block contact; done twice it changes nothing.

    Raises CompartmentClosed, NotAssigned.
    """
    with opened.transaction():
        known = marks(opened).get(handle)
        if known is not None:
            return known
        cases = tuple(case_store.load(opened, name) for name in case_store.names(opened))
        tokens = tokens_of(cases, handle)
        before: dict[str, tuple[Partner, ...]] = {}
        mark_of = When(lost.isoformat())
        for case in cases:
            same = aliases(case, handle, tokens)
            burned = tuple(
                _burned(partner, mark_of) if partner.handle in same else partner for partner in case.partners
            )
            before[case.name] = tuple(each for each in case.partners if each.handle in same)
            if burned != case.partners:
                case_store.save(opened, msgspec.structs.replace(case, partners=burned))
        kept = [partner for partner in reports.partners(opened) if partner.handle == handle]
        for partner in kept:
            reports.put_partner(opened, _burned(partner, mark_of))
        before[""] = tuple(kept)
        mark = Mark(id=random(8).hex(), lost=mark_of, tokens=tuple(sorted(tokens)), before=before)
        opened.put("content", KIND, handle, mark)
        opened.note("partner compromised", about=mark.id, note=reason)
    return mark


def unblock(opened: vault.Vault, handle: Slug, reason: str) -> Mark:
    """Take the mark off, and give every case the partner back as it had them. Raises NotBlocked, CompartmentClosed."""
    with opened.transaction():
        mark = marks(opened).get(handle)
        if mark is None:
            raise NotBlocked(f"nobody marked {handle} as compromised; look with farbank partner list")
        for name in case_store.names(opened):
            case = case_store.load(opened, name)
            before = {each.handle: each for each in mark.before.get(name, ())}
            partners = tuple(_as_before(each, before.get(each.handle)) for each in case.partners)
            if partners != case.partners:
                case_store.save(opened, msgspec.structs.replace(case, partners=partners))
        for before_all in mark.before.get("", ()):
            reports.put_partner(opened, _as_before(reports.partner(opened, handle), before_all))
        opened.delete("content", KIND, handle)
        opened.note("partner no longer compromised", about=mark.id, note=reason)
    return mark


def assert_may_contact(opened: vault.Vault, handle: Slug) -> None:
    """Refuse whatever would have somebody of the desk contact a partner who is blocked. Raises PartnerBlocked."""
    if handle in marks(opened):
        raise PartnerBlocked(
            f"{handle} is marked as compromised: do not call, write or answer; see farbank partner compromised {handle}"
        )


def assert_not_frozen(opened: vault.Vault, case: Case) -> None:
    """Refuse to release a story that rests on a partner who is blocked. Raises StoryFrozen."""
    for handle, mark in marks(opened).items():
        for who in aliases(case, handle, frozenset(mark.tokens)):
            if rests_on(case, who).story:
                raise StoryFrozen(
                    f"the story of {case.name} rests on {who}, who is marked as compromised; publish something else "
                    f"meanwhile: farbank partner compromised {handle} lists what is cleared"
                )


def _as_before(partner: Partner, before: Partner | None) -> Partner:
    return partner if before is None else msgspec.structs.replace(partner, state=before.state, lost=before.lost)


def _burned(partner: Partner, lost: When) -> Partner:
    return msgspec.structs.replace(partner, state="burned", lost=lost)
