"""What a partner's phone shows to whoever reads it: nothing is kept there by us, so it is what calling leaves (F5)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from farbank import vault
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.reports import Contact
from farbank.model.text import Slug
from farbank.vault import case_store

WRITTEN = frozenset({"text", "note", "relay", "mail"})
"""Channels by which words are left on the handset, both ways, if they were not deleted there."""


class Handset(msgspec.Struct, frozen=True, kw_only=True):
    """What the phone of one partner shows, at most: days, lengths and numbers of calls, and what was written.

    `questions` were asked and `told` said by the desk: whoever answers is asked about them too. `lost` is when the
    phone was lost or taken.
    """

    partner: Slug
    calls: int
    written: int
    days: tuple[When, ...]
    questions: int
    told: int
    lost: When | None = None


def handsets(opened: vault.Vault) -> tuple[Handset, ...]:
    """The phone of every partner of every case this person reads. Raises CompartmentClosed."""
    cases = [case_store.content(opened, name) for name in case_store.names(opened)]
    handles = sorted({partner.handle for case in cases for partner in case.partners})
    return tuple(handset(handle, cases) for handle in handles)


def handset(handle: Slug, cases: Iterable[Case]) -> Handset:
    """The phone of one partner, as the contacts of these cases tell."""
    lost: When | None = None
    contacts: list[Contact] = []
    for case in cases:
        contacts += [contact for contact in case.contacts if contact.partner == handle]
        lost = next((each.lost for each in case.partners if each.handle == handle and each.lost), lost)
    return Handset(
        partner=handle,
        calls=sum(contact.channel not in WRITTEN for contact in contacts),
        written=sum(contact.channel in WRITTEN for contact in contacts),
        days=tuple(dict.fromkeys(contact.when for contact in contacts)),
        questions=sum(len(contact.questions) for contact in contacts),
        told=sum(len(contact.told) for contact in contacts),
        lost=lost,
    )
