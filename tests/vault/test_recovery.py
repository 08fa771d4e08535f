"""A recoverable desk opened again from its shares on paper, words or QR; any other desk by nobody but its people."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from farbank import vault
from farbank.model.case import Case
from farbank.vault import audit, case_store, hand_on, identities, keyring, people, recovery, sign_off, words

ADA, BEN, CHO = "Ada Weir", "Ben Achterberg", "Cho Mi"
PASS = {ADA: "ada long enough", BEN: "ben long enough", CHO: "cho long enough"}
NEW = "a new one, long enough"


@pytest.fixture
def three() -> list[vault.Member]:
    roles: dict[str, tuple[vault.Role, ...]] = {ADA: ("safety-officer",), BEN: ("editor",), CHO: ("handler",)}
    return [vault.Member(name, PASS[name], roles[name]) for name in roles]


@pytest.fixture
def recoverable(
    tmp_path: Path, three: list[vault.Member], case: Case, since: date, cheap: vault.Cost
) -> tuple[Path, tuple[str, ...]]:
    """A desk with a case on it, founded to be recoverable, and three shares of its root, two of which are needed."""
    folder = tmp_path / "desk"
    founded = vault.create(folder, three, since=since, recoverable=True, cost=cheap)
    with vault.open(folder, ADA, PASS[ADA]) as opened:
        case_store.save(opened, case)
        opened.open_scope("content", "partner/wren", [CHO])
        opened.put("content", "report", "r", b"said", scope="partner/wren")
    return folder, words.split(founded.root, 2, 3)


def opened_by_two(folder: Path, officer: tuple[str, str], other: tuple[str, str], name: str) -> list[str]:
    """Whose profiles a safety officer opens once somebody else agreed."""
    with vault.open(folder, *officer) as one, vault.open(folder, *other) as two:
        sealed = case_store.people(one, name)
        act = sign_off.propose(one, "open-identity", name, "x", keys=tuple(each.about for each in sealed))
        sign_off.agree(two, act)
        return [identities.open(one, each, act).identity.id for each in sealed]


def from_qr(share: str) -> str:
    """What a camera reads of a share as it is printed, looking from near and far, upright and turned, till it reads."""
    drawn = words.qr(share)
    for scale in (1, 1.5, 2, 3):
        pixels = np.array(Image.open(io.BytesIO(vl_convert.svg_to_png(drawn, scale=scale))).convert("L"))
        for look in (pixels, np.ascontiguousarray(np.rot90(pixels))):
            for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
                read, _, _ = detector.detectAndDecode(look)
                if read:
                    return str(read)
    return ""


@pytest.mark.parametrize("on_paper", [str, from_qr])
def test_everybody_lost_their_passphrase_and_the_desk_is_whole_again(
    recoverable: tuple[Path, tuple[str, ...]], case: Case, cheap: vault.Cost, on_paper: Callable[[str], str]
) -> None:
    folder, shares = recoverable
    paper = [on_paper(share) for share in (shares[2], shares[0])]
    for name in (ADA, BEN, CHO):
        recovery.recover(folder, paper, vault.Member(name, f"{NEW} {name}", ("editor",)), cost=cheap)
        with pytest.raises(vault.WrongPassphrase):
            vault.open(folder, name, PASS[name])
    again = {name: (name, f"{NEW} {name}") for name in (ADA, BEN, CHO)}
    with vault.open(folder, *again[ADA]) as opened:
        assert opened.me.roles == ("safety-officer",), "whoever is of the desk keeps their roles"
        assert opened.all("content", "report") == {"r": b"said"}
        assert case_store.content(opened, case.name).stories == case.stories
        opened.check()
        with opened.file("audit") as file:
            assert audit.verify(file, opened.roster).lines == len(list(opened.audited()))
    with vault.open(folder, *again[CHO]) as opened:
        assert opened.all("content", "report") == {"r": b"said"}
        assert opened.ids("content", "case") == ()
    assert opened_by_two(folder, again[ADA], again[BEN], case.name) == ["wren", "stoat"]
    with vault.open(folder, *again[BEN]) as one, vault.open(folder, *again[ADA]) as two:
        act = sign_off.propose(one, "release", "e1", "ready")
        sign_off.agree(two, act)
        assert bytes(sign_off.signing_key(two, act).verify_key) == two.roster.desk_key.signing


def test_somebody_new_takes_over_a_desk_nobody_is_left_of(
    recoverable: tuple[Path, tuple[str, ...]], case: Case, cheap: vault.Cost
) -> None:
    folder, shares = recoverable
    for name, roles in (("Dee", ("safety-officer",)), ("Eli", ("editor",))):
        recovery.recover(folder, shares[:2], vault.Member(name, NEW, roles), cost=cheap)  # type: ignore[arg-type]
    assert opened_by_two(folder, ("Dee", NEW), ("Eli", NEW), case.name) == ["wren", "stoat"]
    with vault.open(folder, "Dee", NEW) as opened:
        assert [event.who.strip() for _, event in opened.audited() if event.what == "joined"] == ["root", "root"]
        for name in (ADA, BEN, CHO):
            people.leave(opened, name, words.join(shares[1:]), on=date(2031, 9, 1))
    with vault.open(folder, "Eli", NEW) as opened:
        assert opened.all("content", "report") == {"r": b"said"}
        opened.check()
    assert opened_by_two(folder, ("Dee", NEW), ("Eli", NEW), case.name) == ["wren", "stoat"]
    with recovery.open(folder, words.join(shares[:2])) as opened:
        assert opened.all("content", "report") == {"r": b"said"}, "new keys are sealed to the root too"


def test_what_was_signed_with_lost_keys_still_counts(
    recoverable: tuple[Path, tuple[str, ...]], cheap: vault.Cost
) -> None:
    folder, shares = recoverable
    with vault.open(folder, BEN, PASS[BEN]) as opened:
        act = sign_off.propose(opened, "lift-embargo", "a movement", "it is over")
        opened.ledger_append(vault.LedgerEntry(kind="elsewhere", edition="a talk"))
        lost = opened.secret
    recovery.recover(folder, shares[:2], vault.Member(BEN, NEW, ("editor",)), cost=cheap)
    with vault.open(folder, BEN, NEW) as opened:
        assert sign_off.look(opened, act).by == BEN
        assert [entry.edition for entry in opened.ledger_entries()] == ["a talk"]
        with opened.file("audit") as file, pytest.raises(vault.ActNotOpen):
            vault.acts.record(file, "ff", "proposed", BEN, b"{}", lost)


def test_the_root_does_nobodys_work(recoverable: tuple[Path, tuple[str, ...]]) -> None:
    folder, shares = recoverable
    with recovery.open(folder, words.join(shares[:2])) as opened, pytest.raises(vault.NotAllowed, match="root"):
        sign_off.propose(opened, "release", "e1", "ready")


def test_fewer_shares_and_another_desks_shares_open_nothing(
    recoverable: tuple[Path, tuple[str, ...]], cheap: vault.Cost
) -> None:
    folder, shares = recoverable
    somebody = vault.Member("Mole", NEW, ("safety-officer",))
    with pytest.raises(vault.SharesDoNotFit):
        recovery.recover(folder, shares[:1], somebody, cost=cheap)
    with pytest.raises(vault.SharesDoNotFit):
        recovery.recover(folder, [shares[0], shares[1].replace(shares[1].split()[7], "academic")], somebody, cost=cheap)
    with pytest.raises(vault.NotTheRoot):
        recovery.recover(folder, words.split(vault.Secret.new(), 2, 3)[:2], somebody, cost=cheap)
    with pytest.raises(vault.UnknownMember):
        vault.open(folder, "Mole", NEW)


def test_a_desk_that_is_not_recoverable_says_so(desk: Path, founded: vault.Founded, cheap: vault.Cost) -> None:
    shares = words.split(founded.root, 2, 3)
    with pytest.raises(vault.NotRecoverable, match="only its people can"):
        recovery.recover(desk, shares[:2], vault.Member("Dee", NEW, ("safety-officer",)), cost=cheap)
    ring = keyring.read(desk)
    assert ring.recovery == {}
    assert founded.root.seed.hex() not in (desk / keyring.FILE).read_text()


def test_calling_a_desk_recoverable_afterwards_gives_the_root_nothing(desk: Path, founded: vault.Founded) -> None:
    ring = keyring.read(desk)
    changed = msgspec.structs.replace(ring.roster, recoverable=True)
    keyring.write(desk, ring.under(changed, founded.root))
    with recovery.open(desk, founded.root) as opened:
        assert opened.compartments == ()


def test_a_lost_passphrase_on_a_desk_whose_root_opens_nothing(
    desk: Path, founded: vault.Founded, enter: Callable[[str], vault.Vault], lead: str, editor: str, case: Case
) -> None:
    """Somebody who holds the keys and the root gives the colleague new ones; profiles are handed on by two."""
    cheap = vault.Cost(passes=1, memory=8192)
    with enter(lead) as opened:
        people.join(opened, vault.Member(BEN, PASS[BEN], ("publisher",)), founded.root, cost=cheap)
        case_store.save(opened, case)
        people.give_passphrase(opened, editor, NEW, founded.root, cost=cheap)
        keys = [each.about for each in case_store.people(opened, case.name)]
        act = sign_off.propose(opened, "open-identity", case.name, "x", keys=tuple(keys))
        with vault.open(desk, editor, NEW) as other, pytest.raises(vault.NotAllowed, match="never sealed for them"):
            sign_off.agree(other, act)
        act = hand_on.propose(opened, editor, BEN, "her passphrase was lost", {})
        with vault.open(desk, BEN, PASS[BEN]) as other:
            sign_off.agree(other, act)
        assert hand_on.carry_out(opened, act, {}) == 2
    with enter(lead) as one, vault.open(desk, editor, NEW) as two:
        act = sign_off.propose(one, "open-identity", case.name, "x", keys=tuple(keys))
        sign_off.agree(two, act)
        assert identities.open(one, case_store.people(one, case.name)[0], act).identity.id == "wren"


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.integers(2, 6), st.data())
def test_any_k_of_n_shares_make_the_secret_and_fewer_never(seed: bytes, needed: int, data: st.DataObject) -> None:
    total = data.draw(st.integers(needed, 8))
    shares = words.split(vault.Secret(seed), needed, total)
    order = data.draw(st.permutations(range(total)))
    chosen = [shares[at] for at in order]
    assert words.join(chosen[:needed]).seed == seed
    with pytest.raises(vault.SharesDoNotFit):
        words.join(chosen[: needed - 1])
    with pytest.raises(vault.SharesDoNotFit):
        words.join([chosen[0], *chosen[: needed - 1]])


def test_the_printed_code_is_the_words() -> None:
    for share in words.split(vault.Secret.new(), 2, 3):
        assert len(share.split()) == 33
        assert from_qr(share).lower() == share
