"""What somebody does on the desk, and what they may therefore open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from farbank.vault.compartments import KEPT, Compartment

Role = Literal["handler", "editor", "verification-lead", "safety-officer", "publisher", "paymaster"]
"""A handler speaks with partners and sees those assigned to them; a paymaster keeps payments and nothing else (F6)."""

ROLES: tuple[Role, ...] = get_args(Role)

OPENS: dict[Role, frozenset[Compartment]] = {
    "handler": frozenset({"content", "audit"}),
    "editor": frozenset({"content", "ledger", "audit"}),
    "verification-lead": frozenset({"content", "ledger", "audit"}),
    "safety-officer": frozenset({"content", "identities", "ledger", "audit"}),
    "publisher": frozenset({"content", "ledger", "audit"}),
    "paymaster": frozenset({"payments", "audit"}),
}

NEEDED: tuple[Compartment, ...] = ("content", "identities", "ledger", "audit")
"""The compartments every desk needs a holder of; without a paymaster it has no payments."""

EVERYTHING_OF_THE_DESK: frozenset[Role] = frozenset({"editor", "verification-lead", "safety-officer", "publisher"})
"""Who reads all of content; a handler reads what was assigned to them."""


def opens(roles: Iterable[Role]) -> tuple[Compartment, ...]:
    """The compartments somebody with these roles holds the key to."""
    held = frozenset[Compartment]().union(*(OPENS[role] for role in roles))
    return tuple(compartment for compartment in KEPT if compartment in held)


def reads_all(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles reads all of a compartment they hold, not only what was assigned to them."""
    return bool({*roles} - {"handler"})
