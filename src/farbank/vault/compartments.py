"""The compartments of a desk, each an encrypted file with a key of its own."""

from __future__ import annotations

from typing import Literal

Compartment = Literal["content", "identities", "ledger", "payments", "audit"]
"""`audit` is what everybody of the desk holds: proposals, agreements, and the chain of what was done."""

KEPT: tuple[Compartment, ...] = ("content", "identities", "ledger", "payments", "audit")
"""Every compartment, in the order in which locks on them are taken."""


def file_name(compartment: Compartment) -> str:
    """Name the compartment's file inside the desk folder."""
    return f"{compartment}.db"
