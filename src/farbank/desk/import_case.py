"""Bring a case folder into the desk, and fetch it back without opening an identity."""

from __future__ import annotations

from pathlib import Path

import msgspec

from farbank import vault
from farbank.desk.file_case import Filed, content_of, decode_listing, encode_listing, file_case, pack_of
from farbank.intake import case_folder
from farbank.model import codec
from farbank.model.releases import Release


def import_case(opened: vault.Vault, folder: Path) -> Filed:
    """Read a case folder and file it, all of it or nothing.

    Raises what reading the folder raises, and CompartmentClosed where the case brings identities and this person does
    not hold their key.
    """
    case = case_folder.read(folder)
    filed = file_case(case)
    kept = msgspec.structs.replace(filed.case, identities=case.identities, places=case.places)
    # Without persons.toml there is nobody to look for; the list on file must not give way to an empty one.
    known = not case.identities and case.name in vault.case_store.names(opened)
    vault.case_store.save(opened, kept, forbidden=None if known else encode_listing(filed))
    return filed


def filed(opened: vault.Vault, name: str) -> Filed:
    """Fetch a filed case as content knows it. Raises NoSuchRecord."""
    content = content_of(vault.case_store.load(opened, name))
    listing = decode_listing(vault.case_store.forbidden(opened, name))
    released = releases(opened) if "ledger" in opened.compartments else None
    return Filed(content, pack_of(content), listing.forbidden, frozenset(listing.people), released)


def releases(opened: vault.Vault) -> tuple[Release, ...]:
    """Everything the desk ever published, unconfirmed releases included. Raises CompartmentClosed."""
    return tuple(codec.from_json(entry.body, Release, f"ledger entry {entry.sequence}") for entry in opened.released())
