from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from farbank.model import codec
from farbank.model.statemedia import Article, Window

for needed in ("daft", "lance", "lance_ray", "ray"):
    pytest.importorskip(needed, reason="needs farbank[cluster]")

from farbank.watch import cluster  # noqa: E402

BUILD = """
import json, sys
from pathlib import Path
from farbank.watch import cluster

if __name__ == "__main__":
    cluster.build([sys.argv[1]], sys.argv[2], cluster.reader(), "local")
    import ray

    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    listening = {row[1].rpartition(":")[0] for row in rows if row[3] == "0A"}
    print(json.dumps([sorted(listening), [node["NodeManagerAddress"] for node in ray.nodes()]]))
"""
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
FIRST = date(2031, 7, 1)


def listening() -> set[str]:
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return {row[1].rpartition(":")[0] for row in rows if row[3] == "0A"}


def test_a_cluster_gives_the_same_archive_and_is_reached_from_this_machine_alone(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    with source.open("wb") as file:
        for n in range(600):
            day = FIRST + timedelta(n % 20)
            body = f"Ferry {n % 7} left.\nStorm {n % 5} came over the quay."
            one = Article(id=f"a{n}", outlet="Wire", lang="en", date=day, title=f"Report {n}", body=body)
            file.write(codec.to_json(one) + b"\n")
    before = listening()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", BUILD, str(source), str(tmp_path / "there")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    addresses, nodes = json.loads(done.stdout.splitlines()[-1])
    assert nodes == ["127.0.0.1"]
    assert set(addresses) - before <= LOOPBACK
    here = cluster.build([str(source)], str(tmp_path / "here"), cluster.reader())
    window = Window(first=FIRST, last=FIRST + timedelta(9))
    with cluster.open(str(tmp_path / "here")) as one, cluster.open(str(tmp_path / "there")) as other:
        assert other.extent == here
        assert [other.store.article(n) for n in (1, 300, 600)] == [one.store.article(n) for n in (1, 300, 600)]
        needles = [{"en": (("storm", "3"), ("ferri", "2"))}]
        assert other.index.find(needles, window) == one.index.find(needles, window) != {}
