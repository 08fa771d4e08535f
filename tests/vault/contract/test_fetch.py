"""A desk brought back from its server: all of it, once, and nobody writes to what was left behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from bench import _cluster
from farbank import vault
from farbank.model.errors import FolderInUse
from farbank.vault import fetch, people, server, share

Words = dict[str, str]
NEW, PAYER = "Marek Dolny", "Sefa Lindt"


def fetched(folder: Path, into: Path, who: str, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    with vault.open(folder, who, words[who]) as opened:
        return fetch.fetch(opened, into, administrator="postgres")


@pytest.fixture
def database(cluster: _cluster.Cluster) -> Iterator[Callable[[str], str]]:
    """Makes an empty database of a name, and says where it is."""
    made: list[str] = []

    def create(name: str) -> str:
        cluster.run("createdb", "-U", "postgres", name)
        made.append(name)
        return cluster.url(name)

    yield create
    for name in made:
        cluster.run("dropdb", "-U", "postgres", "--force", name)


def test_what_was_written_on_the_server_is_in_the_folder(shared: Path, tmp_path: Path, lead: str, words: Words) -> None:
    with vault.open(shared, lead, words[lead]) as opened:
        for number in range(30):
            opened.put("content", "note", f"n{number}", b"the dam is down" * number)
        opened.delete("content", "note", "n3")
        opened.erase("content", "note", "n4")
        opened.append("content", "topic", b"one")
        opened.append("content", "topic", b"two")
        before = opened.all("content", "note")
    names, left = fetched(shared, tmp_path / "home", lead, words)
    assert set(names) == {"content", "identities", "ledger", "audit"} and left == ()
    assert server.read(tmp_path / "home") is None
    with vault.open(tmp_path / "home", lead, words[lead]) as opened:
        opened.check()
        assert opened.all("content", "note") == before and len(before) == 28
        assert opened.log("content", "topic") == (b"one", b"two")
        assert [event.what for _, event in opened.audited()][-1] == "fetched"
        opened.put("content", "note", "n5", b"changed at home")
        with pytest.raises(vault.RecordErased):
            opened.put("content", "note", "n4", b"again")


def test_from_then_on_the_server_is_read_and_not_written(
    shared: Path, tmp_path: Path, lead: str, editor: str, words: Words
) -> None:
    with vault.open(shared, editor, words[editor]) as opened:  # and stays open while it is fetched
        opened.put("content", "note", "n1", b"the dam is down")
        fetched(shared, tmp_path / "home", lead, words)
        for write in (
            lambda: opened.put("content", "note", "n2", b"too late"),
            lambda: opened.put("content", "note", "n1", b"too late"),
            lambda: opened.append("content", "topic", b"too late"),
            lambda: opened.note("looked"),
        ):
            with pytest.raises(vault.NotAssigned):
                write()
        assert opened.all("content", "note") == {"n1": b"the dam is down"}


def test_somebody_joins_at_home_and_works_on_a_server_again(
    database: Callable[[str], str], tmp_path: Path, members: list[vault.Member], lead: str, words: Words,
    since: date, cheap: vault.Cost,
) -> None:  # fmt: skip
    founded = vault.create(tmp_path / "desk", members, since=since, cost=cheap)
    with vault.open(tmp_path / "desk", lead, words[lead]) as opened:
        share.share(opened, database("first"), tmp_path / "shared", administrator="postgres")
    with vault.open(tmp_path / "shared", lead, words[lead]) as opened:
        opened.put("content", "note", "n1", b"filed on the server")
    fetched(tmp_path / "shared", tmp_path / "home", lead, words)
    with vault.open(tmp_path / "home", lead, words[lead]) as opened:
        people.join(opened, vault.Member(NEW, "nine slow barges", ("editor",)), founded.root, cost=cheap)
        share.share(opened, database("second"), tmp_path / "again", administrator="postgres")
    with vault.open(tmp_path / "again", NEW, "nine slow barges") as opened:
        assert opened.get("content", "note", "n1") == b"filed on the server"
        opened.put("content", "note", "n2", b"by the new one")


def test_who_alone_holds_a_compartment_fetches_it_in_turn(
    database: Callable[[str], str], tmp_path: Path, members: list[vault.Member], lead: str, words: Words,
    since: date, cheap: vault.Cost,
) -> None:  # fmt: skip
    payer = vault.Member(PAYER, "a ledger of small stones", ("paymaster",))
    words = {**words, PAYER: payer.passphrase}
    vault.create(tmp_path / "desk", [*members, payer], since=since, cost=cheap)
    url = database("paying")
    for number, who in enumerate((lead, PAYER)):
        with vault.open(tmp_path / "desk", who, words[who]) as opened:
            share.share(opened, url, tmp_path / f"shared-{number}", administrator="postgres")
    with vault.open(tmp_path / "shared-0", PAYER, words[PAYER]) as opened:
        opened.put("payments", "payment", "p1", b"forty, by hand")
    assert fetched(tmp_path / "shared-0", tmp_path / "home", lead, words)[1] == ("payments",)
    names, left = fetched(tmp_path / "shared-0", tmp_path / "home", PAYER, words)
    assert (names, left) == (("payments",), ())
    with vault.open(tmp_path / "home", PAYER, words[PAYER]) as opened:
        assert opened.get("payments", "payment", "p1") == b"forty, by hand"
    with pytest.raises(FolderInUse):
        fetched(tmp_path / "shared-0", tmp_path / "home", PAYER, words)


def test_a_desk_in_files_has_nothing_to_fetch(founded: Path, tmp_path: Path, lead: str, words: Words) -> None:
    with pytest.raises(vault.InFilesAlready):
        fetched(tmp_path / "desk", tmp_path / "home", lead, words)


def test_what_does_not_fit_is_refused_and_the_server_goes_on(
    shared: Path, cluster: _cluster.Cluster, tmp_path: Path, lead: str, editor: str, words: Words
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter").write_text("dear")
    with vault.open(shared, lead, words[lead]) as opened:
        opened.note("looked")
        with pytest.raises(FolderInUse):
            fetch.fetch(opened, tmp_path / "home", administrator="postgres")
        with pytest.raises(vault.NotAllowed):
            fetch.fetch(opened, tmp_path / "new", administrator=share.roles(opened.roster)[lead])
    with psycopg.connect(cluster.url("desk"), user="postgres", autocommit=True) as host:
        host.execute("SET session_replication_role = replica")  # the host is past every rule of its own database
        host.execute("DELETE FROM audit.audit WHERE sequence = 2")
    with pytest.raises(vault.AuditBroken):
        fetched(shared, tmp_path / "new", lead, words)
    assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new-*"))
    with vault.open(shared, editor, words[editor]) as opened:
        opened.put("content", "note", "n1", b"the server goes on")


def test_a_fetched_desk_is_not_laid_over_another(
    shared: Path, founded: Path, tmp_path: Path, lead: str, words: Words
) -> None:
    shutil.copytree(tmp_path / "desk", tmp_path / "other")
    with pytest.raises(FolderInUse, match="another desk"):
        fetched(shared, tmp_path / "other", lead, words)
