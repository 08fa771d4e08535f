"""Fifty editors at once on one PostgreSQL: `python -m bench vault --url postgresql://HOST/DATABASE`, an empty database.

Each editor has a connection of their own, and does one step after another with a pause between, as long at random as
people pause (`PAUSE` seconds in the middle): a report filed, a report read, the list of reports, an entry in a log, and
one number that all of them raise by one, read and written in one transaction. Handlers read meanwhile, each of whom may
see one partner's reports, and ask past the store for whatever the server gives them. The same is done once more without
a pause, which says what the server and this one process with all fifty in it can bear. `--quick` takes a third of the
steps. The server must believe whoever says who they are (`trust`), as on a socket of its own: nobody here has a
password.

Keys: editors, steps, p50_ms, p95_ms and worst_ms of a step, p95_no_pause_ms, steps_per_s_no_pause, lost (raises of the
number that are not in it, filed reports and log entries that are not there), strays (rows somebody saw who may not).
Held to: p95 100 ms, lost 0, strays 0. Locks are taken for the whole of a step that raises the number, so that editors
wait for each other there as they would for a colleague who saves a case.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench import Report
from farbank import vault
from farbank.vault import keyring, policies, server, share

EDITORS, HANDLERS, STEPS, PAUSE = 50, 5, 30, 1.0
KIND, TOPIC = "report", "judgements:mill"
COUNTER: vault.Address = ("content", "note", "raised by all")
_CHEAP = vault.Cost(passes=1, memory=8192)


def run(url: str, *, quick: bool = False) -> Report:
    """Share an invented desk on an empty database and let everybody work on it."""
    steps = STEPS // 3 if quick else STEPS
    with tempfile.TemporaryDirectory() as at:
        folder = _shared(Path(at), url)
        paused = _work(folder, steps, PAUSE, "paused")
        started = time.perf_counter()
        pressed = _work(folder, steps, 0, "pressed")
        seconds = time.perf_counter() - started
        lost = _lost(folder, (paused, pressed))
    took = [each * 1000 for each in paused.took]
    return {
        "editors": EDITORS,
        "steps": len(paused.took) + len(pressed.took),
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(_p95(took), 1),
        "worst_ms": round(max(took), 1),
        "p95_no_pause_ms": round(_p95(pressed.took) * 1000, 1),
        "steps_per_s_no_pause": round(len(pressed.took) / seconds),
        "lost": lost,
        "strays": paused.strays + pressed.strays,
    }


class _Work:
    """What all did in one go."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.filed: list[str] = []
        self.entries: list[bytes] = []
        self.raised = 0
        self.strays = 0
        self.failed: list[BaseException] = []


def _shared(at: Path, url: str) -> Path:
    people: list[tuple[str, tuple[vault.Role, ...]]] = [("officer", ("safety-officer",))]
    people += [(_editor(number), ("editor",)) for number in range(EDITORS)]
    people += [(_handler(number), ("handler",)) for number in range(HANDLERS)]
    members = [vault.Member(name, f"{name} and six herons", roles) for name, roles in people]
    vault.create(at / "desk", members, since=date(2031, 1, 1), cost=_CHEAP)
    with _open(at / "desk", "officer") as opened:
        opened.put(*COUNTER, b"0")
        for number in range(HANDLERS):
            opened.open_scope("content", _scope(number), [_handler(number)])
            opened.put("content", KIND, f"of-{number}", b"what a partner said", scope=_scope(number))
        share.share(opened, url, at / "shared", administrator=urlsplit(url).username)
    return at / "shared"


def _work(folder: Path, steps: int, pause: float, go: str) -> _Work:
    done, ready = _Work(), threading.Barrier(EDITORS + HANDLERS)
    over = threading.Event()
    editors = [
        threading.Thread(target=_guarded, args=(done, ready, _edit, folder, number, steps, pause, go))
        for number in range(EDITORS)
    ]
    handlers = [
        threading.Thread(target=_guarded, args=(done, ready, _handle, folder, number, over))
        for number in range(HANDLERS)
    ]
    for each in (*editors, *handlers):
        each.start()
    for each in editors:
        each.join()
    over.set()
    for each in handlers:
        each.join()
    if done.failed:
        raise done.failed[0]
    return done


def _guarded(done: _Work, ready: threading.Barrier, work: Callable[..., None], *given: object) -> None:
    try:
        work(done, ready, *given)
    except BaseException as error:  # a thread's error would be printed and forgotten
        done.failed.append(error)
        ready.abort()


def _edit(done: _Work, ready: threading.Barrier, folder: Path, number: int, steps: int, pause: float, go: str) -> None:
    dice, name = random.Random(number), _editor(number)
    with _open(folder, name) as opened:
        ready.wait()
        for step in range(steps):
            time.sleep(dice.uniform(0, 2 * pause))
            id, kind = f"{go}-{name}-{step}", dice.choice(("file", "file", "read", "list", "log", "raise"))
            started = time.perf_counter()
            if kind == "file":
                opened.put("content", KIND, id, b"what a partner said, at some length. " * 20)
            elif kind == "read":
                opened.get("content", KIND, f"of-{dice.randrange(HANDLERS)}")
            elif kind == "list":
                opened.ids("content", KIND)
            elif kind == "log":
                opened.append("content", TOPIC, id.encode())
            else:
                with opened.transaction():
                    opened.put(*COUNTER, str(int(opened.get(*COUNTER)) + 1).encode())
            done.took.append(time.perf_counter() - started)
            if kind == "file":
                done.filed.append(id)
            elif kind == "log":
                done.entries.append(id.encode())
            done.raised += kind == "raise"


def _handle(done: _Work, ready: threading.Barrier, folder: Path, number: int, over: threading.Event) -> None:
    name, url = _handler(number), server.read(folder)
    who = keyring.read(folder).roster.colleague(name)
    if url is None or who is None:
        raise LookupError(name)
    with _open(folder, name) as opened, psycopg.connect(url, user=policies.role(who.public), autocommit=True) as past:
        ready.wait()
        while not over.wait(0.5):
            done.strays += len(set(opened.ids("content", KIND)) - {f"of-{number}"})
            done.strays += len(past.execute("SELECT FROM content.record").fetchall()) - 1
            for closed in ("identities.record", "ledger.entry"):
                try:
                    done.strays += len(past.execute(f"SELECT FROM {closed}").fetchall())
                except psycopg.errors.InsufficientPrivilege:
                    continue


def _lost(folder: Path, works: tuple[_Work, ...]) -> int:
    with _open(folder, "officer") as opened:
        there, entries = set(opened.ids("content", KIND)), set(opened.log("content", TOPIC))
        lost = sum(len(set(of.filed) - there) + len(set(of.entries) - entries) for of in works)
        return lost + abs(sum(of.raised for of in works) - int(opened.get(*COUNTER)))


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def _editor(number: int) -> str:
    return f"editor {number}"


def _handler(number: int) -> str:
    return f"handler {number}"


def _scope(number: int) -> str:
    return f"partner/heron-{number}"


def _open(folder: Path, name: str) -> vault.Vault:
    return vault.open(folder, name, f"{name} and six herons")
