"""Timestamps by an authority the tests make themselves, with the openssl command; nothing leaves the machine."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from farbank.watch import days, stamps
from farbank.watch.errors import (
    OtherStamp,
    StampDeclined,
    UnreadableCertificate,
    UnreadableStamp,
    UntrustedStamp,
)
from farbank.watch.stamps import Stamp

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command as the authority")

RECORD = days.seal(date(2031, 3, 1), [b"one", b"two"], None)
OTHER = days.seal(date(2031, 3, 2), [b"three"], RECORD)
URL = "http://stamp.invalid/tsr"
NOW = datetime.now(UTC)
DAY = timedelta(1)
CONFIG = """
[ tsa ]
default_tsa = here
[ here ]
serial = {0}/serial
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = {1}
ess_cert_id_alg = sha256
"""


class Authority:
    """A root and an authority under it, both made for one test; `post` answers like its server would."""

    def __init__(self, folder: Path, *, until: datetime = NOW + DAY, digests: str = "sha256") -> None:
        folder.mkdir()
        key, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _certificate("Tarquell Root", key, "Tarquell Root", key, NOW + 9 * DAY, ca=True)
        signer = _certificate("Tarquell Clock", own, "Tarquell Root", key, until, stamping=True)
        self.roots = root.public_bytes(serialization.Encoding.PEM)
        self.folder = folder
        (folder / "serial").write_text("01")
        (folder / "config").write_text(CONFIG.format(folder, digests))
        (folder / "signer.pem").write_bytes(signer.public_bytes(serialization.Encoding.PEM))
        (folder / "key.pem").write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.asked: list[tuple[str, bytes]] = []

    def post(self, url: str, query: bytes) -> bytes:
        self.asked.append((url, query))
        (self.folder / "query").write_bytes(query)
        signing = ("-signer", self.folder / "signer.pem", "-inkey", self.folder / "key.pem")
        files = ("-queryfile", self.folder / "query", "-out", self.folder / "reply")
        command = ["openssl", "ts", "-reply", "-config", self.folder / "config", *signing, *files]
        subprocess.run(command, check=True, capture_output=True)
        return (self.folder / "reply").read_bytes()


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signing: ec.EllipticCurvePrivateKey,
    until: datetime,
    *,
    ca: bool = False,
    stamping: bool = False,
) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 99 * DAY)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(signing, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "a")


@pytest.fixture(scope="module")
def stamp(authority: Authority) -> Stamp:
    return stamps.ask(RECORD, URL, authority.post)


def test_a_stamp_is_pending_until_a_reply_is_there_and_then_says_when_and_by_whom(
    authority: Authority, stamp: Stamp
) -> None:
    assert stamps.standing(Stamp(hash=RECORD.hash, authority=URL), RECORD, authority.roots) == "pending"
    found = stamps.verify(stamp, RECORD, authority.roots)
    assert found.by == "Tarquell Clock"
    assert abs(found.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert stamps.standing(stamp, RECORD, authority.roots) == (
        f"stamped at {found.at:%Y-%m-%d %H:%M:%S} UTC by Tarquell Clock"
    )


def test_the_authority_is_sent_the_hash_and_nothing_else_of_the_record(authority: Authority, stamp: Stamp) -> None:
    url, query = authority.asked[0]
    assert url == URL
    assert query == stamps.request(RECORD)
    assert bytes.fromhex(RECORD.hash) in query
    assert len(query) < 64 and b"2031" not in query


def test_openssl_itself_accepts_what_was_kept(authority: Authority, stamp: Stamp, tmp_path: Path) -> None:
    (tmp_path / "reply").write_bytes(stamp.reply)
    (tmp_path / "roots").write_bytes(authority.roots)
    files = ("-in", tmp_path / "reply", "-CAfile", tmp_path / "roots")
    command = ["openssl", "ts", "-verify", "-digest", RECORD.hash, *files]
    assert b"Verification: OK" in subprocess.run(command, check=True, capture_output=True).stdout


def test_a_reply_about_another_day_is_refused(authority: Authority, stamp: Stamp) -> None:
    with pytest.raises(OtherStamp, match="something else"):
        stamps.verify(stamp, OTHER, authority.roots)
    with pytest.raises(OtherStamp):
        stamps.verify(replace(stamp, hash=OTHER.hash), OTHER, authority.roots)
    with pytest.raises(OtherStamp):
        stamps.ask(OTHER, URL, lambda _url, _query: stamp.reply)


def test_a_root_that_is_not_theirs_is_not_trusted(stamp: Stamp, tmp_path: Path) -> None:
    stranger = Authority(tmp_path / "b")  # of the same name, with another key
    with pytest.raises(UntrustedStamp, match="not certified by them"):
        stamps.verify(stamp, RECORD, stranger.roots)


def test_whoever_had_expired_when_signing_is_not_trusted(tmp_path: Path) -> None:
    late = Authority(tmp_path / "late", until=NOW - DAY)
    with pytest.raises(UntrustedStamp, match="expired"):
        stamps.verify(stamps.ask(RECORD, URL, late.post), RECORD, late.roots)


def test_whoever_refuses_is_quoted(tmp_path: Path) -> None:
    picky = Authority(tmp_path / "picky", digests="sha512")
    with pytest.raises(StampDeclined, match=r"(?i)algorithm"):
        stamps.ask(RECORD, URL, picky.post)


@pytest.mark.parametrize("reply", [b"", b"<html>404</html>", b"\x30\x80", b"\x30\x03\x02\x01\x00", bytes(5000)])
def test_garbage_is_refused(authority: Authority, reply: bytes) -> None:
    with pytest.raises(UnreadableStamp, match="no timestamp reply"):
        stamps.ask(RECORD, URL, lambda _url, _query: reply)
    with pytest.raises(UnreadableStamp):
        stamps.verify(Stamp(hash=RECORD.hash, authority=URL, reply=reply), RECORD, authority.roots)


@pytest.mark.parametrize(
    "roots", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_file_without_certificates_is_said_so(stamp: Stamp, roots: bytes) -> None:
    with pytest.raises(UnreadableCertificate, match="PEM"):
        stamps.verify(stamp, RECORD, roots)


@settings(max_examples=200)
@given(st.data())
def test_a_reply_changed_anywhere_never_tells_another_time_or_name(
    authority: Authority, stamp: Stamp, data: st.DataObject
) -> None:
    spoiled = bytearray(stamp.reply)
    spoiled[data.draw(st.integers(0, len(spoiled) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = stamps.verify(replace(stamp, reply=bytes(spoiled)), RECORD, authority.roots)
    except (UnreadableStamp, StampDeclined, OtherStamp, UntrustedStamp):
        return
    assert found == stamps.verify(stamp, RECORD, authority.roots)


def test_what_the_network_raises_is_passed_on() -> None:
    def down(_url: str, _query: bytes) -> bytes:
        raise ConnectionRefusedError("down")

    with pytest.raises(ConnectionRefusedError):
        stamps.ask(RECORD, URL, down)
