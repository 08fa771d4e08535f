"""Everything the desk ever published: read from its ledger or a file, and entered where it got out another way."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec

from farbank import vault
from farbank.desk.errors import NoLedger
from farbank.desk.file_case import Filed
from farbank.model import codec
from farbank.model.releases import Release


def releases(opened: vault.Vault) -> tuple[Release, ...]:
    """Everything the desk ever published, unconfirmed releases included. Raises CompartmentClosed."""
    return tuple(codec.from_json(entry.body, Release, f"ledger entry {entry.sequence}") for entry in opened.released())


class _Ledger(msgspec.Struct):
    releases: tuple[Release, ...]


def enter(opened: vault.Vault, ledger: Path) -> tuple[Release, ...]:
    """Enter in the desk's ledger what got out by another way: a talk, a caption, a price table; all of it or nothing.

    Raises NoLedger, DecodeError, AlreadyInLedger, CompartmentClosed.
    """
    told = read_ledger(ledger)
    with opened.transaction():
        for release in told:
            body = codec.to_json(release)
            opened.ledger_append(vault.LedgerEntry(kind="intent", edition=release.edition, body=body))
            opened.ledger_append(vault.LedgerEntry(kind="confirmation", edition=release.edition))
    return told


def held_against(filed: Filed, ledger: Path) -> Filed:
    """The case with everything published before, read from a file. Raises NoLedger, DecodeError."""
    return dataclasses.replace(filed, releases=read_ledger(ledger))


def read_ledger(ledger: Path) -> tuple[Release, ...]:
    """The releases in a file. Raises NoLedger, DecodeError."""
    try:
        data = ledger.read_bytes()
    except OSError:
        raise NoLedger(f"{ledger} cannot be read; give what `farbank protect ledger --json` printed") from None
    return codec.from_json(data, _Ledger, str(ledger)).releases
