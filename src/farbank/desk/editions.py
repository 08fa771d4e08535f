"""Editions that were released, kept whole in the vault, so that the site can be put anywhere again without any key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
from nacl.signing import SigningKey

from farbank import vault
from farbank.country.phrases import Phrases
from farbank.model import codec
from farbank.model.case import Desk
from farbank.model.story import Manifest
from farbank.model.text import Language, Slug, Text
from farbank.publish import manifest, render, site_manifest
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.site import Card, Site, card, labels, site
from farbank.publish.site_manifest import ListedEdition

EDITION, CARD, SITE = "edition", "edition-card", "site"
NEWEST = "newest"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the site needs to know of one edition: its card, and how its manifest is listed."""

    card: Card
    listed: ListedEdition


class KeptSite(msgspec.Struct, frozen=True, kw_only=True):
    """The newest state of the site as it was signed: who it is of, and its manifest with the signature."""

    desk: Text
    languages: tuple[Language, ...]
    key: str
    labels: dict[Language, dict[str, str]]
    signed: dict[str, bytes]


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
    before = [each for each in kept(opened) if each.card.story == edition.story]
    one = Kept(
        card=card(edition, phrases, len(before) + 1),
        listed=site_manifest.entry(edition.story, edition.id, edition.sequence, files[manifest.MANIFEST]),
    )
    opened.put("content", EDITION, edition.id, msgspec.msgpack.encode(dict(files)))
    opened.put("content", CARD, edition.id, one)
    words = {tag: labels(phrases[tag]) for tag in phrases}
    opened.put("content", SITE, NEWEST, _signed(opened, desk, key, listed.expires, published, words))


def kept(opened: vault.Vault) -> tuple[Kept, ...]:
    """Every edition kept, the oldest first."""
    held = opened.all("content", CARD)
    found = [codec.from_json(body, Kept, f"{CARD}/{id}") for id, body in held.items()]
    return tuple(sorted(found, key=lambda each: each.listed.sequence))


def files_of(opened: vault.Vault, edition: Slug) -> dict[str, bytes]:
    """Every file of an edition, by its path. Raises NoSuchRecord."""
    return msgspec.msgpack.decode(opened.get("content", EDITION, edition), type=dict[str, bytes])


def signed_site(opened: vault.Vault) -> KeptSite:
    """The site as it was signed last. Raises NoSuchRecord."""
    return codec.from_json(opened.get("content", SITE, NEWEST), KeptSite, f"{SITE}/{NEWEST}")


def site_of(editions: tuple[Kept, ...], kept_site: KeptSite) -> Site:
    """What the pages around the stories are made from: every story by its newest edition."""
    newest = {each.card.story: each.card for each in editions}
    return site(
        newest.values(),
        desk=kept_site.desk,
        languages=kept_site.languages,
        key=kept_site.key,
        labels=kept_site.labels,
    )


def _signed(
    opened: vault.Vault,
    desk: Desk,
    key: SigningKey,
    expires: date,
    published: Mapping[str, bytes],
    words: Mapping[Language, dict[str, str]],
) -> KeptSite:
    editions = kept(opened)
    languages = tuple(dict.fromkeys(tag for each in reversed(editions) for tag in each.card.languages))
    unsigned = KeptSite(
        desk={tag: desk.name[tag] for tag in languages if tag in desk.name},
        languages=languages,
        key=bytes(key.verify_key).hex(),
        labels={tag: words[tag] for tag in languages},
        signed={},
    )
    around = {**render.around(site_of(editions, unsigned)), **published}
    listed = site_manifest.build((each.listed for each in editions), around, expires=expires, key=unsigned.key)
    return msgspec.structs.replace(
        unsigned, signed={**published, **site_manifest.signed(listed, lambda data: key.sign(data).signature)}
    )
