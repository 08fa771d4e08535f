"""age (https://age-encryption.org/v1) with the keys of the desk's people: their X25519 halves are age's own.

pyrage takes keys as text only, so they are spelled in Bech32 (BIP 173) here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyrage
from pyrage import x25519

from farbank.vault.keypair import Public, Secret

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def recipient(public: Public) -> str:
    """How age spells the public key."""
    return _bech32("age", public.sealing)


def identity(secret: Secret) -> str:
    """How age spells the secret key."""
    return _bech32("age-secret-key-", secret.scalar).upper()


def seal(data: bytes, to: Iterable[Public]) -> bytes:
    """An age file that each of `to` can open. Who they are does not show, how many does."""
    return bytes(pyrage.encrypt(data, [x25519.Recipient.from_str(recipient(each)) for each in to]))


def open(sealed: bytes, secret: Secret) -> bytes | None:
    """What is in an age file, None if it is not for this key, or was cut or altered."""
    try:
        return bytes(pyrage.decrypt(sealed, [x25519.Identity.from_str(identity(secret))]))
    except pyrage.DecryptError:
        return None


def _bech32(prefix: str, data: bytes) -> str:
    bits = int.from_bytes(data, "big") << (-8 * len(data) % 5)
    words = [bits >> shift & 31 for shift in range((8 * len(data) + 4) // 5 * 5 - 5, -1, -5)]
    check = _checksum([*_expanded(prefix), *words, *[0] * 6]) ^ 1
    return f"{prefix}1" + "".join(_LETTERS[word] for word in [*words, *(check >> 5 * i & 31 for i in range(5, -1, -1))])


def _expanded(prefix: str) -> Iterator[int]:
    yield from (ord(letter) >> 5 for letter in prefix)
    yield 0
    yield from (ord(letter) & 31 for letter in prefix)


def _checksum(words: Iterable[int]) -> int:
    check = 1
    for word in words:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ word
        for i, each in enumerate(_GENERATOR):
            check ^= each if top >> i & 1 else 0
    return check
