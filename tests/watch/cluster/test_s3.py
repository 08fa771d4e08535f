"""An archive in an object store, asked through the command line, beside a small one with the same articles.

The store is moto's server on this machine (`make peers` installs it), or any other: FARBANK_TEST_S3 is an address to
write below (s3://bucket/somewhere), whose keys and endpoint are where object stores' own programs read them.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import msgspec
import pytest

from bench._peers import PYTHON
from farbank.model import codec
from farbank.model.statemedia import Article
from tests.cli.conftest import ran

for needed in ("daft", "lance"):
    pytest.importorskip(needed, reason="needs farbank[cluster]")

GIVEN = os.environ.get("FARBANK_TEST_S3")
FIRST = date(2031, 6, 1)
TRIES = 200


class Store(msgspec.Struct, frozen=True):
    """Where to write, and the environment that says how."""

    url: str
    environment: dict[str, str]

    def run(self, *arguments: object) -> CompletedProcess[str]:
        """Run farbank watch in this process."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            return ran("watch", *arguments)

    def apart(self, *arguments: object, **more: str) -> CompletedProcess[str]:
        """Run it in a process of its own, to which no store has answered before."""
        command = [sys.executable, "-m", "farbank", "watch", *map(str, arguments)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | self.environment | more
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)

    def told(self, *arguments: object) -> Any:
        """What it says as JSON; hits in one order."""
        done = self.run(*arguments, "--json")
        assert (done.returncode, done.stderr.strip()) == (0, "")
        found = json.loads(done.stdout)
        if "hits" in found:
            found["hits"].sort(key=lambda hit: hit["article"])
        return found


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    if GIVEN:
        yield Store(f"{GIVEN.rstrip('/')}/{uuid.uuid4()}", {})
        return
    if not [*PYTHON.parents[1].glob("lib/*/site-packages/moto")]:
        pytest.skip("needs an object store: make peers, or FARBANK_TEST_S3=s3://bucket/somewhere and its keys")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    command = [PYTHON, "-I", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _put(f"{endpoint}/desk")
            yield Store(
                "s3://desk",
                {
                    "AWS_ENDPOINT_URL": endpoint, "AWS_ALLOW_HTTP": "true", "AWS_REGION": "us-east-1",
                    "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
                },
            )  # fmt: skip
        finally:
            server.terminate()


def _put(url: str) -> None:
    for _ in range(TRIES):
        try:
            urllib.request.urlopen(urllib.request.Request(url, method="PUT")).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twenty days in two files."""
    files = [tmp_path_factory.mktemp("june") / name for name in ("early.jsonl", "late.jsonl")]
    for number in range(60):
        day = FIRST + timedelta(number // 3)
        body = f"Water stood in house {number}.\nBread for {number} men came over the bridge."
        one = Article(id=f"a{number}", outlet="KCNA", lang="en", date=day, title=f"Report {number}", body=body)
        with files[number >= 30].open("ab") as file:
            file.write(codec.to_json(one) + b"\n")
    return files


def test_an_object_store_is_asked_as_a_folder_is(store: Store, articles: list[Path], tmp_path: Path) -> None:
    one, parts, small = f"{store.url}/one", f"{store.url}/parts", tmp_path / "small"
    store.told("ingest", *articles, "--archive", small)
    assert store.told("ingest", articles[0], "--archive", one)["articles"] == 30
    assert store.told("ingest", articles[1], "--archive", one)["articles"] == 60
    store.told("ingest", articles[0], "--archive", f"{parts}/early")
    store.told("ingest", articles[1], "--archive", f"{parts}/late/en")
    several = ["--archive", f"{parts}/late", "--archive", f"{parts}/early"]
    search, coverage = ("search", '"stood in house"', "--limit", 100), ("coverage", "--topic", "food")
    for question, given in (
        (search, ["--archive", one]),
        (coverage, ["--archive", one]),
        (search, ["--archive", parts]),
        (coverage, several),
    ):
        assert store.told(*question, *given) == store.told(*question, "--archive", small)
    refused = store.run("ingest", articles[0], "--archive", parts)
    assert (refused.returncode, "a new folder" in refused.stderr) == (3, True)


def test_a_crawl_in_a_store_is_read_from_there(store: Store, articles: list[Path], tmp_path: Path) -> None:
    if GIVEN:
        pytest.skip("files are put only into the store started here")
    for file in articles:
        url = f"{store.environment['AWS_ENDPOINT_URL']}/desk/crawl/{file.name}"
        put = urllib.request.Request(url, file.read_bytes(), {"Content-Type": "text/plain"}, method="PUT")
        urllib.request.urlopen(put).close()
    made = store.told("ingest", "s3://desk/crawl/*.jsonl", "--archive", tmp_path / "here", "--at-scale")
    assert made["articles"] == 60
    refused = store.run("ingest", "s3://desk/crawl/*.warc", "--archive", "s3://desk/other")
    assert (refused.returncode, ".warc.gz" in refused.stderr) == (3, True), refused.stderr


def test_a_store_that_does_not_answer_is_no_empty_one(store: Store, articles: list[Path]) -> None:
    place = f"{store.url}/kept"
    store.told("ingest", articles[0], "--archive", place)
    dead = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ALLOW_HTTP": "true"}
    for command in (("search", "water"), ("ingest", articles[1])):
        done = store.apart(*command, "--archive", place, **dead)
        assert (done.returncode, "nothing is known of what it holds" in done.stderr) == (3, True), done.stderr
    assert store.told("ingest", articles[1], "--archive", place)["articles"] == 60
