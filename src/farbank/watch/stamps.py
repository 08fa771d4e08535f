"""Timestamps by somebody else (RFC 3161): that a day's record was there by then, whatever becomes of the desk.

Nothing is sent unless asked for. The authority learns the desk's address and the hash of a record, and from the hash
nothing. A request carries no nonce: an old reply replayed could only tell an earlier time that is as true.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from farbank.watch.days import DayRoot, Hash
from farbank.watch.errors import OtherStamp, StampDeclined, UnreadableCertificate, UnreadableStamp, UntrustedStamp

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

SHA256 = "2.16.840.1.101.3.4.2.1"

Post = Callable[[str, bytes], bytes]
"""Posts bytes (`application/timestamp-query`) to an address and returns the body of the answer."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """A timestamp asked for: of the record with that hash, from the authority at that address, and its reply as it
    came, empty until there is one."""

    hash: Hash
    authority: str
    reply: bytes = b""


class Stamped(msgspec.Struct, frozen=True, kw_only=True):
    """A timestamp that verified: when (UTC, by the authority's clock) and by whom (its certificate's name)."""

    at: datetime
    by: str


def request(record: DayRoot) -> bytes:
    """What to ask of an authority: a stamp on the record's SHA-256, its certificate enclosed. Always the same bytes."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # here, because it comes with an extra

    asked = TimestampRequestBuilder().data(record.encoded).hash_algorithm(HashAlgorithm.SHA256)
    return asked.nonce(nonce=False).cert_request(cert_request=True).build().as_bytes()


def ask(record: DayRoot, authority: str, post: Post) -> Stamp:
    """Ask `authority` for a stamp on a record, and keep what it replies.

    Raises what `post` raises, UnreadableStamp, StampDeclined, OtherStamp. Whom to trust is not asked here.
    """
    stamp = Stamp(hash=record.hash, authority=authority, reply=post(authority, request(record)))
    _about(stamp, record)
    return stamp


def verify(stamp: Stamp, record: DayRoot, roots: bytes) -> Stamped:
    """Verify, offline, that a stamp is of `record` and leads to one of `roots` (certificates in PEM form).

    Certificates have to be valid at the time stamped, not today. Raises UnreadableStamp (also where there is no reply),
    StampDeclined, OtherStamp, UntrustedStamp, UnreadableCertificate.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    reply = _about(stamp, record)
    builder = VerifierBuilder()
    for root in dict.fromkeys(_certificates(roots)):
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify(reply, bytes.fromhex(record.hash))
        return Stamped(at=reply.tst_info.gen_time.astimezone(UTC), by=_signer(reply))
    except (VerificationError, ValueError) as error:
        raise UntrustedStamp(f"{stamp.authority}: {UntrustedStamp.__doc__} ({error})") from None


def standing(stamp: Stamp, record: DayRoot, roots: bytes) -> str:
    """“pending” until there is a reply, “stamped at T by X” of one that verifies. Raises what `verify` raises."""
    if not stamp.reply:
        return "pending"
    found = verify(stamp, record, roots)
    return f"stamped at {found.at:%Y-%m-%d %H:%M:%S} UTC by {found.by}"


def _about(stamp: Stamp, record: DayRoot) -> TimeStampResponse:
    """The reply, once it is one and about this record."""
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        reply = decode_timestamp_response(stamp.reply)
        status = reply.status
        if status == PKIStatus.GRANTED:
            imprint = reply.tst_info.message_imprint
            about = imprint.hash_algorithm.dotted_string, imprint.message.hex()
    except ValueError as error:
        raise UnreadableStamp(f"{stamp.authority}: {UnreadableStamp.__doc__} ({error})") from None
    if status != PKIStatus.GRANTED:
        raise StampDeclined(f"{stamp.authority}: {StampDeclined.__doc__} ({'; '.join(reply.status_string) or status})")
    if about != (SHA256, record.hash) or stamp.hash != record.hash:
        raise OtherStamp(f"{stamp.authority}: {OtherStamp.__doc__}")
    return reply


def _certificates(roots: bytes) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(roots)
    except ValueError:
        raise UnreadableCertificate(UnreadableCertificate.__doc__) from None


def _signer(reply: TimeStampResponse) -> str:
    """The name of the certificate that signed, which the signature itself points to."""
    from cryptography.x509 import load_der_x509_certificate
    from cryptography.x509.oid import NameOID

    (signer,) = reply.signed_data.signer_infos
    for certificate in map(load_der_x509_certificate, reply.signed_data.certificates):
        if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else certificate.subject.rfc4514_string()
    raise ValueError("the certificate of the signer is not enclosed")
