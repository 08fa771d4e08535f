"""A case in the vault: content for everybody who works on it, identities apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import msgspec
from nacl.utils import random

from farbank.model import codec
from farbank.model.case import Case
from farbank.model.people import Identity
from farbank.model.places import Place, PlaceId
from farbank.model.text import Slug
from farbank.vault.errors import CompartmentClosed, NoSuchRecord, VaultDamaged
from farbank.vault.store import Vault

CASE, POINTER, PRIVATE, FORBIDDEN, MEDIA = "case", "identities-of", "identities", "forbidden", "media"


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """What of one case lies in `identities`: profiles, places only they use, and the order of all invented places."""

    identities: tuple[Identity, ...]
    places: tuple[Place, ...]
    order: tuple[PlaceId, ...]


def save(vault: Vault, case: Case, *, forbidden: bytes | None = None) -> None:
    """Write a case, all of it or nothing, replacing the one of that name.

    `forbidden` is what the byte gate needs (key and keyed hashes), kept as handed in; None keeps what is there.
    A case without identities leaves those on file alone: it was read without `persons.toml`.
    Raises CompartmentClosed if it brings identities and this person does not hold their key.
    """
    hidden = _hidden(case)
    if (case.identities or hidden) and "identities" not in vault.compartments:
        raise CompartmentClosed(f"{vault.person} holds no key to identities, which this case brings")
    with vault.transaction():
        if case.identities:
            _save_private(vault, case, hidden)
        _save_content(vault, case, hidden)
        if forbidden is not None:
            vault.put("content", FORBIDDEN, case.name, forbidden)


def load(vault: Vault, name: Slug) -> Case:
    """Read a case back; without the key to identities it comes without them. Raises NoSuchRecord, VaultDamaged."""
    with vault.transaction():  # so that content and identities are of one and the same save
        case = codec.from_json(vault.get("content", CASE, name), Case, f"{CASE}/{name}")
        media = vault.all("content", f"{MEDIA}:{name}")
        private = _load_private(vault, name)
    if private is None:
        return msgspec.structs.replace(case, media=media)
    places = _in_order((*case.places, *private.places), private.order)
    return msgspec.structs.replace(case, media=media, places=places, identities=private.identities)


def names(vault: Vault) -> tuple[Slug, ...]:
    """Names of the cases the vault holds."""
    return vault.ids("content", CASE)


def forbidden(vault: Vault, name: Slug) -> bytes:
    """What `save` was handed for the byte gate. Raises NoSuchRecord: without it nothing may be released."""
    return vault.get("content", FORBIDDEN, name)


def _save_content(vault: Vault, case: Case, hidden: frozenset[PlaceId]) -> None:
    places = tuple(place for place in case.places if place.id not in hidden)
    vault.put("content", CASE, case.name, msgspec.structs.replace(case, places=places, identities=(), media={}))
    kind = f"{MEDIA}:{case.name}"
    for gone in set(vault.ids("content", kind)) - set(case.media):
        vault.delete("content", kind, gone)
    for file, data in case.media.items():
        vault.put("content", kind, file, data)


def _save_private(vault: Vault, case: Case, hidden: frozenset[PlaceId]) -> None:
    # The two files cannot commit in one instant. So each save of identities gets a new name, which counts only once
    # content, committed last, points to it; the old one is deleted after that.
    version = f"{case.name}/{random(16).hex()}"
    places = tuple(place for place in case.places if place.id in hidden)
    order = tuple(place.id for place in case.places)
    vault.put("identities", PRIVATE, version, Private(identities=case.identities, places=places, order=order))
    vault.put("content", POINTER, case.name, version.encode())
    vault.after_commit(partial(_sweep, vault))


def _load_private(vault: Vault, name: Slug) -> Private | None:
    if "identities" not in vault.compartments or name not in vault.ids("content", POINTER):
        return None
    version = vault.get("content", POINTER, name).decode()
    try:
        return codec.from_json(vault.get("identities", PRIVATE, version), Private, f"{PRIVATE}/{name}")
    except NoSuchRecord:
        raise VaultDamaged("identities.db", f"it is older than content and lacks the people of {name}") from None


def _sweep(vault: Vault) -> None:
    """Delete what no case points to: the version just replaced, and leavings of saves that were cut short."""
    with vault.transaction():
        current = {version.decode() for version in vault.all("content", POINTER).values()}
        for version in set(vault.ids("identities", PRIVATE)) - current:
            vault.delete("identities", PRIVATE, version)


def _hidden(case: Case) -> frozenset[PlaceId]:
    """Invented places that profiles use and content does not, with those parents that serve nothing else."""
    content = codec.to_json(msgspec.structs.replace(case, places=(), identities=(), media={})).decode()
    parents = {place.id: place.parent for place in case.places}
    seen = _with_parents((id for id in parents if _mentions(content, id)), parents)
    profiled = {node for identity in case.identities for node in identity.profile.values()}
    private = _with_parents(profiled | {node.partition("/")[0] for node in profiled}, parents)  # “<place>/<type>”
    return private - seen


def _mentions(text: str, id: PlaceId) -> bool:
    return re.search(rf"(?<![A-Za-z0-9:/-]){re.escape(id)}(?![A-Za-z0-9:-])", text) is not None


def _with_parents(ids: Iterable[str], parents: dict[PlaceId, PlaceId | None]) -> frozenset[PlaceId]:
    reached: set[PlaceId] = set()
    for start in ids:
        node: PlaceId | None = start
        while node in parents and node not in reached:
            reached.add(node)
            node = parents[node]
    return frozenset(reached)


def _in_order(places: tuple[Place, ...], order: tuple[PlaceId, ...]) -> tuple[Place, ...]:
    rank = {id: position for position, id in enumerate(order)}
    return tuple(sorted(places, key=lambda place: rank.get(place.id, len(rank))))
