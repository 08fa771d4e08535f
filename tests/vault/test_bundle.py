"""Machines that were apart, brought together by bundles; and bundles made to deceive."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from farbank import vault
from farbank.model.case import Case
from farbank.vault import age, bundle, case_store, history, keyring, versions
from farbank.vault.bundle import Bundle, Record
from farbank.vault.store import LOG_KEY
from farbank.vault.versions import Version, Versions

AT = datetime(2031, 7, 20, 8, 0, tzinfo=UTC)
HERON = "partner/heron"
On = Callable[[str, str], vault.Vault]


@pytest.fixture
def on(desk: Path, tmp_path: Path, words: dict[str, str], lead: str, handler: str) -> On:
    """Open one of two copies of a desk as one of its people: on("home", LEAD); both had the same records once."""
    with vault.open(desk, lead, words[lead]) as opened:
        opened.open_scope("content", HERON, [handler])
        for number in range(3):
            opened.put("content", "note", f"n{number}", b"as it was filed")
        opened.put("content", "report", "r1", b"heard", scope=HERON)
        opened.append("content", "judgements:mill", b"first")
        bundle.make(opened, [lead], AT)
    for machine in ("home", "away"):
        shutil.copytree(desk, tmp_path / machine)
    return lambda machine, name: vault.open(tmp_path / machine, name, words[name])


def carry(on: On, one: str, other: str, name: str, to: str, at: datetime = AT) -> bundle.Taken:
    with on(one, name) as opened:
        sealed = bundle.make(opened, [to], at)
    with on(other, to) as opened:
        return bundle.take(opened, sealed)


def state(opened: vault.Vault) -> dict[history.Key, Versions]:
    return {key: held.known for key, held in history.every(opened)}


def test_what_was_written_away_comes_home_and_nothing_is_lost(on: On, lead: str, editor: str) -> None:
    with on("away", editor) as away:
        away.put("content", "note", "n0", b"corrected away")
        away.put("content", "note", "new", b"only away")
        away.delete("content", "note", "n2")
        away.append("content", "judgements:mill", b"second")
    with on("home", lead) as home:
        home.put("content", "note", "n1", b"corrected at home")
        home.append("content", "judgements:mill", b"third")
    taken = carry(on, "away", "home", editor, lead)
    assert (taken.by, taken.records, taken.entries, taken.conflicts) == (editor, 3, 1, 0)
    carry(on, "home", "away", lead, editor)
    with on("home", lead) as home, on("away", editor) as away:
        for opened in (home, away):
            assert opened.all("content", "note") == {
                "n0": b"corrected away",
                "n1": b"corrected at home",
                "new": b"only away",
            }
            assert sorted(opened.log("content", "judgements:mill")) == [b"first", b"second", b"third"]
        assert state(home) == state(away)


def test_reading_it_again_or_an_older_one_changes_nothing(on: On, lead: str, editor: str) -> None:
    with on("away", editor) as away:
        older = bundle.make(away, [lead], AT)
        away.put("content", "note", "n0", b"corrected away")
        newer = bundle.make(away, [lead], AT - timedelta(days=900))  # a clock that went back
    with on("home", lead) as home:
        assert bundle.take(home, newer).records == 1
        for again in (newer, older):
            assert (bundle.take(home, again).records, home.get("content", "note", "n0")) == (0, b"corrected away")


def test_two_changes_of_one_record_stand_side_by_side(on: On, lead: str, editor: str) -> None:
    with on("away", editor) as away:
        away.put("content", "note", "n0", b"away")
    with on("home", lead) as home:
        home.put("content", "note", "n0", b"home")
    assert carry(on, "away", "home", editor, lead).conflicts == 1
    assert carry(on, "home", "away", lead, editor).conflicts == 1
    with on("home", lead) as home, on("away", editor) as away:
        assert (home.get("content", "note", "n0"), away.get("content", "note", "n0")) == (b"home", b"away")
        assert state(home) == state(away)
        (conflict,) = history.conflicts(home)
        assert [(version.by, body) for _, version, body in conflict.versions] == [(lead, b"home"), (editor, b"away")]
        history.settle(home, "note", "n0", conflict.versions[1][0])
        assert (home.get("content", "note", "n0"), history.conflicts(home)) == (b"away", ())
    carry(on, "home", "away", lead, editor)
    carry(on, "away", "home", editor, lead)
    with on("home", lead) as home, on("away", editor) as away:
        assert (history.conflicts(home), history.conflicts(away)) == ((), ())
        assert state(home) == state(away)


def test_what_was_erased_wins_over_every_bundle(on: On, lead: str, editor: str) -> None:
    with on("away", editor) as away:
        away.put("content", "note", "n0", b"changed away, and the more so")
        before = bundle.make(away, [lead], AT)
    with on("home", lead) as home:
        bundle.take(home, before)
        home.put("content", "note", "n0", b"home")
        home.erase("content", "note", "n0")
        home.erase("content", LOG_KEY, "judgements:mill")
        bundle.take(home, before)
        assert "n0" not in home.ids("content", "note")
        assert home.log("content", "judgements:mill") == ()
    carry(on, "home", "away", lead, editor)
    with on("away", editor) as away:
        assert "n0" not in away.ids("content", "note")
        assert away.log("content", "judgements:mill") == ()
        with pytest.raises(vault.RecordErased):
            away.put("content", "note", "n0", b"again")


def test_a_conflict_goes_when_its_record_is_erased(on: On, lead: str, editor: str) -> None:
    with on("away", editor) as away:
        away.put("content", "note", "n0", b"away")
    with on("home", lead) as home:
        home.put("content", "note", "n0", b"home")
    carry(on, "away", "home", editor, lead)
    with on("home", lead) as home:
        home.erase("content", "note", "n0")
        assert home.all("content", history.beside("note")).keys() == {"n1", "n2"}


def test_it_carries_no_people(on: On, lead: str, editor: str, case: Case) -> None:
    with on("home", lead) as home:
        case_store.save(home, case, forbidden=b"key and hashes")
        sealed = bundle.make(home, [editor], AT)
        kinds = {each.kind for each in bundle._opened(home, sealed).records}
    assert "case" in kinds
    assert not kinds & history.STAYS
    with on("away", editor) as away:
        bundle.take(away, sealed)
        assert case.name in case_store.names(away)
        assert case_store.people(away, case.name) == ()


def test_a_handler_takes_what_is_theirs_and_brings_back_no_more(on: On, lead: str, handler: str) -> None:
    with on("home", lead) as home:
        out = bundle.make(home, [handler], AT)
        assert {(each.kind, each.id) for each in bundle._opened(home, out).records} == {("report", "r1")}
    with on("away", handler) as away:
        assert bundle.take(away, out).conflicts == 0
        away.put("content", "report", "r2", b"heard later", scope=HERON)
    assert carry(on, "away", "home", handler, lead).records == 1
    with on("home", lead) as home:
        assert home.get("content", "report", "r2") == b"heard later"


def forged(opened: vault.Vault, **changes: object) -> bytes:
    version = Version(scope="desk", digest=versions.digest(b"false"), by=opened.person)
    record = Record(
        kind="note",
        id="false",
        known=Versions(remaining={version.id("note", "false"): version}),
        bodies={version.id("note", "false"): b"false"},
    )
    said = {
        "root": opened.roster.root.signing,
        "by": opened.person,
        "to": tuple(each.name for each in opened.roster),
        "at": AT,
        "records": (record,),
        "logs": {},
        **changes,
    }
    body = msgspec.msgpack.encode(Bundle(**said))  # type: ignore[arg-type]
    signature = opened.secret.sign(bundle._DOMAIN + body)
    return age.seal(signature + body, [each.public for each in opened.roster])


def of_scope(kind: str, id: str, scope: str) -> Record:
    version = Version(scope=scope, digest=versions.digest(b"x"), by="")
    known = Versions(remaining={version.id(kind, id): version})
    return Record(kind=kind, id=id, known=known, bodies={version.id(kind, id): b"x"})


def test_a_bundle_made_to_deceive_is_refused_whole(on: On, lead: str, editor: str, handler: str) -> None:
    good = of_scope("note", "n9", "desk")
    with on("away", handler) as liar, on("away", editor) as away:
        plain = bundle.make(away, [lead], AT)
        refused = [
            b"",
            b"age-encryption.org/v1\n",
            plain[:-1],
            plain[:400] + bytes([plain[400] ^ 1]) + plain[401:],
            forged(liar),  # a handler who writes in the desk's scope
            forged(liar, records=(Record(kind="note", id="n1", scope="desk", known=versions.ERASED),)),
            forged(liar, records=(Record(kind="note", id="n1", scope=HERON, known=versions.ERASED),)),
            forged(liar, records=(), logs={"judgements:mill": (b"false",)}),
            forged(away, by=lead),  # in another's name
            forged(away, root=bytes(32)),
            forged(away, to=(editor,)),
            forged(away, records=(good, of_scope("note", "n8", "partner/nobody-knows"))),
            forged(away, records=(good, good)),
            forged(away, records=(good, of_scope("identities-of", "mill-order", "desk"))),
            forged(away, records=(good, of_scope("versions:note", "n1", "desk"))),
            forged(away, records=(good, msgspec.structs.replace(good, id="n8"))),
            forged(away, records=(msgspec.structs.replace(good, bodies={}),)),
        ]
    with on("home", lead) as home:
        before = (state(home), home.log("content", "judgements:mill"))
        for sealed in refused:
            with pytest.raises(vault.NotABundle):
                bundle.take(home, sealed)
        assert (state(home), home.log("content", "judgements:mill")) == before


def test_a_giant_is_not_even_opened(on: On, lead: str, editor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with on("away", editor) as away:
        sealed = bundle.make(away, [lead], AT)
        monkeypatch.setattr(bundle, "LIMIT", len(sealed) // 2)
        with pytest.raises(vault.NotABundle, match="larger"):
            bundle.make(away, [lead], AT)
    with on("home", lead) as home, pytest.raises(vault.NotABundle, match="larger"):
        bundle.take(home, sealed)


def test_outsiders_learn_nothing_from_it(on: On, desk: Path, lead: str, editor: str) -> None:
    with on("away", editor) as away:
        sealed = bundle.make(away, [lead], AT)
    root = keyring.read(desk).roster.root
    for word in (b"note", b"filed", lead.encode(), editor.encode(), root.signing):
        assert word not in sealed
