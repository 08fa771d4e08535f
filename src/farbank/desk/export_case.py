"""Write a filed case as a case folder."""

from __future__ import annotations

from pathlib import Path

from farbank import vault, whole
from farbank.desk.open_identity import with_identities
from farbank.intake import case_folder


def export_case(opened: vault.Vault, name: str, folder: Path, *, identities: bool) -> None:
    """Write the case `name` to `folder`; identities stay behind unless asked for, which takes two people.

    Raises NoSuchRecord, FolderInUse, and CompartmentClosed or NotAllowed if identities are asked for in vain.
    """
    case = vault.case_store.load(opened, name)
    if identities:
        whole.assert_free(folder)  # what two agreed to is done once
        case = with_identities(opened, case)
    case_folder.write(case, folder, identities=identities)
