"""A shared desk against one of its own people with a program of their own, and against whoever runs the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from bench import _cluster
from farbank import vault
from farbank.vault import keyring, policies, server, share, sign_off, veil

pytestmark = pytest.mark.parametrize("desk", ["server"], indirect=True)
Enter = Callable[[str], vault.Vault]

HERON, SECRET = "partner/heron", b"the bridge at Osprey Ford is closed"


def role(desk: Path, name: str) -> str:
    who = keyring.read(desk).roster.colleague(name)
    assert who is not None
    return policies.role(who.public)


@pytest.fixture
def as_role(desk: Path) -> Callable[[str], psycopg.Connection]:
    """Connect as one of the desk's people, with nothing of farbank in between: as_role(NAME)."""
    url = server.read(desk)
    assert url is not None
    return lambda name: psycopg.connect(url, user=role(desk, name), autocommit=True)


@pytest.fixture
def filled(enter: Enter, lead: str, editor: str, handler: str) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "n1", b"for the desk alone")
        opened.put("identities", "profile", "p1", b"whom")
        opened.open_scope("content", HERON, [handler])
        opened.put("content", "report", "r1", SECRET, scope=HERON)
        opened.append("content", "judgements:mill", b"held")
        opened.ledger_append(vault.LedgerEntry(kind="elsewhere", edition="a talk"))
        act = sign_off.propose(opened, "release", "e1", "ready")
    with enter(editor) as opened:
        sign_off.agree(opened, act)


TRICKS = (
    "SET role postgres",
    "SET ROLE farbank_owner",
    "SET SESSION AUTHORIZATION farbank_owner",
    "SET session_replication_role = replica",
    "ALTER TABLE content.record DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE content.record NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE content.log DISABLE TRIGGER ALL",
    "DROP POLICY seen ON content.record",
    "CREATE POLICY mine ON content.record USING (true)",
    "ALTER TABLE content.record OWNER TO current_user",
    "GRANT farbank_owner TO current_user",
    "UPDATE content.member SET reads_all = true",
    "INSERT INTO content.member SELECT current_user, person, true FROM content.scope LIMIT 1",
    "CREATE OR REPLACE FUNCTION content.log_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE FUNCTION content.leak() RETURNS bytea LANGUAGE sql SECURITY DEFINER AS 'SELECT body FROM content.record'",
    "CREATE TABLE public.copy AS SELECT * FROM content.record",
    "CREATE TEMP TABLE log (sequence int)",
    "COPY content.record TO '/tmp/farbank-copied'",
    "SELECT setval('content.changes', 1)",
    "SELECT pg_read_file('/etc/passwd')",
)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("trick", TRICKS)
def test_nobody_makes_themselves_more_than_they_are(
    as_role: Callable[[str], psycopg.Connection], handler: str, trick: str
) -> None:
    with (
        as_role(handler) as client,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable)),
    ):
        client.execute(trick)


@pytest.mark.usefixtures("filled")
def test_no_setting_of_a_session_shows_another_row(as_role: Callable[[str], psycopg.Connection], handler: str) -> None:
    with as_role(handler) as client:
        counted = "SELECT count(*) FROM content.record"
        before = client.execute(counted).fetchone()
        for name, value in (
            ("farbank.compartments", "content,identities"),
            ("farbank.role", "postgres"),
            ("search_path", "content, pg_catalog"),
            ("row_security", "on"),
            ("application_name", "postgres"),
            ("default_transaction_isolation", "serializable"),
        ):
            client.execute("SELECT set_config(%s, %s, false)", (name, value))
        assert client.execute(counted).fetchone() == before == (1,)  # what the partner said, and nothing else
        client.execute("SET row_security = off")  # asks for an error instead of a filter, and never for more rows
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            client.execute(counted)


