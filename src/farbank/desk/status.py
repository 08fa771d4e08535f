"""What one person of the desk can see of it."""

from __future__ import annotations

from typing import Any

from farbank import vault


def status(opened: vault.Vault) -> dict[str, Any]:
    """Roles and compartments held, cases by name, acts that wait, editions released, and releases never confirmed."""
    ledger = "ledger" in opened.compartments
    return {
        "person": opened.person,
        "roles": opened.me.roles,
        "compartments": opened.compartments,
        "cases": vault.case_store.names(opened) if "content" in opened.compartments else (),
        "waiting": tuple(act for act in vault.sign_off.sound(opened) if act.over is None),
        "released": tuple(entry.edition for entry in opened.released()) if ledger else None,
        "unconfirmed": opened.unconfirmed() if ledger else None,
    }
