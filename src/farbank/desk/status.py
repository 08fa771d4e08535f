"""What one person of the desk can see of it."""

from __future__ import annotations

from typing import Any

from farbank import vault


def status(opened: vault.Vault) -> dict[str, Any]:
    """Compartments held, cases by name, editions released and releases that were begun and never confirmed."""
    ledger = "ledger" in opened.compartments
    return {
        "person": opened.person,
        "compartments": opened.compartments,
        "cases": vault.case_store.names(opened) if "content" in opened.compartments else (),
        "released": tuple(entry.edition for entry in opened.released()) if ledger else None,
        "unconfirmed": opened.unconfirmed() if ledger else None,
    }