@pytest.mark.usefixtures("filled")
def test_a_handler_sees_their_scope_and_no_other_compartment(
    as_role: Callable[[str], psycopg.Connection], handler: str, editor: str
) -> None:
    with as_role(handler) as client:
        assert client.execute("SELECT count(*) FROM content.record").fetchone() == (1,)
        assert client.execute("SELECT count(*) FROM content.scope").fetchone() == (1,)
        assert client.execute("SELECT count(*) FROM content.member").fetchone() == (1,)
        for table in ("identities.record", "ledger.entry"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                client.execute(f"SELECT FROM {table}")
    with as_role(editor) as client:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            client.execute("SELECT FROM identities.record")
        assert client.execute("SELECT count(*) FROM content.record").fetchone() > (1,)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO content.record SELECT kind, decode('00', 'hex'), (SELECT scope FROM content.scope LIMIT 1),"
        " key, body, gone, changed, written FROM content.record WHERE false",
        "UPDATE content.record SET scope = decode('00', 'hex')",
        "INSERT INTO content.scope SELECT decode('00', 'hex'), person, sealed FROM content.scope LIMIT 1",
        "DELETE FROM content.record",
        "UPDATE content.log SET body = ''",
        "DELETE FROM content.log",
        "TRUNCATE content.log",
        "UPDATE audit.audit SET body = ''",
        "DELETE FROM audit.audit",
        "UPDATE audit.act SET step = 'done'",
        "DELETE FROM audit.act",
        "UPDATE audit.head SET signature = ''",
    ],
)
def test_direct_sql_rewrites_nothing(
    as_role: Callable[[str], psycopg.Connection], handler: str, statement: str
) -> None:
    with as_role(handler) as client:
        if statement.endswith("WHERE false"):
            client.execute(statement)  # nothing to insert is no attack; the next one inserts a row
            statement = (
                "INSERT INTO content.record SELECT kind, id, decode('00', 'hex'), key, body, gone, changed, written"
                " FROM content.record LIMIT 1"
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            client.execute(statement)


@pytest.mark.usefixtures("filled")
def test_rules_hold_for_who_may_write(as_role: Callable[[str], psycopg.Connection], lead: str) -> None:
    with as_role(lead) as client:
        for statement, refusal in (
            ("INSERT INTO ledger.entry SELECT 9, kind, edition, body, signature FROM ledger.entry", "out of sequence"),
            ("INSERT INTO ledger.entry SELECT 2, kind, edition, body, signature FROM ledger.entry", "already there"),
            (
                "INSERT INTO ledger.entry SELECT 2, 'confirmation', decode('00', 'hex'), body, signature"
                " FROM ledger.entry",
                "no intent",
            ),
            ("INSERT INTO audit.audit SELECT 99, body, hash FROM audit.audit LIMIT 1", "out of sequence"),
            ("INSERT INTO audit.act SELECT id, step, person, body, signature FROM audit.act LIMIT 1", "already there"),
        ):
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=refusal):
                client.execute(statement)


@pytest.mark.usefixtures("filled")
def test_whose_desk_it_is_stays(as_role: Callable[[str], psycopg.Connection], enter: Enter, lead: str) -> None:
    with as_role(lead) as client:
        noted = client.execute("SELECT count(*) FROM content.meta").fetchone()
        client.execute("UPDATE content.meta SET value = ''")
        client.execute("DELETE FROM content.meta")  # neither reaches the two rows that are for good
        assert client.execute("SELECT count(*) FROM content.meta WHERE value <> ''").fetchone() == (2,) < noted
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            client.execute(
                "INSERT INTO content.meta SELECT * FROM content.meta ON CONFLICT (key) DO UPDATE SET value = ''"
            )


@pytest.mark.usefixtures("filled")
def test_nobody_signs_in_anothers_name(as_role: Callable[[str], psycopg.Connection], handler: str) -> None:
    with as_role(handler) as client, pytest.raises(psycopg.errors.InsufficientPrivilege):
        client.execute(
            "INSERT INTO audit.act SELECT decode('00', 'hex'), 'proposed', person, body, signature FROM audit.act"
        )


@pytest.mark.usefixtures("filled")
def test_what_somebody_forges_past_the_store_every_reader_refuses(
    as_role: Callable[[str], psycopg.Connection], enter: Enter, lead: str, editor: str
) -> None:
    with enter(lead) as opened:  # one of them has the keys to seal with, and not the desk's to sign with
        over = veil.veil("ledger", opened.keys["ledger"], "ledger")
        row = (over.name("e9", b"edition"), over.seal(b"", b"ledger entry"))
        signature = over.seal(opened.secret.sign(b"anything"), b"ledger signature")
    with as_role(lead) as client:
        client.execute("INSERT INTO ledger.entry VALUES (2, 'intent', %s, %s, %s)", (*row, signature))
    with enter(editor) as opened, pytest.raises(vault.VaultDamaged, match="bears no signature of this desk"):
        opened.ledger_entries()


