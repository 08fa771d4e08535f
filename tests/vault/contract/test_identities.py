"""Exact profiles: two people open one, whoever speaks with the source never, and newcomers once two agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import exc

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import acts, case_store, hand_on, identities, keyring, people, sign_off
from tests.vault.contract import on_files

Enter = Callable[[str], vault.Vault]
BEN, BENS = "Ben Achterberg", "a tern over low water"


@pytest.fixture
def filed(enter: Enter, lead: str, case: Case) -> tuple[identities.Sealed, ...]:
    """The sealed profiles of a filed case."""
    with enter(lead) as opened:
        case_store.save(opened, case)
        return case_store.people(opened, case.name)


def propose(opened: vault.Vault, sealed: tuple[identities.Sealed, ...]) -> str:
    keys = tuple(each.about for each in sealed)
    return sign_off.propose(opened, "open-identity", "mill-order", "to check a place", keys=keys)


def test_nobody_opens_a_profile_alone(
    enter: Enter, filed: tuple[identities.Sealed, ...], lead: str, editor: str, handler: str
) -> None:
    with enter(lead) as opened:
        act = propose(opened, filed)
        with pytest.raises(vault.NotAllowed, match="nobody has agreed"):
            identities.open(opened, filed[0], act)
        with pytest.raises(vault.NotAllowed, match="somebody other"):
            sign_off.agree(opened, act)
        assert "identity opened" in [event.what for _, event in opened.audited()], "even the attempt is in the audit"
    for name in (editor, handler):
        with enter(name) as opened, pytest.raises(vault.NotAllowed):
            propose(opened, filed)
    with enter(handler) as opened, pytest.raises(vault.NotAllowed):
        sign_off.agree(opened, act)


def test_what_was_agreed_to_opens_and_only_that(
    enter: Enter, filed: tuple[identities.Sealed, ...], lead: str, editor: str
) -> None:
    with enter(lead) as opened:
        act = propose(opened, filed[:1])
    with enter(editor) as other:
        sign_off.agree(other, act)
        with pytest.raises(vault.NotAllowed):
            identities.open(other, filed[0], act)
    with enter(lead) as opened:
        assert identities.open(opened, filed[0], act).identity.spellings == ("Orla Fenwick",)
        with pytest.raises(vault.NotAllowed):
            identities.open(opened, filed[1], act)
        sign_off.done(opened, act)
        with pytest.raises(vault.NotAllowed):
            identities.open(opened, filed[0], act)


@on_files.only
def test_halves_moved_to_another_profile_or_act_open_nothing(
    enter: Enter, filed: tuple[identities.Sealed, ...], lead: str, editor: str
) -> None:
    with enter(lead) as opened, enter(editor) as other:
        act = propose(opened, filed[:1])
        sign_off.agree(other, act)
        with opened.file("audit") as file:
            file.exec_driver_sql("UPDATE half SET about = ?", (filed[1].about,))
        with pytest.raises(vault.NotAllowed):
            identities.open(opened, filed[1], act)


def test_a_profile_put_in_anothers_place_is_found(
    enter: Enter, filed: tuple[identities.Sealed, ...], lead: str, editor: str
) -> None:
    with enter(lead) as opened, enter(editor) as other:
        act = propose(opened, filed)
        sign_off.agree(other, act)
        swapped = identities.Sealed(person="wren", about=filed[0].about, body=filed[1].body)
        with pytest.raises(vault.VaultDamaged, match="altered"):
            identities.open(opened, swapped, act)


def test_who_handles_a_source_is_in_no_pair_and_a_desk_without_two_others_files_no_profile(
    enter: Enter, lead: str, editor: str, case: Case
) -> None:
    with enter(lead) as opened:
        opened.open_scope("content", case_store.partner_scope("wren"), [editor])
        with pytest.raises(vault.NobodyToAgree):
            case_store.save(opened, case)
        assert case_store.names(opened) == ()


def test_whoever_begins_to_handle_a_source_is_barred(
    enter: Enter, filed: tuple[identities.Sealed, ...], lead: str, editor: str
) -> None:
    with enter(lead) as opened, enter(editor) as other:
        identities.bar(opened, filed[0].about, editor)
        act = propose(opened, filed[:1])
        with pytest.raises(vault.NotAllowed, match="never sealed for them"):
            sign_off.agree(other, act)


@on_files.only
def test_a_newcomer_opens_older_profiles_once_two_agree(
    enter: Enter,
    desk: Path,
    founded: vault.Founded,
    filed: tuple[identities.Sealed, ...],
    lead: str,
    editor: str,
    case: Case,
    cheap: vault.Cost,
) -> None:
    with enter(lead) as opened, enter(editor) as other:
        people.join(opened, vault.Member(BEN, BENS, ("safety-officer",)), founded.root, cost=cheap)
    with enter(lead) as opened, enter(editor) as other, vault.open(desk, BEN, BENS) as ben:
        act = propose(ben, filed)
        with pytest.raises(vault.NotAllowed, match="never sealed"):
            sign_off.agree(other, act)
        handlers = {filed[1].about: {BEN}}
        handing = hand_on.propose(opened, BEN, editor, "she leaves in May", handlers)
        with pytest.raises(vault.ActNotOpen):
            hand_on.carry_out(opened, handing, handlers)
        with pytest.raises(vault.NotAllowed, match="never sealed"):
            sign_off.agree(ben, handing)
        sign_off.agree(other, handing)
        with pytest.raises(vault.NotAllowed, match="propose it anew"):
            hand_on.carry_out(ben, handing, handlers)
        assert hand_on.carry_out(opened, handing, handlers) == 1
        with pytest.raises(vault.ActNotOpen):
            hand_on.carry_out(opened, handing, handlers)
        act = propose(ben, filed[:1])
        sign_off.agree(other, act)
        assert identities.open(ben, filed[0], act).identity == case.identities[0]
        act = propose(ben, filed[1:])
        with pytest.raises(vault.NotAllowed, match="never sealed"):
            sign_off.agree(other, act)
    with vault.open(desk, BEN, BENS) as ben, pytest.raises(vault.NobodyToAgree, match="profile"):
        people.leave(ben, lead, founded.root, on=date(2031, 5, 1))


@on_files.only
@pytest.mark.parametrize("step", ["proposed", "agreed", "done", "withdrawn"])
def test_steps_of_an_act_past_the_store_are_refused(enter: Enter, lead: str, editor: str, step: str) -> None:
    with enter(lead) as opened, enter(editor) as other, opened.file("audit") as file:
        act = sign_off.propose(opened, "lift-embargo", "a movement", "it is over")
        body = b"{}"
        for person, secret in ((editor, opened.secret), (lead, vault.Secret.new()), ("Nobody", opened.secret)):
            id = "ff" if step == "proposed" else act
            if (step, person) == ("agreed", lead):
                continue
            with pytest.raises((exc.IntegrityError, vault.ActNotOpen)):
                acts.record(file, id, step, person, body, secret)  # type: ignore[arg-type]
        for statement in ("UPDATE act SET person = 'x'", "DELETE FROM act"):
            with pytest.raises(exc.IntegrityError):
                file.exec_driver_sql(statement)
        sign_off.agree(other, act)
        assert sign_off.agreed(opened, act, "lift-embargo", "a movement").agreed == editor


@on_files.only
def test_an_agreement_by_somebody_without_the_role_counts_for_nothing(enter: Enter, lead: str, handler: str) -> None:
    """A handler writes their agreement past the store, truly signed: nothing is carried out on it."""
    with enter(lead) as opened, enter(handler) as other:
        act = sign_off.propose(opened, "lift-embargo", "a movement", "it is over")
        with other.file("audit") as file:
            body = file.exec_driver_sql("SELECT body FROM act").scalar_one()
            seen = acts.Agreement(proposal=acts.digest(body), at=datetime(2031, 1, 1, tzinfo=UTC))
            acts.record(file, act, "agreed", handler, codec.to_json(seen), other.secret)
        with pytest.raises(vault.NotAllowed, match="proposed anew"):
            sign_off.agreed(opened, act, "lift-embargo", "a movement")


@on_files.only
def test_an_agreement_is_to_the_words_that_were_seen(enter: Enter, lead: str, editor: str) -> None:
    with enter(lead) as opened, enter(editor) as other:
        one = sign_off.propose(opened, "lift-embargo", "one", "it is over")
        two = sign_off.propose(opened, "lift-embargo", "two", "it is over")
        sign_off.agree(other, one)
        with opened.file("audit") as file:
            agreed = file.exec_driver_sql("SELECT person, body, signature FROM act WHERE step = 'agreed'").one()
            with pytest.raises(exc.IntegrityError):
                file.exec_driver_sql("INSERT INTO act VALUES (?, 'agreed', ?, ?, ?)", (two, *agreed))
            for rule in ("act_signed", "act_by_two", "act_open", "act_stays"):
                file.exec_driver_sql(f"DROP TRIGGER {rule}")
            file.exec_driver_sql("INSERT INTO act VALUES (?, 'agreed', ?, ?, ?)", (two, *agreed))
        with pytest.raises(vault.VaultDamaged, match="signature that is not"):
            sign_off.look(opened, two)


@on_files.only
@pytest.mark.usefixtures("filed")
def test_no_name_of_a_partner_is_in_the_pairs(enter: Enter, desk: Path, lead: str) -> None:
    with enter(lead) as opened, opened.file("audit") as file:
        named = {name for row in file.exec_driver_sql("SELECT agreeing, opening FROM pair") for name in row}
        assert named == {each.name for each in keyring.read(desk).roster if "handler" not in each.roles} | {" root"}
        abouts = "".join(file.exec_driver_sql("SELECT about FROM pair").scalars())
    for planted in ("wren", "stoat", "mill"):
        assert planted not in abouts
