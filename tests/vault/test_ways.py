"""A person's own ways in, changed without anybody's help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from farbank import vault
from farbank.vault import keyring, passkey, ways
from farbank.vault.passkey import Passkey

Enter = Callable[[str], vault.Vault]
OUTPUT = bytes(range(32))


def wrapped(opened: vault.Vault, output: bytes = OUTPUT, credential: bytes = b"a key") -> Passkey:
    return passkey.wrap(
        opened.person,
        output,
        opened.secret,
        opened.roster.root,
        credential=credential,
        site="desk.test",
        salt=bytes(32),
    )


def test_a_new_passphrase_opens_and_the_old_one_does_not(
    enter: Enter, desk: Path, editor: str, words: dict[str, str], cheap: vault.Cost
) -> None:
    with enter(editor) as opened:
        opened.put("content", "note", "1", b"kept")
        ways.change_passphrase(opened, "another, long enough", cost=cheap)
        with pytest.raises(vault.PassphraseTooShort):
            ways.change_passphrase(opened, "short", cost=cheap)
    with pytest.raises(vault.WrongPassphrase):
        vault.open(desk, editor, words[editor])
    with vault.open(desk, editor, "another, long enough") as opened:
        assert opened.get("content", "note", "1") == b"kept"


def test_a_passkey_is_one_more_way_in_and_goes_again(enter: Enter, desk: Path, editor: str, cheap: vault.Cost) -> None:
    with enter(editor) as opened:
        secret = opened.secret.public
        ways.add(opened, wrapped(opened, b"o" * 32))
        ways.add(opened, wrapped(opened))
        ways.change_passphrase(opened, "another, long enough", cost=cheap)
    entry = keyring.read(desk).person(editor)
    assert entry is not None
    assert [type(way).__name__ for way in entry.ways] == ["Passphrase", "Passkey"]
    way = entry.ways[1]
    assert isinstance(way, Passkey)
    unwrapped = passkey.unwrap(editor, OUTPUT, way, keyring.read(desk).roster.root)
    assert unwrapped is not None
    assert unwrapped.public == secret
    with vault.open(desk, editor, "another, long enough") as opened:
        ways.remove(opened, b"a key")
        entry = keyring.read(desk).person(editor)
        assert entry is not None
        assert len(entry.ways) == 1


def test_the_last_way_in_stays(enter: Enter, desk: Path, editor: str) -> None:
    with enter(editor) as opened:
        ways.add(opened, wrapped(opened))
        ring = keyring.read(desk)
        entry = ring.person(editor)
        assert entry is not None
        only = keyring.Entry(name=entry.name, ways=entry.ways[1:], held=entry.held)
        keyring.write(desk, ring.with_entry(only))
        with pytest.raises(vault.LastWayIn):
            ways.remove(opened, b"a key")


def test_each_change_is_in_the_audit(enter: Enter, lead: str, cheap: vault.Cost) -> None:
    with enter(lead) as opened:
        ways.add(opened, wrapped(opened))
        ways.remove(opened, b"a key")
        ways.change_passphrase(opened, "another, long enough", cost=cheap)
        said = [event.what for _, event in opened.audited()]
    assert said[-3:] == ["added a passkey", "removed a passkey", "changed passphrase"]
