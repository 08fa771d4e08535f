"""What an edition consists of, signed: one desk key, one signature over the exact bytes of one manifest."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.story import Manifest, ManifestFile, Status
from farbank.model.text import Language
from farbank.publish import signature
from farbank.publish.errors import FileChanged, FileUnlisted, ManifestMissing, SignatureBad

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT = 2
_DOMAIN = b"farbank edition manifest v1\n"
"""Put before what is signed, so that a signature made for anything else never fits an edition."""
LASTS = timedelta(days=400)
"""A year and a month: the longest a desk that is at work leaves its site as it is."""


def build(
    files: Mapping[str, bytes],
    *,
    edition: str,
    sequence: int,
    close: date,
    expires: date,
    languages: Sequence[Language],
    key: str,
    status: Status = "unreleased-demo",
) -> Manifest:
    """List `files` (path inside the edition -> bytes); `key` is the desk's public key in hexadecimal.

    Its dates are the story's close and the end of a month (`expiry`): the day it was made is nobody's business.
    """
    return Manifest(
        format=FORMAT,
        edition=edition,
        sequence=sequence,
        status=status,
        close=close,
        expires=expires,
        languages=tuple(languages),
        key=key,
        files=tuple(of_file(path, files[path]) for path in sorted(files)),
    )


def expiry(on: date) -> date:
    """The last day of the month that `LASTS` after `on` falls in, so that it does not tell which day `on` was."""
    last = on + LASTS
    return last.replace(day=monthrange(last.year, last.month)[1])


def dated(expires: date, sequence: int) -> datetime:
    """The moment that files are dated on a disk: the month they were signed in, as `expires` tells, and their number.

    It is never to come, and of two editions or sites signed in one month the later is the newer.
    """
    return datetime.combine(expires.replace(day=1) - LASTS, time(), UTC) + timedelta(seconds=sequence)


def edition_dated(files: Mapping[str, bytes]) -> datetime:
    """The moment that the files of an edition, its manifest among them, are dated. Raises ManifestMissing."""
    listed = _decoded(files[MANIFEST])
    return dated(listed.expires, listed.sequence)


def with_manifest(files: Mapping[str, bytes], manifest: Manifest) -> dict[str, bytes]:
    """The files of an edition and its manifest: all of it but the signature."""
    return {**files, MANIFEST: codec.to_json(manifest)}


def signed(files: Mapping[str, bytes], sign: signature.Sign) -> dict[str, bytes]:
    """A whole edition: `files`, manifest included, and what `sign` gives for the manifest (Ed25519), in hexadecimal.

    Raises SignatureBad if the manifest names another key than signed.
    """
    data = files[MANIFEST]
    return {**files, SIGNATURE: signature.made(_DOMAIN, data, sign, _decoded(data).key)}


def verify(folder_files: Mapping[str, bytes], *, key: str | None = None) -> Manifest:
    """The manifest, if every file is there, listed, and as signed; by `key` (hexadecimal) where one is given.

    Without a key this says only that the edition agrees with the key it carries. Raises ManifestMissing,
    SignatureBad, FileChanged naming the file, FileUnlisted.
    """
    data, found = folder_files.get(MANIFEST), folder_files.get(SIGNATURE)
    if data is None or found is None:
        raise ManifestMissing(f"no {MANIFEST if data is None else SIGNATURE} here; name the folder of a whole edition")
    if key is not None:
        signature.check(_DOMAIN, data, found, key.strip().lower())
    manifest = _decoded(data)
    if key is None:
        signature.check(_DOMAIN, data, found, manifest.key)
    elif manifest.key != key.strip().lower():
        raise SignatureBad("the manifest names another key than the one it is signed with; trust none of it")
    _compare(manifest, folder_files)
    return manifest


def fingerprint(key: str) -> str:
    """A public key in groups a person can compare by eye or read aloud."""
    return " ".join(key[i : i + 8] for i in range(0, len(key), 8))


def of_file(path: str, data: bytes) -> ManifestFile:
    """A file as a manifest lists it."""
    return ManifestFile(path=path, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))


class _Format(msgspec.Struct, frozen=True):
    format: int


def _decoded(data: bytes) -> Manifest:
    try:
        format = codec.from_json(data, _Format, MANIFEST).format
        if format != FORMAT:
            raise ManifestMissing(
                f"the manifest has format {format}, this program reads {FORMAT}; get the farbank that wrote it"
            )
        return codec.from_json(data, Manifest, MANIFEST)
    except DecodeError as error:
        raise ManifestMissing(f"{error}; this is no manifest of an edition") from None


def _compare(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    listed = {file.path: file for file in manifest.files}
    for path, file in listed.items():
        if path not in files:
            raise FileChanged(f"{path} is missing; fetch the edition again")
        if of_file(path, files[path]) != file:
            raise FileChanged(f"{path} is not the file the desk signed; fetch the edition again and trust none of it")
    for path in sorted(files):
        if path not in listed and path not in (MANIFEST, SIGNATURE):
            raise FileUnlisted(f"{path} was never signed by the desk; do not open it, and fetch the edition again")
