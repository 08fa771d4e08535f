"""The keyring's format: fixed, checked byte by byte, and bound to person, compartment and version."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank import vault
from farbank.model import codec
from farbank.vault import keyring, older, roster, rotation
from farbank.vault.keypair import Secret
from farbank.vault.passphrase import Cost, unwrap, wrap

CHEAP = Cost(passes=1, memory=8192)
FIRST = Path(__file__).with_name("keyring-v1.json")


def rewritten(folder: Path, change: Callable[[dict], None]) -> None:
    """Change the keyring as somebody would who knows the format, checksum and all."""
    plain = json.loads((folder / keyring.FILE).read_bytes())
    del plain["checksum"]
    change(plain)
    (folder / keyring.FILE).write_bytes(keyring.canonical(plain))


def entry(plain: dict, name: str) -> dict:
    return next(person for person in plain["people"] if person["name"] == name)


def test_version_2_looks_like_this(desk: Path, lead: str) -> None:
    plain = json.loads((desk / keyring.FILE).read_bytes())
    assert set(plain) == {"version", "roster", "signature", "desk_keys", "people", "recovery", "checksum"}
    assert set(plain["roster"]) == {"root", "sequence", "colleagues", "desk_keys", "reading"}
    person = entry(plain, lead)
    (way,) = person["ways"]
    assert set(person) == {"name", "ways", "held"}
    assert set(way) == {"kind", "salt", "cost", "wrapped"}
    assert {name: len(keys) for name, keys in person["held"].items()} == dict.fromkeys(
        ("content", "identities", "ledger", "audit"), 1
    )
    assert (plain["version"], way["kind"], plain["recovery"]) == (2, "passphrase", {})


def test_a_keyring_written_by_the_first_release_still_opens() -> None:
    """Known answer: these bytes were written once and must open for ever."""
    keys = older.keys(FIRST.read_bytes(), FIRST, "Ines Okafor", "seven grey herons wade")
    assert keys == {"content": bytes(range(32)), "identities": bytes(range(32, 64))}
    with pytest.raises(vault.MadeByOlderFarbank, match="desk renew"):
        keyring.decode(FIRST.read_bytes(), FIRST)


@settings(max_examples=40)
@given(st.text(min_size=8, max_size=40), st.text(min_size=1, max_size=20).filter(lambda name: name.strip() == name))
def test_what_is_wrapped_unwraps_and_nothing_else_does(passphrase: str, person: str) -> None:
    secret, root = Secret.new(), Secret.new().public
    way = wrap(person, passphrase, secret, CHEAP, root)
    unwrapped = unwrap(person, passphrase, way, root)
    assert unwrapped is not None
    assert unwrapped.public == secret.public
    assert unwrap(person, passphrase + "x", way, root) is None
    assert unwrap(person + "x", passphrase, way, root) is None
    assert unwrap(person, passphrase, way, Secret.new().public) is None


def test_any_flipped_bit_is_noticed(desk: Path) -> None:
    data = (desk / keyring.FILE).read_bytes()
    for position in range(0, len(data), 7):
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
    rewritten(desk, lambda plain: plain["people"][0]["ways"][0].update(kind="retina"))
    with pytest.raises(vault.MadeByNewerFarbank):
        vault.open(desk, lead, words[lead])
    rewritten(desk, lambda plain: plain.update(version=3))
    with pytest.raises(vault.MadeByNewerFarbank):
        vault.open(desk, lead, words[lead])


def test_a_cost_that_would_never_end_is_refused(desk: Path, lead: str, words: dict[str, str]) -> None:
    rewritten(desk, lambda plain: plain["people"][0]["ways"][0]["cost"].update(memory=1 << 50))
    with pytest.raises(vault.VaultDamaged, match="cost"):
        vault.open(desk, lead, words[lead])


def test_a_key_moved_to_another_compartment_or_person_does_not_open(
    desk: Path, lead: str, editor: str, words: dict[str, str]
) -> None:
    def from_the_editor(plain: dict) -> None:
        entry(plain, lead)["held"]["content"] = entry(plain, editor)["held"]["content"]

    def swapped(plain: dict) -> None:
        held = entry(plain, lead)["held"]
        held["ledger"], held["identities"] = held["identities"], held["ledger"]

    untouched = (desk / keyring.FILE).read_bytes()
    for change in (from_the_editor, swapped):
        (desk / keyring.FILE).write_bytes(untouched)
        rewritten(desk, change)
        with pytest.raises(vault.VaultDamaged, match="altered"):
            vault.open(desk, lead, words[lead])


def test_a_file_of_somebody_elses_is_not_opened_in_place_of_the_desks(
    desk: Path, lead: str, words: dict[str, str]
) -> None:
    """Anybody can seal a key to anybody; without the root's signature, what is written would go to them."""
    mole, key = Secret.new(), bytes(range(32))
    known = keyring.read(desk).roster.colleague(lead)
    assert known is not None
    theirs = keyring.sealed_key(key, "content", lead, known.public, mole)
    rewritten(desk, lambda plain: entry(plain, lead)["held"].update(content=[base64.b64encode(theirs).decode()]))
    with pytest.raises(vault.VaultDamaged, match="altered"):
        vault.open(desk, lead, words[lead])


