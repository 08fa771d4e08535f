"""The keyring's format: fixed, checked byte by byte, and bound to person, compartment and version."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank import vault
from farbank.vault import keyring
from farbank.vault.passphrase import Cost, unwrap, wrap

CHEAP = Cost(passes=1, memory=8192)
KEYS: dict[vault.Compartment, bytes] = {"content": bytes(range(32)), "identities": bytes(range(32, 64))}


def ring() -> keyring.Keyring:
    return keyring.Keyring((keyring.Entry("A", (wrap("A", "long enough", KEYS, CHEAP),)),))


def rewritten(folder: Path, change: Callable[[dict], None]) -> None:
    """Change the keyring as somebody would who knows the format, checksum and all."""
    plain = json.loads((folder / keyring.FILE).read_bytes())
    del plain["checksum"]
    change(plain)
    (folder / keyring.FILE).write_bytes(keyring._canonical(plain))


def test_version_1_looks_like_this() -> None:
    plain = json.loads(keyring.encode(ring()))
    assert set(plain) == {"version", "people", "checksum"}
    (person,) = plain["people"]
    (way,) = person["ways"]
    assert set(person) == {"name", "ways"}
    assert set(way) == {"kind", "salt", "cost", "wrapped"}
    assert (plain["version"], way["kind"], set(way["wrapped"])) == (1, "passphrase", {"content", "identities"})


def test_a_keyring_written_by_the_first_release_still_opens() -> None:
    """Known answer: these bytes were written once and must open for ever."""
    data = Path(__file__).with_name("keyring-v1.json").read_bytes()
    read = keyring.decode(data, Path("k"))
    assert keyring.encode(read) == data
    entry = read.person("Ines Okafor")
    assert entry is not None
    assert unwrap(entry.name, "seven grey herons wade", entry.ways[0]) == KEYS


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=8, max_size=40), st.text(min_size=1, max_size=20).filter(lambda name: name.strip() == name))
def test_what_is_wrapped_unwraps_and_nothing_else_does(passphrase: str, person: str) -> None:
    way = wrap(person, passphrase, KEYS, CHEAP)
    assert unwrap(person, passphrase, way) == KEYS
    assert unwrap(person, passphrase + "x", way) == {}
    assert unwrap(person + "x", passphrase, way) == {}


def test_any_flipped_bit_is_noticed() -> None:
    data = keyring.encode(ring())
    for position in range(len(data)):
        for bit in (0, 3, 7):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            with pytest.raises(vault.VaultDamaged):
                keyring.decode(bytes(flipped), Path("keyring.json"))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'{"checksum":"","version":1}', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_keyring_at_all(data: bytes) -> None:
    with pytest.raises(vault.VaultDamaged):
        keyring.decode(data, Path("keyring.json"))


def test_a_flipped_byte_on_disk_is_a_clear_error(desk: Path, lead: str, words: dict[str, str]) -> None:
    data = bytearray((desk / keyring.FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (desk / keyring.FILE).write_bytes(data)
    with pytest.raises(vault.VaultDamaged, match=r"keyring\.json: .*restore from a backup"):
        vault.open(desk, lead, words[lead])
    assert (desk / keyring.FILE).read_bytes() == data


def test_a_missing_keyring_beside_the_files_is_damage(desk: Path, lead: str, words: dict[str, str]) -> None:
    (desk / keyring.FILE).unlink()
    with pytest.raises(vault.VaultDamaged, match="missing"):
        vault.open(desk, lead, words[lead])


def test_a_later_version_and_a_later_way_in_say_so(desk: Path, lead: str, words: dict[str, str]) -> None:
    rewritten(desk, lambda plain: plain["people"][0]["ways"][0].update(kind="passkey-prf"))
    with pytest.raises(vault.MadeByNewerFarbank):
        vault.open(desk, lead, words[lead])
    rewritten(desk, lambda plain: plain.update(version=2))
    with pytest.raises(vault.MadeByNewerFarbank):
        vault.open(desk, lead, words[lead])


def test_a_cost_that_would_never_end_is_refused(desk: Path, lead: str, words: dict[str, str]) -> None:
    rewritten(desk, lambda plain: plain["people"][0]["ways"][0]["cost"].update(memory=1 << 50))
    with pytest.raises(vault.VaultDamaged, match="cost"):
        vault.open(desk, lead, words[lead])


def test_a_key_moved_to_another_compartment_or_person_does_not_open(
    desk: Path, lead: str, officer: str, words: dict[str, str]
) -> None:
    def give_lead_the_officers_key(plain: dict) -> None:
        ways = {person["name"]: person["ways"][0] for person in plain["people"]}
        ways[lead]["wrapped"]["content"] = ways[officer]["wrapped"]["identities"]

    untouched = (desk / keyring.FILE).read_bytes()
    rewritten(desk, give_lead_the_officers_key)
    with pytest.raises(vault.VaultDamaged, match="altered"):
        vault.open(desk, lead, words[lead])

    def swap(plain: dict) -> None:
        wrapped = next(person for person in plain["people"] if person["name"] == lead)["ways"][0]["wrapped"]
        wrapped["ledger"], wrapped["identities"] = wrapped["identities"], wrapped["ledger"]

    (desk / keyring.FILE).write_bytes(untouched)
    rewritten(desk, swap)
    with pytest.raises(vault.VaultDamaged, match="altered"):
        vault.open(desk, lead, words[lead])


def test_partners_are_not_in_it(desk: Path) -> None:
    plain = json.loads((desk / keyring.FILE).read_bytes())
    assert [person["name"] for person in plain["people"]] == ["Ines Okafor", "Tomas Lindqvist", "박서윤"]