@pytest.mark.usefixtures("filled")
def test_rows_the_host_swaps_or_alters_open_for_nobody(desk: Path, enter: Enter, lead: str) -> None:
    url = server.read(desk)
    assert url is not None
    with psycopg.connect(url, user="postgres", autocommit=True) as host:
        host.execute("UPDATE content.record SET body = (SELECT body FROM content.record ORDER BY changed DESC LIMIT 1)")
    with enter(lead) as opened, pytest.raises(vault.VaultDamaged):
        opened.get("content", "note", "n1")
    with psycopg.connect(url, user="postgres", autocommit=True) as host:
        host.execute("UPDATE content.record SET id = set_byte(id, 30, 255 - get_byte(id, 30))")
    with enter(lead) as opened, pytest.raises(vault.VaultDamaged):
        opened.ids("content", "note")


PLANTED = (
    "Ines Okafor",
    "박서윤",
    "Tomas Lindqvist",
    "heron",
    "Osprey",
    "mill",
    "report",
    "release",
    "judgements",
    "a talk",
)


@pytest.mark.usefixtures("filled")
def test_the_host_reads_none_of_it(cluster: _cluster.Cluster, desk: Path) -> None:
    """A dump and every file of the server: no name, no kind, no text, whoever looks."""
    words = [word.encode() for word in PLANTED]
    dump = cluster.run("pg_dump", "-U", "postgres", "--inserts", "desk")
    cluster.run("psql", "-U", "postgres", "-d", "desk", "-c", "CHECKPOINT")
    lying = {path: path.read_bytes() for path in cluster.data.rglob("*") if path.is_file()}
    log = (cluster.data.parent / "log").read_bytes()
    hexed = [word.hex().encode() for word in words]
    assert b"content.record" in dump
    assert not [word for word in (*words, *hexed) if word in dump]
    ours = [path for path, data in lying.items() if any(word in data for word in words if word not in COMMON)]
    assert not ours
    assert not [word for word in words if word not in COMMON and word in log]


COMMON = (b"mill", b"report", b"release", b"a talk")
"""Words that PostgreSQL's own catalogue, settings and comments hold too; the dump, which is ours alone, has none."""


def test_a_server_elsewhere_must_prove_who_it_is(desk: Path) -> None:
    from farbank.vault import postgres

    assert server.read(desk)
    for url in ("postgresql://db.invalid/desk?sslmode=require", "postgresql://u:secret@localhost/desk"):
        with pytest.raises(vault.ServerNotTrusted):
            postgres.connect(url, "somebody")


def test_the_password_is_asked_for(cluster: _cluster.Cluster, desk: Path, lead: str, words: dict[str, str]) -> None:
    url = cluster.url("desk", loopback=True)
    with psycopg.connect(cluster.url("desk"), user="postgres", autocommit=True) as administrator:
        administrator.execute(f"ALTER ROLE {role(desk, lead)} PASSWORD 'four pale stones'")
    server.write(desk, url)
    for wrong in (None, "five pale stones"):
        with pytest.raises(vault.PasswordWanted):
            vault.open(desk, lead, words[lead], database_password=wrong)
    with vault.open(desk, lead, words[lead], database_password="four pale stones") as opened:
        assert "content" in opened.compartments


def test_it_takes_an_administrator_of_the_server(desk: Path, enter: Enter, lead: str, tmp_path: Path) -> None:
    url = server.read(desk)
    assert url is not None
    with enter(lead) as opened, pytest.raises(vault.NotAllowed):
        share.share(opened, url, tmp_path / "again", administrator=role(desk, lead))


def test_a_connection_that_breaks_keeps_all_or_nothing(
    cluster: _cluster.Cluster, desk: Path, enter: Enter, lead: str
) -> None:
    with enter(lead) as opened:
        opened.put("content", "note", "n1", b"acknowledged")
        with pytest.raises(vault.ServerGone), opened.transaction():
            opened.put("content", "note", "n2", b"not yet")
            with psycopg.connect(cluster.url("postgres"), user="postgres", autocommit=True) as host:
                host.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (role(desk, lead),)
                )
            opened.put("content", "note", "n3", b"never")
        with pytest.raises(vault.ServerGone):
            opened.get("content", "note", "n1")
    with enter(lead) as opened:
        assert opened.all("content", "note") == {"n1": b"acknowledged"}
