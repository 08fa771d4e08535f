"""Where it is kept: one folder a desk, one encrypted file a compartment, one wrapped key a person and compartment."""

from farbank.vault import case_store
from farbank.vault.compartments import Compartment
from farbank.vault.desk_folder import Member, create, open
from farbank.vault.errors import (
    AlreadyInLedger,
    CipherNotLive,
    CompartmentClosed,
    KeyWithoutHolder,
    LedgerIsAppendOnly,
    MadeByNewerFarbank,
    MemberExists,
    NoDesk,
    NoIntent,
    NoSuchRecord,
    OriginalChanged,
    PassphraseTooShort,
    UnknownMember,
    VaultBusy,
    VaultDamaged,
    VaultNotWritten,
    WrongPassphrase,
)
from farbank.vault.ledger import LedgerEntry
from farbank.vault.passphrase import PRODUCTION, Cost
from farbank.vault.store import Address, Vault

__all__ = [
    "PRODUCTION",
    "Address",
    "AlreadyInLedger",
    "CipherNotLive",
    "Compartment",
    "CompartmentClosed",
    "Cost",
    "KeyWithoutHolder",
    "LedgerEntry",
    "LedgerIsAppendOnly",
    "MadeByNewerFarbank",
    "Member",
    "MemberExists",
    "NoDesk",
    "NoIntent",
    "NoSuchRecord",
    "OriginalChanged",
    "PassphraseTooShort",
    "UnknownMember",
    "Vault",
    "VaultBusy",
    "VaultDamaged",
    "VaultNotWritten",
    "WrongPassphrase",
    "case_store",
    "create",
    "open",
]
