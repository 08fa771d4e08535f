"""The site as the desk signed it last: who it is of, what it lists, and which of its pages were made for that."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec
from nacl.signing import SigningKey

from farbank import vault
from farbank.country.phrases import Phrases
from farbank.desk.editions import SITE, Kept, cards_of, killed
from farbank.model import codec
from farbank.model.case import Desk
from farbank.model.story import Manifest, ManifestFile
from farbank.model.text import Language, Slug, Text
from farbank.publish import desk_keys, manifest, render, signature, site_manifest
from farbank.publish.errors import EditionNotWhole
from farbank.publish.render import leaf
from farbank.publish.site import Site, labels, site
from farbank.publish.site_manifest import SiteManifest

NEWEST, MADE = "newest", "made"
_DOMAIN = b"farbank site pages v1\n"
"""Put before what is signed, so that the signature is never one of anything published."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Who a site is of: the desk's name and the site's own words per language, and the key it is signed with."""

    desk: Text
    key: str
    labels: dict[Language, dict[str, str]]


class Unsigned(msgspec.Struct, frozen=True, kw_only=True):
    """A site before it is signed: its list, what each page around the stories is made of, and the pages made now."""

    manifest: SiteManifest
    keys: dict[str, str]
    made: dict[str, bytes]


class SignedSite(msgspec.Struct, frozen=True, kw_only=True):
    """A site as it was signed: whose, and its files that are not made from cards, manifest and signature among them.

    `keys` say of each page around the stories what it was made of (`render.leaf`), with a signature: else whoever can
    write here could have the next release sign a page that it never made.
    """

    named: Named
    signed: dict[str, bytes]
    keys: dict[str, str]
    proof: bytes

    @property
    def manifest(self) -> SiteManifest:
        """What the site lists. Raises ManifestMissing, SignatureBad."""
        return site_manifest.read(self.signed[manifest.MANIFEST], self.signed[manifest.SIGNATURE])

    @property
    def published(self) -> dict[str, bytes]:
        """Files of the desk itself (`desk.json`)."""
        return {path: data for path, data in self.signed.items() if path not in (manifest.MANIFEST, manifest.SIGNATURE)}


def with_edition(
    opened: vault.Vault,
    editions: Sequence[Kept],
    files: Mapping[str, bytes],
    desk: Desk,
    key: SigningKey,
    phrases: Mapping[Language, Phrases],
) -> None:
    """Sign the site of all `editions` kept, the newest of which is new and has these `files`.

    Raises CompartmentClosed, MissingPhrase.
    """
    # The words are kept with the site, so that it can be made again with any wording.
    words = {tag: labels(phrases[tag]) for tag in phrases}
    whose = Named(desk=desk.name, key=bytes(key.verify_key).hex(), labels=words)
    published = {name: files[name] for name in (desk_keys.FILE,) if name in files}
    listed = codec.from_json(files[manifest.MANIFEST], Manifest, manifest.MANIFEST)
    sign(opened, unsigned(opened, editions, whose, published, listed.expires), whose, published, key)


def unsigned(
    opened: vault.Vault, editions: Sequence[Kept], whose: Named, published: Mapping[str, bytes], expires: date
) -> Unsigned:
    """The site that the editions make that are kept and not killed; only pages that are others now are made.

    `published` are files of the desk itself. Raises CompartmentClosed.
    """
    last, gone = signed_site(opened), killed(opened)
    made_of = site_of(opened, editions, gone, whose)
    leaves = render.leaves(made_of)
    keys = leaf.keys(made_of, leaves.values())
    before = {} if last is None else _before(last, whose.key)
    made = {path: each.make() for path, each in leaves.items() if (path, keys[path]) not in before}
    files = [before[path, keys[path]] for path in leaves.keys() - made.keys()]
    files += [manifest.of_file(path, data) for path, data in {**made, **published}.items()]
    whole = site_manifest.build(
        [each.listed for each in editions if each.edition not in gone],
        files,
        latest=max((each.sequence for each in editions), default=0),
        after=0 if last is None else last.manifest.sequence,
        expires=expires,
        key=whose.key,
    )
    return Unsigned(manifest=whole, keys=keys, made=made)


def sign(opened: vault.Vault, site: Unsigned, whose: Named, published: Mapping[str, bytes], key: SigningKey) -> None:
    """Sign a site and keep it as the newest. Raises CompartmentClosed."""

    def signing(data: bytes) -> bytes:
        return key.sign(data).signature

    signed = SignedSite(
        named=whose,
        signed={**published, **site_manifest.signed(site.manifest, signing)},
        keys=site.keys,
        proof=signature.made(_DOMAIN, codec.to_json(site.keys), signing, whose.key),
    )
    opened.put("content", SITE, NEWEST, signed)
    opened.put("content", SITE, MADE, msgspec.msgpack.encode(site.made))


def signed_site(opened: vault.Vault) -> SignedSite | None:
    """The site as it was signed last, None before the first release."""
    if NEWEST not in opened.ids("content", SITE):
        return None
    return codec.from_json(opened.get("content", SITE, NEWEST), SignedSite, f"{SITE}/{NEWEST}")


def pages_made(opened: vault.Vault) -> dict[str, bytes]:
    """The pages that were made when the site was signed last, by path. Raises NoSuchRecord."""
    return msgspec.msgpack.decode(opened.get("content", SITE, MADE), type=dict[str, bytes])


def site_of(opened: vault.Vault, editions: Sequence[Kept], gone: Collection[Slug], whose: Named) -> Site:
    """What the pages around the stories are made from: every story by its newest edition that is not `gone`."""
    newest = {each.story: each for each in editions if each.edition not in gone}
    languages = tuple(dict.fromkeys(tag for each in reversed(editions) for tag in each.languages))
    return site(
        newest.values(),
        cards_of(opened),
        desk={tag: whose.desk[tag] for tag in languages if tag in whose.desk},
        languages=languages,
        key=whose.key,
        labels={tag: whose.labels[tag] for tag in languages},
    )


def _before(last: SignedSite, key: str) -> dict[tuple[str, str], ManifestFile]:
    """Each page of the site signed last, by its path and what it was made of; none unless by this key."""
    try:
        signed = site_manifest.read(last.signed[manifest.MANIFEST], last.signed[manifest.SIGNATURE], key)
        signature.check(_DOMAIN, codec.to_json(last.keys), last.proof, key)
    except EditionNotWhole:
        return {}
    return {(file.path, last.keys[file.path]): file for file in signed.files if file.path in last.keys}
