"""Search of secret text in an index of the person's own: fed by what changed, holding what they may read, in no backup.

The index's key is made of the person's secret and of a salt in the vault: without the salt no copy of the index opens.
"""

from __future__ import annotations

from itertools import islice
from types import TracebackType
from typing import Self

import msgspec
from nacl.utils import random
from sqlalchemy import delete, insert, select

from farbank.model import codec
from farbank.model.statemedia import Window
from farbank.vault import cipher, index, records, reports, searchable
from farbank.vault.compartments import Compartment
from farbank.vault.errors import VaultDamaged
from farbank.vault.index import Index, Passage
from farbank.vault.records import Row
from farbank.vault.schema import meta
from farbank.vault.store import Vault
from farbank.vault.veil import beginning

BATCH = 5_000
"""Records indexed in one transaction, so that one cut short goes on where it stopped."""
_SALT = "search:"
_COMPARTMENT: Compartment = "content"


class Hit(index.Place, frozen=True, kw_only=True):
    """A passage with the words, and its text."""

    text: str


class Search:
    """Search for one person, who has `vault` open; used in a `with` block. An index that is damaged is made anew.

    Raises CompartmentClosed for somebody who does not hold content.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._index = self._opened()
        self._seen: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._index.close()

    def find(self, words: str, *, window: Window | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Passages with all of the words, the newest first; in quotation marks they stand next to each other.

        A window takes what may be of its days, undated passages too.
        """
        try:
            self.update()
            places = self._index.find(words, window, limit)
        except VaultDamaged as error:
            if error.file != self._index.path:
                raise
            self._index.close()
            index.delete(self._index.path)
            self._index, self._seen = self._opened(), None
            self.update()
            places = self._index.find(words, window, limit)
        return self._hits(places)

    def update(self) -> None:
        """Bring the index up to the vault: what changed goes in, what may not be read any more leaves no token."""
        with self._vault.file(_COMPARTMENT) as file:
            mark = cipher.mark(file) if self._vault.in_files else None
        if mark is not None and mark == self._seen:
            return
        held = self._vault.held_scopes(_COMPARTMENT)
        if self._index.remembered("scopes") != _listed(held):
            self._rescope(held)
        with self._vault.file(_COMPARTMENT) as file:
            last, seen = records.last(file), int(self._index.remembered("changed") or 0)
            if last < seen:  # the vault was restored from before: nothing here says what is of it
                self._empty()
                seen = 0
            changed = records.since(file, seen) if last > seen else iter(())
            while batch := list(islice(changed, BATCH)):
                self._take(batch, held, batch[-1].changed)
        if last > seen == 0:
            self._index.merge()
        self._seen = mark

    def _take(self, batch: list[Row], held: dict[str, bytes], changed: int) -> None:
        with self._index.writing():
            stale = frozenset[str]().union(*(self._index.drop(row.kind, row.id) for row in batch))
            for row in batch:
                self._add(row, held)
            self._index.purge(stale)
            self._index.remember("changed", str(changed))
        if stale:
            self._index.settle()

    def _add(self, row: Row, held: dict[str, bytes]) -> None:
        if row.kind not in searchable.KINDS or row.gone or row.scope not in held:
            return
        body = records.opened(row, _COMPARTMENT, held[row.scope], str(self._vault.path(_COMPARTMENT)))
        found = map(self._dated, searchable.passages(row.kind, row.id, body))
        self._index.add(row.kind, row.id, row.scope, found)

    def _dated(self, passage: Passage) -> Passage:
        if passage.when is not None or passage.contact is None:
            return passage
        return msgspec.structs.replace(passage, when=reports.contact(self._vault, passage.contact).when)

    def _rescope(self, held: dict[str, bytes]) -> None:
        """Take out what is of scopes this person is in no more, and bring in what is of those they came into."""
        before = set(codec.from_json(self._index.remembered("scopes") or "[]", list[str], "scopes"))
        seen = int(self._index.remembered("changed") or 0)
        with self._index.writing():
            self._index.purge(self._index.drop_outside(held))
        with self._vault.file(_COMPARTMENT) as file:
            for scope in sorted(set(held) - before):
                older = records.within(file, scope, seen)
                while batch := list(islice(older, BATCH)):
                    self._take(batch, held, seen)
        with self._index.writing():
            self._index.remember("scopes", _listed(held))
        self._index.settle()

    def _empty(self) -> None:
        self._index.close()
        index.delete(self._index.path)
        self._index = self._opened()
        with self._index.writing():
            self._index.remember("scopes", _listed(self._vault.held_scopes(_COMPARTMENT)))

    def _hits(self, places: tuple[index.Place, ...]) -> tuple[Hit, ...]:
        bodies = {
            kind: self._vault.some(_COMPARTMENT, kind, [each.id for each in places if each.kind == kind])
            for kind in {each.kind for each in places}
        }
        return tuple(
            Hit(
                kind=each.kind,
                id=each.id,
                part=each.part,
                language=each.language,
                when=each.when,
                text=searchable.text(each.kind, each.id, each.part, bodies[each.kind][each.id]),
            )
            for each in places
        )

    def _opened(self) -> Index:
        vault = self._vault
        name = vault.me.public.signing.hex()[:16]
        key = vault.secret.derived(b"farbank search", _salt(vault))
        path = vault.folder / f"search-{name}.db"
        try:
            return Index(path, key)
        except VaultDamaged:  # cut, altered, or of another salt: it holds nothing the vault does not
            index.delete(path)
            return Index(path, key)


def forget(vault: Vault) -> None:
    """Make every index of this desk noise, everybody's and every copy; each is made anew when its owner searches."""
    with vault.transaction(), vault.file(_COMPARTMENT) as file:
        file.execute(delete(meta).where(meta.c.key.in_(beginning(file, meta.c.key, _SALT))))
    for path in vault.folder.glob("search-*.db"):
        index.delete(path)


def _salt(vault: Vault) -> bytes:
    """The person's salt, made when they first search."""
    asked = select(meta.c.value).where(meta.c.key == _SALT + vault.person)
    with vault.file(_COMPARTMENT) as file:
        held = file.scalar(asked)
    if held is None:
        with vault.transaction(), vault.file(_COMPARTMENT) as file:
            held = file.scalar(asked)
            if held is None:
                held = random(16).hex()
                file.execute(insert(meta), [{"key": _SALT + vault.person, "value": held}])
    return bytes.fromhex(held)


def _listed(scopes: dict[str, bytes]) -> str:
    return codec.to_json(sorted(scopes)).decode()
