"""What a whole site consists of, signed: every edition by the hash of its manifest, and the pages around them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import msgspec

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.story import ManifestFile
from farbank.model.text import Slug
from farbank.publish import signature
from farbank.publish.errors import FileChanged, ManifestMissing, SignatureBad
from farbank.publish.manifest import MANIFEST, SIGNATURE, of_file

FORMAT = 1
_DOMAIN = b"farbank site manifest v1\n"
"""Put before what is signed, so that the signature of an edition is never one of a site."""


class ListedEdition(msgspec.Struct, frozen=True, kw_only=True):
    """An edition of the site: its story, its number among all of the desk, and the SHA-256 of its manifest."""

    story: Slug
    edition: Slug
    sequence: int
    sha256: str


class SiteManifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a site is. `sequence` goes up whenever the desk signs its site, so that an older list can be told;
    `latest` is the number of the newest edition there was by then, also of one taken down since."""

    site: int
    sequence: int
    latest: int
    expires: date
    """After this day the desk should have published again: a copy that still shows this is old, or held back."""
    key: str
    editions: tuple[ListedEdition, ...]
    files: tuple[ManifestFile, ...]

    def newest(self) -> dict[Slug, ListedEdition]:
        """The newest edition of every story."""
        return {each.story: each for each in sorted(self.editions, key=lambda each: each.sequence)}


def build(
    editions: Iterable[ListedEdition],
    files: Iterable[ManifestFile],
    *,
    latest: int,
    after: int,
    expires: date,
    key: str,
) -> SiteManifest:
    """List the editions and the files around them, whose paths are from the root of the site.

    `latest` is the number of the newest edition, listed or not, `after` that of the site signed before.
    """
    order = tuple(sorted(editions, key=lambda each: each.sequence))
    return SiteManifest(
        site=FORMAT,
        sequence=max(latest, after + 1),
        latest=latest,
        expires=expires,
        key=key,
        editions=order,
        files=tuple(sorted(files, key=lambda file: file.path)),
    )


def entry(story: Slug, edition: Slug, sequence: int, edition_manifest: bytes) -> ListedEdition:
    """An edition as the site lists it."""
    digest = hashlib.sha256(edition_manifest).hexdigest()
    return ListedEdition(story=story, edition=edition, sequence=sequence, sha256=digest)


def signed(manifest: SiteManifest, sign: signature.Sign) -> dict[str, bytes]:
    """The manifest and what `sign` gives for it (Ed25519), in hexadecimal, as the two files at the root of a site.

    Raises SignatureBad if the manifest names another key than signed.
    """
    data = codec.to_json(manifest)
    return {MANIFEST: data, SIGNATURE: signature.made(_DOMAIN, data, sign, manifest.key)}


def is_site(data: bytes) -> bool:
    """Whether a manifest is that of a whole site."""
    try:
        return "site" in msgspec.json.decode(data, type=dict[str, object])
    except msgspec.DecodeError:
        return False


def read(data: bytes, found: bytes, key: str | None = None) -> SiteManifest:
    """The manifest, if it is signed by the key it names, and by `key` (hexadecimal) where one is given.

    Raises ManifestMissing, SignatureBad.
    """
    try:
        manifest = codec.from_json(data, SiteManifest, MANIFEST)
    except DecodeError as error:
        raise ManifestMissing(f"{error}; this is no manifest of a site") from None
    if manifest.site != FORMAT:
        raise ManifestMissing(f"the site has format {manifest.site}, this program reads {FORMAT}; get a newer farbank")
    if key is not None and manifest.key != key.strip().lower():
        raise SignatureBad("the site is signed with another key than the one you named; trust none of it")
    signature.check(_DOMAIN, data, found, manifest.key)
    return manifest


def assert_same(file: ManifestFile, data: bytes | None) -> None:
    """Check one file around the stories. Raises FileChanged, naming it."""
    if data is None:
        raise FileChanged(f"{file.path} is missing; fetch the site again")
    if of_file(file.path, data) != file:
        raise FileChanged(f"{file.path} is not the file the desk signed; fetch the site again and trust none of it")
