"""The desk's keys under its root: rotated, revoked, and what a reader accepts of an edition's key."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from farbank import vault
from farbank.desk import vouch
from farbank.model import codec
from farbank.model.desk_keys import DeskKeys, SignedKey, signed_bytes
from farbank.publish import desk_keys
from farbank.publish.errors import KeyNotCertified
from farbank.vault import desk_list, keyring, rotation, sign_off

Enter = Callable[[str], vault.Vault]
MAY, JUNE = date(2031, 5, 1), date(2031, 6, 1)


def published(desk: Path) -> bytes:
    ring = keyring.read(desk)
    return desk_keys.encode(desk_list.published(ring.roster, ring.desk_keys))


def two_sign(enter: Enter, lead: str, editor: str) -> SigningKey:
    with enter(lead) as one, enter(editor) as two:
        act = sign_off.propose(one, "release", "e1", "ready")
        sign_off.agree(two, act)
        return sign_off.signing_key(two, act)


def test_after_a_rotation_two_people_sign_with_the_new_key(
    enter: Enter, desk: Path, founded: vault.Founded, lead: str, editor: str
) -> None:
    old = two_sign(enter, lead, editor)
    with enter(lead) as one, enter(editor) as two:
        under_way = sign_off.propose(one, "release", "e0", "ready")
        one.ledger_append(vault.LedgerEntry(kind="intent", edition="e1"), old)
        new = rotation.rotate(one, founded.root, since=MAY)
        one.ledger_append(vault.LedgerEntry(kind="confirmation", edition="e1"))
    with enter(editor) as two:
        sign_off.agree(two, under_way)
        with pytest.raises(vault.NotAllowed, match="proposed anew"):
            sign_off.signing_key(two, under_way)
    assert bytes(two_sign(enter, lead, editor).verify_key) == new.signing != founded.key
    with enter(lead) as one:
        with pytest.raises(vault.IntentNotSigned):
            one.ledger_append(vault.LedgerEntry(kind="intent", edition="e2"), old)
        assert [entry.edition for entry in one.released()] == ["e1"], "what the old key signed before still counts"
        with one.file("audit") as file:
            abouts = {*file.exec_driver_sql("SELECT about FROM pair").scalars()}
    assert abouts == {f"desk-key/{new.signing.hex()}"}


def test_a_reader_accepts_each_key_for_its_days_and_nothing_from_a_revoked_one(
    enter: Enter, desk: Path, founded: vault.Founded, lead: str, since: date
) -> None:
    with enter(lead) as opened:
        second = rotation.rotate(opened, founded.root, since=MAY)
        third = rotation.revoke(opened, founded.root, second.signing, on=JUNE)
    listed = desk_keys.read(published(desk), founded.root.public.signing.hex().upper())
    first, second_key, third_key = founded.key.hex(), second.signing.hex(), third.signing.hex()
    for key, day in (
        (first, since),
        (first, MAY),
        (second_key, MAY),
        (second_key, JUNE - timedelta(1)),
        (third_key, JUNE),
    ):
        desk_keys.assert_certified(listed, key, day, day)
    desk_keys.assert_certified(listed, first, MAY, MAY + timedelta(20))
    for key, first_day, last_day, why in (
        (first, since - timedelta(9), since - timedelta(1), "not when"),
        (first, MAY + timedelta(1), JUNE, "not when"),
        (second_key, JUNE, JUNE, "revoked"),
        (second_key, MAY, JUNE, "revoked"),
        (third_key, MAY, MAY, "not when"),
        ("00" * 32, MAY, MAY, "never certified"),
    ):
        with pytest.raises(KeyNotCertified, match=why):
            desk_keys.assert_certified(listed, key, first_day, last_day)
    with enter(lead) as opened, pytest.raises(vault.NoSuchDeskKey):
        rotation.revoke(opened, founded.root, bytes(32), on=JUNE)


def test_a_key_once_revoked_is_not_revoked_later(enter: Enter, founded: vault.Founded, lead: str) -> None:
    with enter(lead) as opened:
        rotation.revoke(opened, founded.root, founded.key, on=MAY)
        rotation.revoke(opened, founded.root, founded.key, on=JUNE)
        assert opened.roster.desk_keys[0].revoked == MAY
        assert len(opened.roster.desk_keys) == 2


def test_the_list_names_nobody_and_does_not_change_when_somebody_joins(
    enter: Enter, desk: Path, founded: vault.Founded, lead: str, cheap: vault.Cost
) -> None:
    before = published(desk)
    with enter(lead) as opened:
        vault.people.join(opened, vault.Member("Ben", "long enough", ("editor",)), founded.root, cost=cheap)
        opened_roster = opened.roster
    ring = keyring.read(desk)
    read = desk_keys.read(published(desk), founded.root.public.signing.hex())
    assert codec.to_json(read.keys) == codec.to_json(desk_keys.read(before, read.root).keys)
    assert published(desk) == before
    assert not [each.name for each in opened_roster if each.name.encode() in before]
    assert ring.roster.sequence == 2


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_a_changed_list_is_refused(position: int, bit: int) -> None:
    root = vault.Secret.new()
    keys = (SignedKey(key="ab" * 32, since=MAY), SignedKey(key="cd" * 32, since=JUNE, revoked=JUNE))
    unsigned = DeskKeys(root=root.public.signing.hex(), keys=keys)
    whole = desk_keys.encode(msgspec.structs.replace(unsigned, signature=root.sign(signed_bytes(unsigned)).hex()))
    assert desk_keys.read(whole, unsigned.root).changes == 3
    changed = bytearray(whole)
    changed[position % (len(whole) - 1)] ^= 1 << bit
    try:
        read = desk_keys.read(bytes(changed), unsigned.root)
    except KeyNotCertified:
        return
    assert codec.to_json(read).lower() == codec.to_json(desk_keys.read(whole, unsigned.root)).lower()


def test_a_list_by_anybody_else_is_refused(
    desk: Path, founded: vault.Founded, enter: Enter, lead: str, editor: str
) -> None:
    """A stolen desk key, or a colleague's, signs a list of its own: the root the reader knows is another."""
    root = founded.root.public.signing.hex()
    listed = desk_keys.read(published(desk), root)
    with enter(editor) as opened:
        colleague = opened.secret
    for thief in (vault.Secret(bytes(two_sign(enter, lead, editor))), colleague):
        forged = msgspec.structs.replace(listed, keys=(SignedKey(key="ab" * 32, since=MAY),))
        forged = msgspec.structs.replace(forged, signature=thief.sign(signed_bytes(forged)).hex())
        with pytest.raises(KeyNotCertified, match="not as the desk's root signed"):
            desk_keys.read(desk_keys.encode(forged), root)
        own = msgspec.structs.replace(forged, root=thief.public.signing.hex())
        own = msgspec.structs.replace(own, signature=thief.sign(signed_bytes(own)).hex())
        with pytest.raises(KeyNotCertified, match="another root"):
            desk_keys.read(desk_keys.encode(own), root)


