"""What a partner's phone shows to whoever reads it: nothing is kept there by us, so it is what calling leaves (F5)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from farbank import vault
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.reports import Contact
from farbank.model.text import Slug
from farbank.vault import case_store, reports

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
    known = reports.partners(opened)
    handles = sorted({partner.handle for partner in (*known, *(each for case in cases for each in case.partners))})
    return tuple(
        handset(
            handle,
            [*(contact for case in cases for contact in case.contacts), *reports.contacts(opened, handle)],
            [*known, *(each for case in cases for each in case.partners)],
        )
        for handle in handles
    )


def handset(handle: Slug, among: Iterable[Contact], partners: Iterable[Partner]) -> Handset:
    """The phone of one partner, as those `among` these contacts tell that are theirs."""
    contacts = [contact for contact in among if contact.partner == handle]
    lost = next((each.lost for each in partners if each.handle == handle and each.lost), None)
    return Handset(
        partner=handle,
        calls=sum(contact.channel not in WRITTEN for contact in contacts),
        written=sum(contact.channel in WRITTEN for contact in contacts),
        days=tuple(dict.fromkeys(contact.when for contact in contacts)),
        questions=sum(len(contact.questions) for contact in contacts),
        told=sum(len(contact.told) for contact in contacts),
        lost=lost,
    )
