"""Editions that were released, kept whole in the vault, so that the site can be put anywhere again without any key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from farbank.publish.site import Card, Entry, Site, card, labels, site
from farbank.publish.site_manifest import ListedEdition

EDITION, CARD, SITE = "edition", "edition-card", "site"
NEWEST, MADE, ENTRIES = "newest", "made", "entries"
_DOMAIN = b"farbank site pages v1\n"
"""Put before what is signed, so that the signature is never one of anything published."""


class Kept(Entry, frozen=True, kw_only=True):
    """What the site needs to know of every edition: its entry, and the SHA-256 of its manifest."""

    sha256: str

    @property
    def listed(self) -> ListedEdition:
        """The edition as the site lists it."""
        return ListedEdition(story=self.story, edition=self.edition, sequence=self.sequence, sha256=self.sha256)


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
    number = 1 + sum(each.story == edition.story for each in before)
    one = site_manifest.entry(edition.story, edition.id, edition.sequence, files[manifest.MANIFEST])
    opened.put("content", EDITION, edition.id, msgspec.msgpack.encode(dict(files)))
    editions = enter(opened, before, [(card(edition, phrases, number), one)])
    sign_site(opened, editions, desk, key, published, phrases, expires=listed.expires)


def enter(
    opened: vault.Vault, before: Iterable[Kept], editions: Iterable[tuple[Card, ListedEdition]]
) -> tuple[Kept, ...]:
    """Keep the cards of editions, and enter them among those before. Raises CompartmentClosed."""
    entries = list(before)
    for made, listed in editions:
        opened.put("content", CARD, made.edition, made)
        entries.append(Kept(**msgspec.structs.asdict(made.entry), sha256=listed.sha256))
    order = tuple(sorted(entries, key=lambda each: each.sequence))
    opened.put("content", SITE, ENTRIES, codec.to_json(order))
    return order


def kept(opened: vault.Vault) -> tuple[Kept, ...]:
    """Every edition kept, the oldest first."""
    if ENTRIES not in opened.ids("content", SITE):
        return ()
    return codec.from_json(opened.get("content", SITE, ENTRIES), tuple[Kept, ...], f"{SITE}/{ENTRIES}")


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
    languages = tuple(dict.fromkeys(tag for each in reversed(editions) for tag in each.languages))
    unsigned = KeptSite(
        desk={tag: desk.name[tag] for tag in languages if tag in desk.name},
        languages=languages,
        key=bytes(key.verify_key).hex(),
        labels={tag: labels(phrases[tag]) for tag in languages},
    )
    site = site_of(opened, editions, unsigned)
    leaves = render.leaves(site)
    keys = leaf.keys(site, leaves.values())
    before = _before(opened, unsigned.key)
    made = {path: each.make() for path, each in leaves.items() if (path, keys[path]) not in before}
    files = [before[path, keys[path]] for path in leaves.keys() - made.keys()]
    files += [manifest.of_file(path, data) for path, data in {**made, **published}.items()]

    def sign(data: bytes) -> bytes:
        return key.sign(data).signature

    whole = site_manifest.build((each.listed for each in editions), files, expires=expires, key=unsigned.key)
    signed = {**published, **site_manifest.signed(whole, sign)}
    proof = signature.made(_DOMAIN, codec.to_json(keys), sign, unsigned.key)
    opened.put("content", SITE, NEWEST, msgspec.structs.replace(unsigned, signed=signed, keys=keys, proof=proof))
    opened.put("content", SITE, MADE, msgspec.msgpack.encode(made))


def pages_made(opened: vault.Vault) -> dict[str, bytes]:
    """The pages that were made when the site was signed last, by path. Raises NoSuchRecord."""
    return msgspec.msgpack.decode(opened.get("content", SITE, MADE), type=dict[str, bytes])


def signed_site(opened: vault.Vault) -> KeptSite | None:
    """The site as it was signed last, None before the first release."""
    if NEWEST not in opened.ids("content", SITE):
        return None
    return codec.from_json(opened.get("content", SITE, NEWEST), KeptSite, f"{SITE}/{NEWEST}")


def site_of(opened: vault.Vault, editions: Sequence[Kept], kept_site: KeptSite) -> Site:
    """What the pages around the stories are made from: every story by its newest edition."""
    newest: dict[Slug, Entry] = {each.story: each for each in editions}
    return site(
        newest.values(),
        _cards(opened),
        desk=kept_site.desk,
        languages=kept_site.languages,
        key=kept_site.key,
        labels=kept_site.labels,
    )


def _cards(opened: vault.Vault) -> Callable[[Sequence[Entry]], list[Card]]:
    """Reads cards, each once."""
    read: dict[Slug, Card] = {}

    def cards(entries: Sequence[Entry]) -> list[Card]:
        lacking = {entry.edition for entry in entries} - read.keys()
        for id, body in opened.some("content", CARD, lacking).items() if lacking else ():
            read[id] = codec.from_json(body, Card, f"{CARD}/{id}")
        return [read[entry.edition] for entry in entries]

    return cards


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
