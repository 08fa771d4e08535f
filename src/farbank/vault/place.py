"""Where the compartments of an open desk lie: encrypted files of a folder here, schemas of a server in `postgres`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from farbank.vault import cipher, straight
from farbank.vault.compartments import KEPT, Compartment, file_name
from farbank.vault.errors import VaultDamaged

Held = Mapping[Compartment, Connection]
"""The compartments one person has open."""


class Place(Protocol):
    """What an open desk asks of wherever its compartments lie."""

    def path(self, compartment: Compartment) -> Path:
        """What a compartment is called when something is said of it."""
        ...

    def open(self, compartment: Compartment, key: bytes, functions: Mapping[str, Callable[..., bool]]) -> Connection:
        """Open a compartment; `functions` are what its own rules ask, where they can."""
        ...

    def sound(self, compartment: Compartment) -> AbstractContextManager[None]:
        """Say what a database error means for the desk."""
        ...

    def begin(self, held: Held) -> None:
        """Lock all that is held for writing."""
        ...

    def commit(self, held: Held) -> None:
        """Make all that was done since durable; content last, where it is not all in one instant."""
        ...

    def roll_back(self, held: Held) -> None:
        """Undo all that was done since, if anything was begun."""
        ...

    def settle(self, held: Held) -> None:
        """Bring what was written last to where `check` looks."""
        ...

    def close(self) -> None:
        """Leave nothing open."""
        ...

    def check(self, held: Held) -> None:
        """Hold what lies there against what the database wrote. Raises VaultDamaged."""
        ...


class Files:
    """A folder with one encrypted file a compartment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths = {compartment: folder / file_name(compartment) for compartment in KEPT}

    def path(self, compartment: Compartment) -> Path:
        """Where the compartment's file lies."""
        return self._paths[compartment]

    def open(self, compartment: Compartment, key: bytes, functions: Mapping[str, Callable[..., bool]]) -> Connection:
        """Open a file. Raises what `cipher.connect` does."""
        return cipher.connect(self.path(compartment), key, functions)

    def sound(self, compartment: Compartment) -> AbstractContextManager[None]:
        """What `cipher.sound` says."""
        return cipher.sound(self.path(compartment))

    def begin(self, held: Held) -> None:
        """Lock the files, always in the same order, so that two people cannot wait for each other."""
        for compartment in held:
            self._say("BEGIN IMMEDIATE", compartment, held)

    def commit(self, held: Held) -> None:
        """Commit file after file, content last."""
        for compartment in reversed(list(held)):
            self._say("COMMIT", compartment, held)

    def roll_back(self, held: Held) -> None:
        """Roll back every file in which something was begun."""
        for compartment, file in held.items():
            if cipher.in_transaction(file):
                self._say("ROLLBACK", compartment, held)

    def close(self) -> None:
        """Nothing: the files are closed one by one."""

    def settle(self, held: Held) -> None:
        """Bring the pages of the logs into the files."""
        for compartment in held:
            self._say("PRAGMA wal_checkpoint(TRUNCATE)", compartment, held)

    def check(self, held: Held) -> None:
        """Read every page of every file; inside a transaction, so that nobody writes one while it is read."""
        for compartment, file in held.items():
            with self.sound(compartment):
                pages = file.exec_driver_sql("PRAGMA cipher_integrity_check").all()
                tables = file.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            if pages or tables != ["ok"]:
                raise VaultDamaged(self.path(compartment), "some of its pages were altered")

    def _say(self, word: str, compartment: Compartment, held: Held) -> None:
        with self.sound(compartment):
            straight.driver(held[compartment]).execute(word)
