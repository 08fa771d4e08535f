from __future__ import annotations

import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from served import Clock, serve_raw

from farbank.country.sites import Site, Start
from farbank.watch.collect.fetch import Answer, Fetcher
from farbank.watch.collect.wire import Limits

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, signed by nobody else."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gazette")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file


def ask(certificate: Path, clock: Clock, said: bytes, then: bytes = b"") -> Answer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def converse(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(10_000)
            secure.sendall(said)
            while then:
                time.sleep(0.02)
                secure.sendall(then)

    with serve_raw(converse) as url:
        url = url.replace("http:", "https:") + "/"
        site = Site(id="g", outlet="g", item=".*", languages={"": "en"}, starts=(Start(url=url, kind="links"),))
        limits = Limits(connect=2, read=0.5, whole=0.5 if then else 10)
        return Fetcher(site, clock=clock, sleep=clock.sleep, limits=limits).get(url)


def test_a_server_that_nobody_vouches_for_is_not_believed(certificate: Path, clock: Clock) -> None:
    why = "its certificate is not valid for it, or the connection is not secure"
    assert ask(certificate, clock, PAGE) == Answer((), why)


def test_a_server_that_somebody_vouches_for_is_read(
    certificate: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert ask(certificate, clock, PAGE).captures[0].body == b"hello"


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
def test_a_byte_a_while_holds_nobody_up_over_tls_either(
    certificate: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert ask(certificate, clock, start, then=b"x") == Answer((), "its answer was not whole after 0.5 seconds")
