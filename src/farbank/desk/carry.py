"""Take content out on a journey, and bring back what was written on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from farbank import whole
from farbank.vault import Vault, bundle
from farbank.vault.bundle import Taken
from farbank.vault.errors import NotABundle
from farbank.vault.roles import reads_all


def take_out(opened: Vault, file: Path, to: Collection[str] = ()) -> None:
    """Write a bundle for these people, or for all who read all of content. Raises what `bundle.make` does, OSError."""
    everybody = [each.name for each in opened.roster if reads_all(each.roles) and {*each.roles} - {"paymaster"}]
    whole.file(file, bundle.make(opened, to or everybody, datetime.now(UTC)))


def bring_back(opened: Vault, file: Path) -> Taken:
    """Read a bundle, all of it or nothing. Raises what `bundle.take` does, OSError."""
    if file.stat().st_size > bundle.LIMIT:
        raise NotABundle(f"{file} is larger than any bundle ({bundle.LIMIT >> 20} MiB); nothing of it was read")
    return bundle.take(opened, file.read_bytes())
