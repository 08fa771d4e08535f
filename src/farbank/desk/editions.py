"""Editions that were released, kept whole in the vault, so that the site can be put anywhere again without any key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from nacl.signing import SigningKey

from farbank import vault
from farbank.country.phrases import Phrases
from farbank.model import codec
from farbank.model.case import Desk
from farbank.model.story import Manifest, ManifestFile
from farbank.model.text import Language, Slug, Text
from farbank.publish import manifest, render, signature, site_manifest
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.errors import EditionNotWhole
from farbank.publish.render import leaf
from farbank.publish.site import Card, Site, card, labels, site
from farbank.publish.site_manifest import ListedEdition

EDITION, CARD, SITE = "edition", "edition-card", "site"
NEWEST = "newest"
_DOMAIN = b"farbank site pages v1\n"
"""Put before what is signed, so that the signature is never one of anything published."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the site needs to know of one edition: its card, and how its manifest is listed."""

    card: Card
    listed: ListedEdition


class KeptSite(msgspec.Struct, frozen=True, kw_only=True):
    """The newest state of the site as it was signed: who it is of, and its files that are not made from cards.

    `keys` say of each page around the stories what it was made of (`render.leaf`), with a signature: else whoever can
    write here could have the next release sign a page that it never made.
    """

    desk: Text
    languages: tuple[Language, ...]
    key: str
    labels: dict[Language, dict[str, str]]
    signed: dict[str, bytes] = {}
    keys: dict[str, str] = {}
    proof: bytes = b""


def keep(
    opened: vault.Vault,
    files: Mapping[str, bytes],
    desk: Desk,
    key: SigningKey,
    published: Mapping[str, bytes],
    phrases: Mapping[Language, Phrases],
) -> None:
    """Keep a signed edition and sign the site it makes; `published` are files of the desk itself (`desk.json`).

    The words of the site are kept with it, so that it can be made again with any wording. Raises CompartmentClosed,
    MissingPhrase.
    """
    edition = codec.from_json(files[PUBLIC], Edition, PUBLIC)
    listed = codec.from_json(files[manifest.MANIFEST], Manifest, manifest.MANIFEST)
    before = kept(opened)
    one = Kept(
        card=card(edition, phrases, 1 + sum(each.card.story == edition.story for each in before)),
        listed=site_manifest.entry(edition.story, edition.id, edition.sequence, files[manifest.MANIFEST]),
    )
    opened.put("content", EDITION, edition.id, msgspec.msgpack.encode(dict(files)))
    opened.put("content", CARD, edition.id, one)
    sign_site(opened, (*before, one), desk, key, published, phrases, expires=listed.expires)


def kept(opened: vault.Vault) -> tuple[Kept, ...]:
    """Every edition kept, the oldest first."""
    held = opened.all("content", CARD)
    found = [codec.from_json(body, Kept, f"{CARD}/{id}") for id, body in held.items()]
    return tuple(sorted(found, key=lambda each: each.listed.sequence))


def files_of(opened: vault.Vault, edition: Slug) -> dict[str, bytes]:
    """Every file of an edition, by its path. Raises NoSuchRecord."""
    return msgspec.msgpack.decode(opened.get("content", EDITION, edition), type=dict[str, bytes])


def sign_site(
    opened: vault.Vault,
    editions: Sequence[Kept],
    desk: Desk,
    key: SigningKey,
    published: Mapping[str, bytes],
    phrases: Mapping[Language, Phrases],
    *,
    expires: date,
) -> None:
    """Sign the site that `editions` make, the oldest first, and keep it; only pages that are others now are made.

    Raises CompartmentClosed, MissingPhrase.
    """
    languages = tuple(dict.fromkeys(tag for each in reversed(editions) for tag in each.card.languages))
    unsigned = KeptSite(
        desk={tag: desk.name[tag] for tag in languages if tag in desk.name},
        languages=languages,
        key=bytes(key.verify_key).hex(),
        labels={tag: labels(phrases[tag]) for tag in languages},
    )
    site = site_of(editions, unsigned)
    leaves = render.leaves(site)
    keys = leaf.keys(site, leaves.values())
    before = _before(opened, unsigned.key)
    files = [
        *(before.get((path, keys[path])) or manifest.of_file(path, each.make()) for path, each in leaves.items()),
        *(manifest.of_file(path, data) for path, data in published.items()),
    ]

    def sign(data: bytes) -> bytes:
        return key.sign(data).signature

    whole = site_manifest.build((each.listed for each in editions), files, expires=expires, key=unsigned.key)
    signed = {**published, **site_manifest.signed(whole, sign)}
    proof = signature.made(_DOMAIN, codec.to_json(keys), sign, unsigned.key)
    opened.put("content", SITE, NEWEST, msgspec.structs.replace(unsigned, signed=signed, keys=keys, proof=proof))


def signed_site(opened: vault.Vault) -> KeptSite | None:
    """The site as it was signed last, None before the first release."""
    if NEWEST not in opened.ids("content", SITE):
        return None
    return codec.from_json(opened.get("content", SITE, NEWEST), KeptSite, f"{SITE}/{NEWEST}")


def site_of(editions: Sequence[Kept], kept_site: KeptSite) -> Site:
    """What the pages around the stories are made from: every story by its newest edition."""
    newest = {each.card.story: each.card for each in editions}
    return site(
        newest.values(),
        desk=kept_site.desk,
        languages=kept_site.languages,
        key=kept_site.key,
        labels=kept_site.labels,
    )


def _before(opened: vault.Vault, key: str) -> dict[tuple[str, str], ManifestFile]:
    """Each page of the site signed last, by its path and what it was made of; none unless by this key."""
    if (site := signed_site(opened)) is None:
        return {}
    try:
        signed = site_manifest.read(site.signed[manifest.MANIFEST], site.signed[manifest.SIGNATURE], key)
        signature.check(_DOMAIN, codec.to_json(site.keys), site.proof, key)
    except EditionNotWhole:
        return {}
    return {(file.path, site.keys[file.path]): file for file in signed.files if file.path in site.keys}
