"""A PostgreSQL of its own for as long as a block runs: a temporary folder, a unix socket and loopback, nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")
MISSING = f"{BIN} is missing: install the Debian package postgresql-15 (apt-get install postgresql-15)"
_HBA = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
"""Whoever reaches the socket may say who they are, so that tests can be anybody; over loopback a password is asked."""


@dataclass(frozen=True)
class Cluster:
    """A running server: where it listens, and where its files lie."""

    data: Path
    sockets: Path
    port: int

    def url(self, database: str, *, loopback: bool = False) -> str:
        """The address of a database, over the socket or over loopback."""
        host = "127.0.0.1" if loopback else str(self.sockets).replace("/", "%2F")
        return f"postgresql://{host}:{self.port}/{database}"

    def run(self, program: str, *arguments: str) -> bytes:
        """Run one of PostgreSQL's own programs against it, as its superuser."""
        return _run([str(BIN / program), "-h", str(self.sockets), "-p", str(self.port), *arguments])


def installed() -> bool:
    """Whether the server is there to be started."""
    return (BIN / "initdb").exists()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server, and stop it, and take its files away."""
    folder = Path(tempfile.mkdtemp(prefix="farbank-pg-"))
    data, port = folder / "data", _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        _run([str(BIN / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"])
        (data / "pg_hba.conf").write_text(_HBA)
        said = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=120"
        control = [str(BIN / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(folder / "log"), "-o", said, "start"])
        try:
            yield Cluster(data, folder, port)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def _run(command: Sequence[str]) -> bytes:
    # initdb and the server refuse to run as root
    who = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    uid, gid, others = (None, None, None) if who is None else (who.pw_uid, who.pw_gid, list[int]())
    with tempfile.TemporaryFile() as out:  # not a pipe: the server keeps what it was started with open
        subprocess.run(command, cwd="/", stdout=out, stderr=out, check=True, user=uid, group=gid, extra_groups=others)
        out.seek(0)
        return out.read()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