def test_a_public_key_swapped_in_the_roster_is_found(desk: Path, lead: str, editor: str, words: dict[str, str]) -> None:
    mole = json.loads(codec.to_json(Secret.new().public))
    rewritten(
        desk,
        lambda plain: next(each for each in plain["roster"]["colleagues"] if each["name"] == editor).update(
            public=mole
        ),
    )
    with pytest.raises(vault.VaultDamaged, match="root did not sign"):
        vault.open(desk, lead, words[lead])


@pytest.mark.parametrize("marked", [False, True])
def test_a_roster_signed_by_another_root_opens_to_nobody(
    desk: Path, lead: str, editor: str, words: dict[str, str], marked: bool
) -> None:
    """Even a colleague who marks the files they hold with their own root cannot pass it off on another."""
    mole = Secret.new()
    ring = keyring.read(desk)
    forged = msgspec.structs.replace(ring.roster, root=mole.public)
    if marked:
        with vault.open(desk, editor, words[editor]) as opened:
            for compartment in opened.compartments:
                with opened.file(compartment) as file:
                    root = (mole.public.signing + mole.public.sealing).hex()
                    file.exec_driver_sql(f"UPDATE meta SET value = '{root}' WHERE key = 'root'")
    keyring.write(desk, msgspec.structs.replace(ring, roster=forged, signature=roster.sign(forged, mole)))
    for name in (lead, editor):
        with pytest.raises(vault.WrongPassphrase):
            vault.open(desk, name, words[name])


def test_an_older_keyring_put_back_is_found(
    desk: Path, founded: vault.Founded, enter: Callable[[str], vault.Vault], lead: str, since: date
) -> None:
    before = (desk / keyring.FILE).read_bytes()
    with enter(lead) as opened:
        rotation.rotate(opened, founded.root, since=since)
    (desk / keyring.FILE).write_bytes(before)
    with pytest.raises(vault.VaultDamaged, match="older than the one"):
        enter(lead)


def test_somebody_the_root_does_not_know_is_found(desk: Path, lead: str, words: dict[str, str]) -> None:
    rewritten(desk, lambda plain: plain["people"].append({**entry(plain, lead), "name": "Mole"}))
    with pytest.raises(vault.VaultDamaged, match="does not know"):
        vault.open(desk, lead, words[lead])


def test_partners_are_not_in_it(desk: Path) -> None:
    plain = json.loads((desk / keyring.FILE).read_bytes())
    assert [person["name"] for person in plain["people"]] == ["Ines Okafor", "Tomas Lindqvist", "박서윤"]
