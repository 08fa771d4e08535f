"""Partners, and what they said: records of the whole desk, read by it and by whoever speaks with the partner."""

from __future__ import annotations

from collections.abc import Collection

from farbank.model import codec
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.model.text import Slug
from farbank.vault import records
from farbank.vault.case_store import partner_scope
from farbank.vault.errors import AlreadyFiled
from farbank.vault.store import Vault

PARTNER, CONTACT, REPORT = "partner", "contact", "report"


def put_partner(vault: Vault, partner: Partner, *, handlers: Collection[str] = ()) -> None:
    """Write a partner, replacing what was there, and let their handlers read what they say. Raises NotAssigned."""
    scope = partner_scope(partner.handle)
    with vault.transaction():
        if scope not in vault.held_scopes("content"):
            vault.open_scope("content", scope, tuple(handlers))
        else:
            for handler in vault.roster.having(lambda each: each.name in handlers):
                vault.let_in("content", scope, handler)
        vault.put("content", PARTNER, partner.handle, partner, scope=scope)


def file_contact(vault: Vault, contact: Contact) -> None:
    """File a contact, which is not changed afterwards. Raises AlreadyFiled, NotAssigned, RecordErased."""
    _file(vault, CONTACT, contact, contact.partner)


def file_report(vault: Vault, report: Report) -> None:
    """File a report of a contact; a correction is a new one. Raises AlreadyFiled, NoSuchRecord, RecordErased."""
    _file(vault, REPORT, report, contact(vault, report.contact).partner)


def partner(vault: Vault, handle: Slug) -> Partner:
    """A partner by handle. Raises NoSuchRecord."""
    return codec.from_json(vault.get("content", PARTNER, handle), Partner, f"{PARTNER}/{handle}")


def contact(vault: Vault, id: Slug) -> Contact:
    """A contact by id. Raises NoSuchRecord."""
    return codec.from_json(vault.get("content", CONTACT, id), Contact, f"{CONTACT}/{id}")


def report(vault: Vault, id: Slug) -> Report:
    """A report by id. Raises NoSuchRecord."""
    return codec.from_json(vault.get("content", REPORT, id), Report, f"{REPORT}/{id}")


def partners(vault: Vault) -> tuple[Partner, ...]:
    """Every partner this person may know of, by handle in order."""
    held = vault.all("content", PARTNER)
    return tuple(codec.from_json(body, Partner, f"{PARTNER}/{handle}") for handle, body in held.items())


def contacts(vault: Vault, handle: Slug) -> tuple[Contact, ...]:
    """Every contact with a partner, by id in order."""
    held = vault.all("content", CONTACT, scope=partner_scope(handle))
    return tuple(codec.from_json(body, Contact, f"{CONTACT}/{id}") for id, body in held.items())


def reports(vault: Vault, handle: Slug) -> tuple[Report, ...]:
    """Everything a partner said, by id in order."""
    held = vault.all("content", REPORT, scope=partner_scope(handle))
    return tuple(codec.from_json(body, Report, f"{REPORT}/{id}") for id, body in held.items())


def _file(vault: Vault, kind: str, noun: Contact | Report, handle: Slug) -> None:
    with vault.transaction():
        with vault.file("content") as file:
            row = records.get(file, kind, noun.id)
        if row is not None and row.gone is None:
            raise AlreadyFiled(f"{kind} “{noun.id}” was filed before; give this one another id")
        vault.put("content", kind, noun.id, noun, scope=partner_scope(handle))
