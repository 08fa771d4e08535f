"""The same desk twice: in the files of a folder, and on a PostgreSQL started for these tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from bench import _cluster
from farbank import vault
from farbank.vault import keyring, policies, server, share

LAID, DESK = "laid", "desk"
"""Databases: one laid once and copied, and the copy each test has to itself."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[_cluster.Cluster]:
    """A PostgreSQL of its own; tests that need it are skipped where the Debian package is not installed."""
    if not _cluster.installed():
        pytest.skip(_cluster.MISSING)
    with _cluster.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def laid(
    cluster: _cluster.Cluster,
    tmp_path_factory: pytest.TempPathFactory,
    members: list[vault.Member],
    lead: str,
    words: dict[str, str],
    since: date,
    cheap: vault.Cost,
) -> Path:
    """The folder of a desk shared on the database that is copied."""
    folder = tmp_path_factory.mktemp("laid")
    vault.create(folder / "desk", members, since=since, cost=cheap)
    cluster.run("createdb", "-U", "postgres", LAID)
    with vault.open(folder / "desk", lead, words[lead]) as opened:
        share.share(opened, cluster.url(LAID), folder / "shared", administrator="postgres")
    return folder / "shared"


@pytest.fixture
def shared(laid: Path, cluster: _cluster.Cluster, tmp_path: Path) -> Iterator[Path]:
    """The folder of a desk on a server, which nobody has written to yet."""
    folder = tmp_path / "shared"
    shutil.copytree(laid, folder)
    server.write(folder, cluster.url(DESK))
    with psycopg.connect(cluster.url("postgres"), user="postgres", autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {DESK} TEMPLATE {LAID}")
        # who may connect is not copied with a database
        for statement in policies.founding(DESK):
            administrator.execute(statement)
        for role in share.roles(keyring.read(folder).roster).values():
            administrator.execute(f"GRANT CONNECT ON DATABASE {DESK} TO {role}")
        try:
            yield folder
        finally:
            administrator.execute(f"DROP DATABASE {DESK} WITH (FORCE)")


@pytest.fixture(params=["files", "server"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Every test of this folder runs on either, unless it says which."""
    if request.param == "server":
        return Path(request.getfixturevalue("shared"))
    request.getfixturevalue("founded")
    return tmp_path / "desk"
