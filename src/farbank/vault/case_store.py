"""A case in the vault: content for everybody who works on it, identities apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import blake2b, sha256
from typing import cast

import msgspec
from nacl.utils import random

from farbank.model import codec
from farbank.model.case import Case
from farbank.model.corrections import Reason
from farbank.model.judgements import Judged
from farbank.model.pictures import Sha256
from farbank.model.text import Language, Slug
from farbank.vault import identities
from farbank.vault.errors import CompartmentClosed, NoSuchRecord, OriginalChanged, SpikedBefore, VaultDamaged
from farbank.vault.identities import Private, Sealed
from farbank.vault.store import Vault

CASE, POINTER, PRIVATE, FORBIDDEN, MEDIA = "case", "identities-of", "identities", "forbidden", "media"
JUDGEMENTS, AUTHORS, HANDLERS, SEALED, ORIGINALS = "judgements", "authors", "handlers", "sealed", "originals"
ISSUED = "issued"
"""The log of what readers were given, one entry an edition."""
STEPS = "steps"
"""The log of what was done with the editions of a story, one entry a step."""
SPIKED = "spiked"
"""The kind of what was taken out of sight; its id is kind/id of what it was."""


class People(msgspec.Struct, frozen=True):
    """The sealed profiles of one case."""

    sealed: tuple[Sealed, ...]


class Originals(msgspec.Struct, frozen=True, kw_only=True):
    """The SHA-256 of every media file of one case as it was filed, by name."""

    files: dict[str, Sha256]


def save(vault: Vault, case: Case, *, forbidden: bytes | None = None) -> None:
    """Write a case, all of it or nothing, replacing the one of that name.

    `forbidden` is what the byte gate needs (key and keyed hashes), kept as handed in; None keeps what is there.
    A case without identities leaves those on file alone: it was read without `persons.toml`. Judgements are only ever
    added to: those on file stay, whatever the case brings. Whoever changes a story, or what is said of a
    correction, is one of its authors.
    Raises CompartmentClosed if it brings identities and this person does not hold their key, NobodyToAgree if no two
    people could ever open them, SpikedBefore if a case of this name was spiked.
    """
    if case.identities and "identities" not in vault.compartments:
        raise CompartmentClosed(f"{vault.person} holds no key to identities, which this case brings")
    with vault.transaction():
        if f"{CASE}/{case.name}" in vault.ids("content", SPIKED):
            raise SpikedBefore(f"a case {case.name} was spiked; bring it back, burn it, or choose another name")
        if case.identities:
            save_people(vault, case)
        if vault.person not in authors(vault, case.name) and _written(case) != _on_file(vault, case.name):
            vault.append("content", f"{AUTHORS}:{case.name}", vault.person.encode())
        _save_content(vault, case)
        held = set(judgements(vault, case.name))
        for judged in case.judgements:
            if judged not in held:
                judge(vault, case.name, judged)
        if forbidden is not None:
            vault.put("content", FORBIDDEN, case.name, forbidden)
        vault.note("case filed", about=case.name)


def load(vault: Vault, name: Slug) -> Case:
    """Read a case back, as content knows it.

    Raises NoSuchRecord, VaultDamaged, and OriginalChanged unless every media file is what was filed, bit for bit.
    """
    if name not in names(vault):
        raise NoSuchRecord(f"no case {name} is filed here; there is {', '.join(names(vault)) or 'none yet'}")
    with vault.transaction():  # so that all of it is of one and the same save
        return msgspec.structs.replace(content(vault, name), media=_originals(vault, name))


def authors(vault: Vault, name: Slug) -> tuple[str, ...]:
    """Everybody who ever changed a story of the case, the first of them first."""
    return tuple(author.decode() for author in vault.log("content", f"{AUTHORS}:{name}"))


def handlers(vault: Vault, case: Case) -> frozenset[str]:
    """Everybody to whom a partner of the case is or was assigned: who knew them once knows them."""
    return frozenset(name for partner in case.partners for name in handlers_of(vault, partner.handle))


def handlers_of(vault: Vault, handle: Slug) -> frozenset[str]:
    """Everybody who speaks or ever spoke with a partner."""
    assigned = (name.decode() for name in vault.log("content", f"{HANDLERS}:{handle}"))
    return frozenset({*assigned, *vault.scope_members("content", partner_scope(handle))})


def assign(vault: Vault, handle: Slug, name: str) -> None:
    """Write down for good that somebody speaks with a partner."""
    vault.append("content", f"{HANDLERS}:{handle}", name.encode())


def handlers_by_profile(vault: Vault) -> dict[str, frozenset[str]]:
    """Whoever handles a source of its case, for every sealed profile by the name of its key.

    Raises CompartmentClosed.
    """
    return {
        sealed.about: handlers(vault, content(vault, name)) for name in names(vault) for sealed in people(vault, name)
    }


def partner_scope(handle: Slug) -> str:
    """The scope of what a partner said: their handlers are in it."""
    return f"partner/{handle}"


def people(vault: Vault, name: Slug) -> tuple[Sealed, ...]:
    """The sealed profiles of a case; none if it was filed without. Raises CompartmentClosed, VaultDamaged."""
    if name not in vault.ids("content", POINTER):
        return ()
    version = vault.get("content", POINTER, name).decode()
    try:
        return codec.from_json(vault.get("identities", PRIVATE, version), People, f"{PRIVATE}/{name}").sealed
    except NoSuchRecord:
        raise VaultDamaged("identities.db", f"it is older than content and lacks the people of {name}") from None


def save_people(vault: Vault, case: Case) -> None:
    """Seal the profiles of a case, which replace those on file. Raises CompartmentClosed, NobodyToAgree."""
    # The two files cannot commit in one instant. So each save of identities gets a new name, which counts only once
    # content, committed last, points to it; the old one is deleted after that.
    version = f"{case.name}/{random(16).hex()}"
    barred = handlers(vault, case)
    # every place with each, so that an edit of content leaves no profile without its place
    sealed = tuple(identities.seal(vault, Private(identity=one, places=case.places), barred) for one in case.identities)
    vault.put("identities", PRIVATE, version, People(sealed))
    vault.put("content", POINTER, case.name, version.encode())
    marks = (_mark(person, each.about) for each in sealed for person in (each.person, None))
    vault.put("content", SEALED, case.name, b"".join(sorted(marks)))
    vault.after_commit(partial(_sweep, vault))


def sealed_for(vault: Vault, name: Slug, person: Slug | None, about: str) -> bool:
    """Whether the profile sealed under this name is that person's, or of the case at all, as content was told."""
    kept = vault.get("content", SEALED, name) if name in vault.ids("content", SEALED) else b""
    return _mark(person, about) in {kept[at : at + _MARK] for at in range(0, len(kept), _MARK)}


