"""One signature over the exact bytes of one manifest (Ed25519, RFC 8032), in hexadecimal, as it lies beside it."""

from __future__ import annotations

from collections.abc import Callable

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from farbank.publish.errors import SignatureBad

Sign = Callable[[bytes], bytes]


def made(domain: bytes, data: bytes, sign: Sign, key: str) -> bytes:
    """What `sign` gives for `data`, as a file; `domain` is put before it, so that it fits nothing of another kind.

    Raises SignatureBad unless it is by `key` (hexadecimal).
    """
    signature = sign(domain + data).hex().encode("ascii") + b"\n"
    check(domain, data, signature, key)
    return signature


def check(domain: bytes, data: bytes, signature: bytes, key: str) -> None:
    """Check that the file `signature` is by `key` (hexadecimal) over `data`. Raises SignatureBad."""
    try:
        verifier = VerifyKey(bytes.fromhex(key))
        verifier.verify(domain + data, bytes.fromhex(signature.decode("ascii").strip()))
    except (BadSignatureError, ValueError, TypeError):
        raise SignatureBad(
            f"the signature does not belong to this manifest and the key {key[:64]}; "
            "compare the key with the one the desk has published"
        ) from None
