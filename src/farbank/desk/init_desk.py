"""Set up a desk: its people, its compartments, the key of its editions, and its root, which goes on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from farbank import vault


def init_desk(
    folder: Path,
    members: Sequence[vault.Member],
    *,
    since: date | None = None,
    recoverable: bool = False,
    cost: vault.Cost = vault.PRODUCTION,
) -> vault.Founded:
    """Create the desk in `folder`; its root is in what is returned and nowhere else, so print it and let go of it.

    Its editions are signed `since` that day, today unless given. A `recoverable` desk opens to whoever puts the root
    together. Raises FolderInUse, KeyWithoutHolder (some compartment has nobody), PassphraseTooShort.
    """
    return vault.create(folder, members, since=since or date.today(), recoverable=recoverable, cost=cost)