def with_people(case: Case, opened: Iterable[Private]) -> Case:
    """A case with profiles that were opened, and the places they speak of, in the order filed."""
    profiles = tuple(opened)
    places = {place.id: place for place in (*(place for each in profiles for place in each.places), *case.places)}
    return msgspec.structs.replace(
        case, places=tuple(places.values()), identities=tuple(each.identity for each in profiles)
    )


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


def _written(case: Case) -> tuple[dict[Language, str], tuple[Reason, ...]]:
    """What readers get in somebody's own words."""
    return case.stories, case.corrections


def _on_file(vault: Vault, name: Slug) -> tuple[dict[Language, str], tuple[Reason, ...]]:
    return _written(content(vault, name)) if name in names(vault) else ({}, ())


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


_MARK = 32


def _mark(person: Slug | None, about: str) -> bytes:
    """What content keeps of whose a sealed profile is: once its name is forgotten this says nothing of anybody."""
    return blake2b(codec.to_json([person, about]), person=b"farbank sealed", digest_size=_MARK).digest()


def _sweep(vault: Vault) -> None:
    """Delete what no case points to: the version just replaced, and leavings of saves that were cut short."""
    with vault.transaction():
        current = {version.decode() for version in vault.all("content", POINTER).values()}
        for version in set(vault.ids("identities", PRIVATE)) - current:
            left = codec.from_json(vault.get("identities", PRIVATE, version), People, f"{PRIVATE}/{version}")
            for sealed in left.sealed:
                identities.forget(vault, sealed.about)
            vault.delete("identities", PRIVATE, version)