def test_an_edition_is_held_to_the_newest_list_the_reader_has(
    enter: Enter, desk: Path, founded: vault.Founded, lead: str, tmp_path: Path
) -> None:
    """A thief with the signing key ships the old list; whoever fetched the new one refuses."""
    edition, root, key = tmp_path / "edition", founded.root.public.signing.hex(), founded.key.hex()
    edition.mkdir()
    with pytest.raises(KeyNotCertified, match=r"no .*desk\.json"):
        vouch.assert_vouched(edition, key, root=root, first=JUNE, last=JUNE)
    (edition / "desk.json").write_bytes(published(desk))
    with enter(lead) as opened:
        rotation.revoke(opened, founded.root, founded.key, on=MAY)
    newest = tmp_path / "newest.json"
    newest.write_bytes(published(desk))
    old = vouch.assert_vouched(edition, key, root=root, first=JUNE, last=JUNE)
    with pytest.raises(KeyNotCertified, match="revoked"):
        vouch.assert_vouched(edition, key, root=root, first=JUNE, last=JUNE, listed=newest)
    assert old.changes < desk_keys.read(newest.read_bytes(), root).changes


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_the_month_an_edition_was_signed_in_holds_the_day(on: date) -> None:
    lasts = timedelta(days=400)
    last = on + lasts
    expires = last.replace(day=monthrange(last.year, last.month)[1])
    first, until = desk_keys.signed_between(expires, lasts)
    assert first <= on <= until
    assert (until - first).days <= 30
