from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from farbank.publish import manifest
from farbank.publish.errors import EditionNotWhole, FileChanged, FileUnlisted, ManifestMissing, SignatureBad

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key).hex()
FILES = {"index.html": b"<p>index</p>", "en.html": b"<p>en</p>"}


def edition(files: dict[str, bytes], key: SigningKey = KEY) -> dict[str, bytes]:
    built = manifest.build(
        files,
        edition="tide",
        sequence=1,
        close=date(2031, 5, 20),
        expires=manifest.expiry(date(2031, 6, 1)),
        languages=("en",),
        key=bytes(key.verify_key).hex(),
    )
    return manifest.signed(manifest.with_manifest(files, built), signer(key))


def signer(key: SigningKey) -> Callable[[bytes], bytes]:
    return lambda data: key.sign(data).signature


def test_a_whole_edition_holds_with_and_without_a_pinned_key() -> None:
    signed = edition(FILES)
    assert manifest.verify(signed) == manifest.verify(signed, key=PUBLIC.upper() + "\n")
    assert manifest.verify(signed).status == "unreleased-demo"


def test_equal_files_give_equal_bytes() -> None:
    assert edition(FILES) == edition(dict(reversed(FILES.items())))


@given(st.data())
def test_any_changed_byte_anywhere_is_found(data: st.DataObject) -> None:
    signed = edition(FILES)
    name = data.draw(st.sampled_from(sorted(signed)))
    at = data.draw(st.integers(0, len(signed[name].strip()) - 1))
    changed = bytearray(signed[name])
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    # Hexadecimal may be written in either case; that is the same signature.
    if name == manifest.SIGNATURE and bytes(changed).lower() == signed[name]:
        return
    with pytest.raises(EditionNotWhole):
        manifest.verify({**signed, name: bytes(changed)}, key=PUBLIC)


def test_each_way_of_not_being_whole_is_told_apart() -> None:
    signed = edition(FILES)
    with pytest.raises(FileChanged, match=r"en\.html is not"):
        manifest.verify({**signed, "en.html": b"<p>other</p>"})
    with pytest.raises(FileChanged, match=r"en\.html is missing"):
        manifest.verify({name: data for name, data in signed.items() if name != "en.html"})
    with pytest.raises(FileUnlisted, match=r"extra\.html"):
        manifest.verify({**signed, "extra.html": b""})
    for name in (manifest.MANIFEST, manifest.SIGNATURE):
        with pytest.raises(ManifestMissing, match=name):
            manifest.verify({path: data for path, data in signed.items() if path != name})


def test_another_desks_edition_does_not_pass_for_ours() -> None:
    forged = edition(FILES, SigningKey(bytes(32)))
    assert manifest.verify(forged).key != PUBLIC
    with pytest.raises(SignatureBad):
        manifest.verify(forged, key=PUBLIC)


def test_a_signature_made_for_anything_else_does_not_fit() -> None:
    signed = edition(FILES)
    bare = KEY.sign(signed[manifest.MANIFEST]).signature.hex().encode()
    with pytest.raises(SignatureBad):
        manifest.verify({**signed, manifest.SIGNATURE: bare})


def test_a_manifest_that_names_another_key_than_it_is_signed_with_is_refused() -> None:
    files = edition(FILES, SigningKey(bytes(32)))
    with pytest.raises(SignatureBad):
        manifest.signed(files, signer(KEY))


def test_a_manifest_of_another_format_says_so() -> None:
    older = edition(FILES)[manifest.MANIFEST].replace(b'"format":2', b'"format":1')
    with pytest.raises(ManifestMissing, match="has format 1, this program reads 2"):
        manifest.verify({**edition(FILES), manifest.MANIFEST: older})


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_an_expiry_is_a_year_off_and_tells_no_day(on: date) -> None:
    expires = manifest.expiry(on)
    assert (expires + timedelta(days=1)).day == 1
    assert timedelta(0) <= expires - (on + manifest.LASTS) < timedelta(days=31)


@pytest.mark.parametrize("junk", [b"", b"[]", b"{}", b"\xff", b'{"format":1}'])
def test_a_broken_manifest_is_refused(junk: bytes) -> None:
    signed = edition(FILES)
    with pytest.raises(EditionNotWhole):
        manifest.verify({**signed, manifest.MANIFEST: junk})
    with pytest.raises(SignatureBad):
        manifest.verify({**signed, manifest.SIGNATURE: junk})


@pytest.mark.parametrize("key", ["", "zz", "00", "é" * 64])
def test_a_key_that_is_none_verifies_nothing(key: str) -> None:
    with pytest.raises(SignatureBad):
        manifest.verify(edition(FILES), key=key)


def test_a_fingerprint_is_the_whole_key_in_groups() -> None:
    assert manifest.fingerprint(PUBLIC).replace(" ", "") == PUBLIC
