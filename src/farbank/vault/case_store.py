"""A case in the vault: content for everybody who works on it, identities apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import cast

import msgspec
from nacl.utils import random

from farbank.model import codec
from farbank.model.case import Case
from farbank.model.judgements import Judged
from farbank.model.people import Identity
from farbank.model.pictures import Sha256
from farbank.model.places import Place
from farbank.model.text import Slug
from farbank.vault.errors import CompartmentClosed, NoSuchRecord, OriginalChanged, VaultDamaged
from farbank.vault.store import Vault

CASE, POINTER, PRIVATE, FORBIDDEN, MEDIA = "case", "identities-of", "identities", "forbidden", "media"
JUDGEMENTS, ORIGINALS = "judgements", "originals"


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """What of one case lies in `identities`: profiles, and every invented place as it was when they were filed.

    Also those content speaks of, so that an edit of content leaves no profile without its place.
    """

    identities: tuple[Identity, ...]
    places: tuple[Place, ...]


class Originals(msgspec.Struct, frozen=True, kw_only=True):
    """The SHA-256 of every media file of one case as it was filed, by name."""

    files: dict[str, Sha256]


def save(vault: Vault, case: Case, *, forbidden: bytes | None = None) -> None:
    """Write a case, all of it or nothing, replacing the one of that name.

    `forbidden` is what the byte gate needs (key and keyed hashes), kept as handed in; None keeps what is there.
    A case without identities leaves those on file alone: it was read without `persons.toml`. Judgements are only ever
    added to: those on file stay, whatever the case brings.
    Raises CompartmentClosed if it brings identities and this person does not hold their key.
    """
    if case.identities and "identities" not in vault.compartments:
        raise CompartmentClosed(f"{vault.person} holds no key to identities, which this case brings")
    with vault.transaction():
        if case.identities:
            _save_private(vault, case)
        _save_content(vault, case)
        held = set(judgements(vault, case.name))
        for judged in case.judgements:
            if judged not in held:
                judge(vault, case.name, judged)
        if forbidden is not None:
            vault.put("content", FORBIDDEN, case.name, forbidden)


def load(vault: Vault, name: Slug) -> Case:
    """Read a case back; without the key to identities it comes without them.

    Raises NoSuchRecord, VaultDamaged, and OriginalChanged unless every media file is what was filed, bit for bit.
    """
    if name not in names(vault):
        raise NoSuchRecord(f"no case {name} is filed here; there is {', '.join(names(vault)) or 'none yet'}")
    with vault.transaction():  # so that content and identities are of one and the same save
        case = msgspec.structs.replace(content(vault, name), media=_originals(vault, name))
        private = _load_private(vault, name)
    if private is None:
        return case
    places = {place.id: place for place in (*private.places, *case.places)}  # in the order filed, as content has them
    return msgspec.structs.replace(case, places=tuple(places.values()), identities=private.identities)


def content(vault: Vault, name: Slug) -> Case:
    """Read what content knows of a case, without its pictures. Raises NoSuchRecord."""
    case = codec.from_json(vault.get("content", CASE, name), Case, f"{CASE}/{name}")
    return msgspec.structs.replace(case, judgements=judgements(vault, name))


def judge(vault: Vault, name: Slug, judged: Judged) -> None:
    """Add what somebody of the desk decided on a case; nothing takes it out again."""
    vault.append("content", f"{JUDGEMENTS}:{name}", judged)


def judgements(vault: Vault, name: Slug) -> tuple[Judged, ...]:
    """What people of the desk decided on a case, in the order they did."""
    entries = enumerate(vault.log("content", f"{JUDGEMENTS}:{name}"), 1)
    return tuple(
        codec.from_json(entry, cast(type[Judged], Judged), f"{JUDGEMENTS}/{name}/{number}") for number, entry in entries
    )


def names(vault: Vault) -> tuple[Slug, ...]:
    """Names of the cases the vault holds."""
    return vault.ids("content", CASE)


def forbidden(vault: Vault, name: Slug) -> bytes:
    """What `save` was handed for the byte gate. Raises NoSuchRecord: without it nothing may be released."""
    return vault.get("content", FORBIDDEN, name)


def _save_content(vault: Vault, case: Case) -> None:
    content = msgspec.structs.replace(case, places=case.spoken_places, identities=(), media={}, judgements=())
    vault.put("content", CASE, case.name, content)
    kind = f"{MEDIA}:{case.name}"
    for gone in set(vault.ids("content", kind)) - set(case.media):
        vault.delete("content", kind, gone)
    for file, data in case.media.items():
        vault.put("content", kind, file, data)
    vault.put("content", ORIGINALS, case.name, Originals(files=_hashes(case.media)))


def _originals(vault: Vault, name: Slug) -> dict[str, bytes]:
    """The media of a case, held against their hashes; a case filed before there were any gets them at its next save."""
    media = vault.all("content", f"{MEDIA}:{name}")
    if name in vault.ids("content", ORIGINALS):
        filed = codec.from_json(vault.get("content", ORIGINALS, name), Originals, f"{ORIGINALS}/{name}").files
        found = _hashes(media)
        for file in sorted(filed.keys() | found.keys()):
            if filed.get(file) != found.get(file):
                raise OriginalChanged(name, file)
    return media


def _hashes(media: Mapping[str, bytes]) -> dict[str, Sha256]:
    return {file: sha256(data).hexdigest() for file, data in media.items()}


def _save_private(vault: Vault, case: Case) -> None:
    # The two files cannot commit in one instant. So each save of identities gets a new name, which counts only once
    # content, committed last, points to it; the old one is deleted after that.
    version = f"{case.name}/{random(16).hex()}"
    vault.put("identities", PRIVATE, version, Private(identities=case.identities, places=case.places))
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
