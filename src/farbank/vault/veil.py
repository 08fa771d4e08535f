"""What a database host must not read: columns sealed on the way into a server, and as they are in an encrypted file.

A name is sealed under a synthetic nonce, the keyed hash of itself (Rogaway and Shrimpton, EUROCRYPT 2006): equal names
of one kind seal to equal bytes, so the server compares and indexes them, and learns which are equal and nothing else.
Everything else is sealed under a random nonce.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from nacl import exceptions
from nacl.secret import Aead
from sqlalchemy import Column, Connection, Dialect, LargeBinary, Text, select
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator, TypeEngine

from farbank.vault.compartments import Compartment
from farbank.vault.errors import VaultDamaged

PAD = 32
"""Names are padded to multiples of so many bytes, so that their length tells little."""


@dataclass(frozen=True)
class Veil:
    """The keys one compartment's columns are sealed under on a server; made from the compartment's own."""

    where: str
    naming: bytes = field(repr=False)
    sealing: bytes = field(repr=False)

    def name(self, text: str, what: bytes) -> bytes:
        """Seal a name, always to the same bytes."""
        data = text.encode() + b"\x80"
        data += bytes(-len(data) % PAD)
        nonce = blake2b(data, key=self.naming, salt=what, person=b"farbank name", digest_size=Aead.NONCE_SIZE).digest()
        return bytes(Aead(self.sealing).encrypt(data, what, nonce))

    def named(self, sealed: bytes, what: bytes) -> str:
        """The name again. Raises VaultDamaged if it was altered or moved to another column."""
        return self.opened(sealed, what).rstrip(b"\x00").removesuffix(b"\x80").decode()

    def seal(self, data: bytes, what: bytes) -> bytes:
        """Seal what is not compared."""
        return bytes(Aead(self.sealing).encrypt(data, what))

    def opened(self, sealed: bytes, what: bytes) -> bytes:
        """What was sealed. Raises VaultDamaged if it was altered or moved to another column."""
        try:
            return Aead(self.sealing).decrypt(sealed, what)
        except (exceptions.CryptoError, ValueError):
            raise VaultDamaged(self.where, f"a {what.decode()} was altered, or is under another desk's key") from None


def veil(compartment: Compartment, key: bytes, where: str) -> Veil:
    """The veil of a compartment, from its 32-byte key; `where` is what an error calls it."""
    naming, sealing = (
        blake2b(compartment.encode(), key=key, person=purpose, digest_size=32).digest()
        for purpose in (b"farbank naming", b"farbank veil")
    )
    return Veil(where, naming, sealing)


_EQUALITY = (operators.eq, operators.ne, operators.in_op, operators.not_in_op, operators.is_, operators.is_not)


class Name(TypeDecorator[str]):
    """A column of names; `what` keeps those of different meaning from being compared with each other."""

    impl = Text
    cache_ok = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Refuse to ask how a name begins or sorts: behind a veil only whether names are equal can be asked."""
        if op not in (
            operators.eq,
            operators.ne,
            operators.in_op,
            operators.not_in_op,
            operators.is_,
            operators.is_not,
        ):
            raise TypeError(f"names of a server are compared here, not there: {op.__name__}")
        return self

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Bytes behind a veil, text without."""
        return dialect.type_descriptor(Text() if _over(dialect) is None else LargeBinary())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """Seal what goes in."""
        veil = _over(dialect)
        return value if veil is None or value is None else veil.name(value, self.what.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Open what comes out. Raises VaultDamaged."""
        veil = _over(dialect)
        return value if veil is None or value is None else veil.named(value, self.what.encode())


class Sealed(TypeDecorator[bytes]):
    """A column of bytes nobody has sealed before they reach it."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal what goes in."""
        veil = _over(dialect)
        return value if veil is None or value is None else veil.seal(value, self.what.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Open what comes out. Raises VaultDamaged."""
        veil = _over(dialect)
        return value if veil is None or value is None else veil.opened(value, self.what.encode())


def beginning(connection: Connection, column: Column[str], prefix: str) -> tuple[str, ...]:
    """The names of a column that begin so, once each, in order: compared here, since a server cannot."""
    return tuple(sorted(name for name in connection.scalars(select(column).distinct()) if name.startswith(prefix)))


def _over(dialect: Dialect) -> Veil | None:
    # An engine is made for one compartment and one person, and its dialect is its own.
    return getattr(dialect, "farbank_veil", None)
