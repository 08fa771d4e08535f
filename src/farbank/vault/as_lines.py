"""The ledger and the audit as lines of JSON, each with what it takes to check it again: bytes are base64."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table, select

from farbank.model import codec
from farbank.vault import schema
from farbank.vault.compartments import Compartment
from farbank.vault.store import Vault


def ledger(opened: Vault) -> Iterator[bytes]:
    """Every entry with its signature. Raises CompartmentClosed."""
    yield from _lines(opened, "ledger", schema.entry)


def audit(opened: Vault) -> Iterator[bytes]:
    """Every line, sealed as it is, with its hash. Raises CompartmentClosed."""
    yield from _lines(opened, "audit", schema.audit)


def heads(opened: Vault) -> Iterator[bytes]:
    """Every signature over a line of the audit and all before it. Raises CompartmentClosed."""
    yield from _lines(opened, "audit", schema.head)


def _lines(opened: Vault, compartment: Compartment, table: Table) -> Iterator[bytes]:
    with opened.file(compartment) as file:
        asked = file.execution_options(yield_per=10_000).execute(select(table).order_by(table.c.sequence))
        yield from (codec.to_json(row._asdict()) + b"\n" for row in asked)
