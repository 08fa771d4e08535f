"""A person's secret wrapped under what a passkey's PRF extension yields (WebAuthn Level 3, section 10.1.4).

A passkey without the extension proves that somebody holds it and encrypts nothing; it is no way in by itself.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated

import msgspec
from nacl import exceptions
from nacl.secret import Aead

from farbank.model import codec
from farbank.vault.errors import PasskeyCannotEncrypt
from farbank.vault.keypair import Key, Public, Secret
from farbank.vault.passphrase import VERSION


class Passkey(msgspec.Struct, frozen=True, tag_field="kind", tag="passkey-prf"):
    """One way in: the credential and the site to ask for it, what its PRF is to be fed, and the wrapped secret."""

    credential: Annotated[bytes, msgspec.Meta(min_length=1, max_length=1023)]
    site: str
    salt: Key
    wrapped: bytes


def wrap(
    person: str, output: bytes, secret: Secret, root: Public, *, credential: bytes, site: str, salt: bytes
) -> Passkey:
    """Wrap a person's secret under the 32 bytes the passkey's PRF gave for `salt`. Raises PasskeyCannotEncrypt."""
    wrapped = _box(output).encrypt(secret.seed, _bound_to(person, root, credential, site))
    return Passkey(credential, site, salt, bytes(wrapped))


def unwrap(person: str, output: bytes, way: Passkey, root: Public) -> Secret | None:
    """The secret, None if the PRF gave something else, the root is another, or the way was altered."""
    try:
        return Secret(_box(output).decrypt(way.wrapped, _bound_to(person, root, way.credential, way.site)))
    except (exceptions.CryptoError, ValueError):
        return None


def _box(output: bytes) -> Aead:
    if len(output) != 32:
        raise PasskeyCannotEncrypt("this passkey yields no key to encrypt with (no PRF); use another, or a passphrase")
    return Aead(blake2b(key=output, person=b"farbank passkey", digest_size=Aead.KEY_SIZE).digest())


def _bound_to(person: str, root: Public, credential: bytes, site: str) -> bytes:
    return codec.to_json([person, VERSION, "passkey-prf", root.signing.hex(), credential.hex(), site])
