"""A passkey in a real browser: the PRF extension yields the same bytes twice, and they open the desk."""

from __future__ import annotations

import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from nacl.utils import random
from playwright.sync_api import Browser, Page

from farbank import vault
from farbank.vault import desk_folder, keyring, passkey, ways

PAGE = """<!doctype html><title>way in</title><script>
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const text = buffer => buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))) : null;
async function register(salt) {
  const made = await navigator.credentials.create({publicKey: {
    rp: {id: "localhost", name: "desk"}, user: {id: bytes(salt), name: "editor", displayName: "editor"},
    challenge: bytes(salt), pubKeyCredParams: [{type: "public-key", alg: -7}],
    authenticatorSelection: {residentKey: "required", userVerification: "required"}, extensions: {prf: {}}}});
  const prf = made.getClientExtensionResults().prf;
  return {credential: text(made.rawId), enabled: Boolean(prf && prf.enabled)};
}
async function output(credential, salt) {
  const got = await navigator.credentials.get({publicKey: {
    challenge: crypto.getRandomValues(new Uint8Array(32)), rpId: "localhost", userVerification: "required",
    allowCredentials: [{type: "public-key", id: bytes(credential)}],
    extensions: {prf: {eval: {first: bytes(salt)}}}}});
  const prf = got.getClientExtensionResults().prf;
  return text(prf && prf.results && prf.results.first);
}
</script>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A page on this machine's loopback, where a browser lets a page ask for passkeys without TLS."""
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text(PAGE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "page")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def page_with(browser: Browser, address: str, *, prf: bool) -> Page:
    """A page in a browser that has a passkey device, with the extension or without."""
    page = browser.new_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        "hasPrf": prf,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.goto(address)
    return page


def base64(data: bytes) -> str:
    return b64encode(data).decode()


def test_what_the_passkey_yields_opens_the_desk(browser: Browser, address: str, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    members = [vault.Member("Ada", "ada long enough", ("safety-officer",))]
    vault.create(folder, members, since=date(2031, 1, 1), cost=vault.Cost(passes=1, memory=8192))
    page, salt = page_with(browser, address, prf=True), random(32)

    made = page.evaluate("salt => register(salt)", base64(salt))
    assert made["enabled"]
    ask = "([credential, salt]) => output(credential, salt)"
    first, second, other = (
        b64decode(page.evaluate(ask, [made["credential"], base64(each)])) for each in (salt, salt, random(32))
    )
    assert first == second != other
    assert len(first) == 32

    with vault.open(folder, "Ada", "ada long enough") as opened:
        opened.put("content", "note", "1", b"kept")
        credential = b64decode(made["credential"])
        root = opened.roster.root
        ways.add(
            opened,
            passkey.wrap("Ada", first, opened.secret, root, credential=credential, site="localhost", salt=salt),
        )
    ring = keyring.read(folder)
    entry = ring.person("Ada")
    assert entry is not None
    way = entry.ways[-1]
    assert isinstance(way, passkey.Passkey)
    again = b64decode(page.evaluate(ask, [base64(way.credential), base64(way.salt)]))
    secret = passkey.unwrap("Ada", again, way, ring.roster.root)
    assert secret is not None
    with desk_folder.open_with(folder, ring, entry, secret) as opened:
        assert opened.get("content", "note", "1") == b"kept"
    assert passkey.unwrap("Ada", other, way, ring.roster.root) is None


def test_a_passkey_without_the_extension_is_no_way_in(browser: Browser, address: str) -> None:
    page, salt = page_with(browser, address, prf=False), random(32)
    made = page.evaluate("salt => register(salt)", base64(salt))
    assert not made["enabled"]
    yielded = page.evaluate("([credential, salt]) => output(credential, salt)", [made["credential"], base64(salt)])
    assert yielded is None
    secret, root = vault.Secret.new(), vault.Secret.new().public
    with pytest.raises(vault.PasskeyCannotEncrypt, match="no PRF"):
        passkey.wrap("Ada", b64decode(yielded or ""), secret, root, credential=b"c", site="localhost", salt=salt)
