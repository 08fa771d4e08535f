"""XChaCha20-Poly1305 straight from libsodium: what PyNaCl checks first takes four times as long as a short text itself.

The bytes are those of `nacl.secret.Aead`: a random nonce, then the text with its tag.
"""

from __future__ import annotations

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.utils import random

KEY: int = crypto_aead_xchacha20poly1305_ietf_KEYBYTES
_NONCE: int = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_OVER: int = _NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES
_ENCRYPT, _DECRYPT = (
    lib.crypto_aead_xchacha20poly1305_ietf_encrypt,
    lib.crypto_aead_xchacha20poly1305_ietf_decrypt,
)
_NULL, _new, _buffer, _BYTES = ffi.NULL, ffi.new, ffi.buffer, ffi.typeof("unsigned char[]")


def seal(data: bytes, bound: bytes, key: bytes) -> bytes:
    """`data` sealed under `key`, and of no use without `bound`. Raises ValueError for a key of another length."""
    if len(key) != KEY:
        raise ValueError(f"expected a key of {KEY} bytes")
    nonce, length = random(_NONCE), len(data)
    sealed = _new(_BYTES, length + _OVER - _NONCE)
    if _ENCRYPT(sealed, _NULL, data, length, bound, len(bound), _NULL, nonce, key):
        raise ValueError("libsodium did not seal")
    return nonce + _buffer(sealed)[:]  # type: ignore[no-any-return]


def open(sealed: bytes, bound: bytes, key: bytes) -> bytes | None:
    """What was sealed, None if it was altered, cut, bound to something else, or is under another key."""
    length = len(sealed) - _OVER
    if length < 0 or len(key) != KEY:
        return None
    data = _new(_BYTES, length)
    # libsodium reads the nonce at the beginning of `sealed` and no further
    if _DECRYPT(data, _NULL, _NULL, sealed[_NONCE:], length + _OVER - _NONCE, bound, len(bound), sealed, key):
        return None
    return _buffer(data)[:]  # type: ignore[no-any-return]
