"""Several compartments changed together, as nearly at once as the place they lie in can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from farbank.vault.place import Held, Place


class Transactions:
    """Begin, commit and roll back over all that is held; one inside another joins it."""

    def __init__(self, place: Place, held: Held) -> None:
        self._place = place
        self._held = held
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
            self._place.begin(self._held)
            yield
            if self._spoilt:
                raise RuntimeError("part of this transaction failed, so none of it was kept")
            self._place.commit(self._held)
        except BaseException:
            self._place.roll_back(self._held)
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
