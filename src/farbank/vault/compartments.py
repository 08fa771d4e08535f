"""The compartments of a desk, each an encrypted file with a key of its own."""

from __future__ import annotations

from typing import Literal

Compartment = Literal["content", "identities", "ledger", "payments"]
"""`payments` is a reserved name; no desk has the file yet."""

KEPT: tuple[Compartment, ...] = ("content", "identities", "ledger")
"""The compartments a new desk gets, in the order in which locks on them are taken."""


def file_name(compartment: Compartment) -> str:
    """Name the compartment's file inside the desk folder."""
    return f"{compartment}.db"
