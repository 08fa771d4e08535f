"""Write a filed case as a case folder."""

from __future__ import annotations

from pathlib import Path

from farbank import vault
from farbank.intake import case_folder


def export_case(opened: vault.Vault, name: str, folder: Path, *, identities: bool) -> None:
    """Write the case `name` to `folder`; identities stay behind unless asked for.

    Raises NoSuchRecord, FolderInUse, and CompartmentClosed if identities are asked for without their key.
    """
    if identities and "identities" not in opened.compartments:
        raise vault.CompartmentClosed(f"{opened.person} holds no key to identities; export without them")
    case_folder.write(vault.case_store.load(opened, name), folder, identities=identities)
