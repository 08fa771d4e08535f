"""Keypairs, pairs, envelopes: what is sealed opens to the right person for the right purpose, and to nothing else."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.secret import Aead
from nacl.utils import random

from farbank import vault
from farbank.vault import aead, envelope, pairs, passkey
from farbank.vault.keypair import Secret

SEEDS = st.binary(min_size=32, max_size=32)
WHERE = st.tuples(st.sampled_from(["content", "identities"]), st.text(max_size=8), st.text(max_size=8))


@settings(max_examples=50)
@given(SEEDS, SEEDS, st.binary(max_size=200), st.binary(max_size=20), st.binary(max_size=20))
def test_what_is_sealed_opens_to_one_person_for_one_purpose(
    seed: bytes, other: bytes, data: bytes, purpose: bytes, another: bytes
) -> None:
    secret = Secret(seed)
    sealed = secret.public.seal(data, purpose)
    assert secret.open(sealed, purpose) == data
    assert (secret.open(sealed, another) == data) == (purpose == another)
    assert (Secret(other).open(sealed, purpose) == data) == (seed == other)
    assert secret.public.seal(data, purpose) != sealed


@settings(max_examples=50)
@given(SEEDS, st.binary(max_size=200), st.integers(0, 10_000), st.integers(0, 7))
def test_a_flipped_bit_opens_nothing_and_signs_nothing(seed: bytes, data: bytes, position: int, bit: int) -> None:
    secret = Secret(seed)

    def flipped(whole: bytes) -> bytes:
        changed = bytearray(whole)
        changed[position % len(whole)] ^= 1 << bit
        return bytes(changed)

    assert secret.open(flipped(secret.public.seal(data, b"p")), b"p") is None
    assert secret.public.signed(data, secret.sign(data))
    assert not secret.public.signed(data, flipped(secret.sign(data)))
    assert not secret.public.signed(flipped(data + b"."), secret.sign(data + b"."))


@pytest.mark.parametrize("what", [b"", b"short", bytes(48), bytes(200)])
def test_what_was_never_sealed_or_signed(what: bytes) -> None:
    secret = Secret.new()
    assert secret.open(what, b"p") is None
    assert not secret.public.signed(b"data", what)


def test_sealing_and_signing_keys_of_one_seed_differ_and_the_seed_is_not_printed() -> None:
    secret = Secret.new()
    assert secret.public.sealing != secret.public.signing
    assert secret.seed not in (secret.public.sealing, secret.public.signing)
    assert secret.seed.hex() not in repr(secret)
    with pytest.raises(ValueError, match="32"):
        Secret(b"short")


@settings(max_examples=30)
@given(WHERE, WHERE, st.binary(max_size=300))
def test_a_record_opens_in_its_own_place_under_its_own_scope_only(
    where: envelope.Where, other: envelope.Where, body: bytes
) -> None:
    key, another = random(32), random(32)
    wrapped, sealed = envelope.seal(body, where, key)
    assert envelope.open(wrapped, sealed, where, key) == body
    assert envelope.open(wrapped, sealed, where, another) is None
    assert (envelope.open(wrapped, sealed, other, key) == body) == (where == other)
    twin, other_body = envelope.seal(b"another", where, key)
    assert envelope.open(twin, sealed, where, key) is None
    assert envelope.open(wrapped, other_body, where, key) is None
    again = envelope.rewrap(wrapped, where, key, another)
    assert again is not None
    assert envelope.open(again, sealed, where, another) == body
    assert envelope.open(again, sealed, where, key) is None
    assert envelope.rewrap(wrapped, where, another, key) is None


ADA, BEN, CHO, ROOT = (Secret.new() for _ in range(4))
PEOPLE = {"Ada": ADA.public, "Ben": BEN.public, "Cho": CHO.public}


def sealed_pairs(about: str = "identity/1") -> dict[tuple[str, str], pairs.Pair]:
    made = pairs.seal(about, b"k" * 32, [("Ben", "Ada"), ("Cho", "Ada"), ("Ada", "Ada")], PEOPLE)
    return {(pair.agreeing, pair.opening): pair for pair in made}


def test_it_takes_the_two_it_was_sealed_for_and_nobody_makes_a_pair_with_themselves() -> None:
    made = sealed_pairs()
    assert set(made) == {("Ben", "Ada"), ("Cho", "Ada")}
    half = pairs.agree(made["Ben", "Ada"], BEN)
    assert half is not None
    assert pairs.open(half.sealed, "identity/1", "Ada", ADA) == b"k" * 32
    assert pairs.open(half.sealed, "identity/1", "Ben", BEN) is None
    assert pairs.open(half.sealed, "identity/1", "Cho", CHO) is None
    assert pairs.open(made["Ben", "Ada"].sealed, "identity/1", "Ada", ADA) is None


@pytest.mark.parametrize("change", [{"about": "identity/2"}, {"agreeing": "Cho"}, {"about": "desk-key/1"}])
def test_a_pair_with_another_label_cannot_be_agreed_to(change: dict[str, str]) -> None:
    relabelled = msgspec.structs.replace(sealed_pairs()["Ben", "Ada"], **change)
    assert pairs.agree(relabelled, BEN) is None
    assert pairs.agree(relabelled, CHO) is None


def test_a_half_does_not_open_for_another_act_or_person() -> None:
    relabelled = msgspec.structs.replace(sealed_pairs()["Ben", "Ada"], opening="Cho")
    half = pairs.agree(relabelled, BEN)
    assert half is not None
    assert pairs.open(half.sealed, "identity/1", "Cho", CHO) is None
    assert pairs.open(half.sealed, "identity/2", "Ada", ADA) is None


def test_what_is_sealed_to_the_root_is_no_half_and_no_pair() -> None:
    spare = pairs.seal_to_root("identity/1", b"k" * 32, ROOT.public)
    assert pairs.open_as_root(spare.sealed, "identity/1", ROOT) == b"k" * 32
    assert pairs.open_as_root(spare.sealed, "identity/2", ROOT) is None
    assert pairs.open_as_root(spare.sealed, "identity/1", ADA) is None
    assert pairs.agree(spare, ROOT) is None
    assert pairs.open(spare.sealed, "identity/1", spare.opening, ROOT) is None


@settings(max_examples=30)
@given(SEEDS, st.binary(min_size=1, max_size=64), st.text(max_size=20))
def test_a_passkey_opens_what_its_own_output_wrapped(output: bytes, credential: bytes, site: str) -> None:
    secret, root = Secret.new(), ROOT.public
    way = passkey.wrap("Ada", output, secret, root, credential=credential, site=site, salt=bytes(32))
    opened = passkey.unwrap("Ada", output, way, root)
    assert opened is not None
    assert opened.public == secret.public
    assert passkey.unwrap("Ben", output, way, root) is None
    assert passkey.unwrap("Ada", output, way, ADA.public) is None
    assert passkey.unwrap("Ada", bytes(32) if output != bytes(32) else b"1" * 32, way, root) is None
    moved = msgspec.structs.replace(way, credential=credential + b"x")
    assert passkey.unwrap("Ada", output, moved, root) is None


@pytest.mark.parametrize("output", [b"", b"x" * 31, b"x" * 64])
def test_a_passkey_that_yields_no_key_is_no_way_in(output: bytes) -> None:
    with pytest.raises(vault.PasskeyCannotEncrypt, match="use another"):
        passkey.wrap("Ada", output, ADA, ROOT.public, credential=b"c", site="s", salt=bytes(32))


@given(data=st.binary(max_size=5_000), bound=st.binary(max_size=80), key=SEEDS, other=SEEDS, at=st.integers(0, 10_000))
def test_what_libsodium_seals_pynacl_opens_and_the_other_way_round(
    data: bytes, bound: bytes, key: bytes, other: bytes, at: int
) -> None:
    assert Aead(key).decrypt(aead.seal(data, bound, key), bound) == data
    sealed = bytes(Aead(key).encrypt(data, bound))
    assert aead.open(sealed, bound, key) == data
    flipped = bytearray(sealed)
    flipped[at % len(sealed)] ^= 1
    assert aead.open(bytes(flipped), bound, key) is None
    assert aead.open(sealed, bound + b"x", key) is None
    assert aead.open(sealed[: at % len(sealed)], bound, key) is None
    assert aead.open(sealed, bound, key[:-1]) is None
    assert key == other or aead.open(sealed, bound, other) is None
    with pytest.raises(ValueError, match="32 bytes"):
        aead.seal(data, bound, key[:-1])
