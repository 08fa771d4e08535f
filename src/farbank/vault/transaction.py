"""Several encrypted files changed together, as nearly at once as several files can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from farbank.vault import cipher


class Transactions:
    """Begin, commit and roll back over `files` (path -> connection), locked in their order, committed in reverse."""

    def __init__(self, files: Mapping[Path, Connection]) -> None:
        self._files = files
        self._under_way = False
        self._spoilt = False
        self._afterwards: list[Callable[[], None]] = []

    @contextmanager
    def run(self) -> Iterator[None]:
        """Keep everything done inside, or nothing; one inside another joins it. Raises VaultBusy, VaultDamaged."""
        if self._under_way:
            with self._joined():
                yield
            return
        self._under_way, self._spoilt, self._afterwards = True, False, []
        try:
            for path in self._files:  # always in the same order, so that two people cannot wait for each other
                self._say("BEGIN IMMEDIATE", path)
            yield
            if self._spoilt:
                raise RuntimeError("part of this transaction failed, so none of it was kept")
            for path in reversed(list(self._files)):
                self._say("COMMIT", path)
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._under_way = False
        for then in self._afterwards:
            then()

    def after_commit(self, then: Callable[[], None]) -> None:
        """Call `then` once the transaction under way is on disk, never if it fails, at once if there is none."""
        if self._under_way:
            self._afterwards.append(then)
        else:
            then()

    @contextmanager
    def _joined(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._spoilt = True  # whoever swallows this error outside must not keep half of it
            raise

    def _say(self, word: str, path: Path) -> None:
        with cipher.sound(path):
            self._files[path].exec_driver_sql(word)

    def _roll_back(self) -> None:
        for path, file in self._files.items():
            if cipher.in_transaction(file):
                self._say("ROLLBACK", path)
