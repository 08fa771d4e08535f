"""Planted names and words, looked for wherever the product could leave them.

200 identities and 200 reports, half of them Korean, are filed, searched for, published, exported, backed up and met
with errors by the real commands, each in a process with its own home, temporary and working folder. Then every byte
those left is searched: the desk's folder while it is open and after, the index, the backup, the edition, the export,
all that was printed, tracebacks, the temporary folders, memory, and a core dump where one can be had. Words are looked
for in UTF-8, UTF-16, hexadecimal, base64, JSON escapes, in any letter case, composed or not, packed or not. It matters
because one name in one temporary file is enough.

`planted` is how many words there are, `found` how many of them lie outside their compartment once their process has
ended: it must be 0. An export without identities is to hold the reports: there only names count. `places` has a row for
each place, and `selftest` how many of five ways of leaking on purpose were found: all five, or the bench fails.
`killed` imports of the case were stopped at a random instant, `killed_bundles` of a bundle of `many` records, which is
on file whole or not at all. A report of `large_mb` is refused at the door as a file of a case, and kept when a program
puts it into the vault; one of 1 MB is filed.

Memory is another matter, and not in `found`: `open_reports` and `open_names` are read in the memory of a process while
an editor has the case open, `closed_reports` and `closed_names` after it was closed and before the process ended:
Python does not overwrite what it lets go of. `swap_kb` is what of that process was in swap. `core_files` is how many
core dumps a command left that was aborted with dumps allowed, `core_control` how many a program left that allows them;
where that is 0 the system keeps them elsewhere, and nothing is shown.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench import Report, Row, _canaries
from bench._canaries import Found, Sandbox
from farbank import vault

DATA = "."
CASE = "june-order"
OFFICER, EDITOR = "Noor Salvinck", "Ilse Vargason"
WORDS = {name: f"{name} walks by the river" for name in (OFFICER, EDITOR)}
KILLS, QUICK_KILLS = 20, 3
LARGE, QUICK_LARGE = 100.0, 10.0
LARGEST = 1.0
"""Megabytes of one report that a case folder may just have."""
MANY, QUICK_MANY = 100_000, 2_000
SEED = 17
PREFIX = "farbank-canaries-"
REFUSED = 3
"""Exit code of a command that was given what it should not be."""

_HOLD = """
import gc, sys
from pathlib import Path
from farbank import vault
from farbank.vault import case_store
word = sys.stdin.readline().rstrip("\\n")
with vault.open(Path(sys.argv[1]), sys.argv[2], word) as opened:
    case = case_store.load(opened, sys.argv[3])
    print("open", flush=True)
    sys.stdin.readline()
del case
gc.collect()
print("closed", flush=True)
sys.stdin.readline()
"""
"""A program that has a case open, then closes it, and waits each time to be looked at."""

_CRASH = """
import faulthandler, sys
from pathlib import Path
from farbank import vault
from farbank.vault import case_store
faulthandler.enable()
word = sys.stdin.readline().rstrip("\\n")
with vault.open(Path(sys.argv[1]), sys.argv[2], word) as opened:
    case = case_store.load(opened, sys.argv[3])
    with opened.transaction(), opened.file("content") as file:
        case_store.save(opened, case)
        file.exec_driver_sql("INSERT INTO record VALUES (?, ?)", (case.reports[-1].text, case.reports[-2].text))
"""
"""A program that breaks off in the middle of writing; what it writes is a parameter of the statement that fails."""

_PUT = """
import sys
from pathlib import Path
from farbank import vault
word, size, *said = sys.stdin.read().splitlines()
body = "".join(f"{each} said that {each} is near. " for each in said).encode()
with vault.open(Path(sys.argv[1]), sys.argv[2], word) as opened:
    opened.put("content", "note", "large", body * (int(size) // len(body) + 1))
"""
"""A program that keeps one large text."""

_FILL = """
import sys
from pathlib import Path
from farbank import vault
word, many, *said = sys.stdin.read().splitlines()
with vault.open(Path(sys.argv[1]), sys.argv[2], word) as opened, opened.transaction():
    for number in range(int(many)):
        opened.put("content", "note", str(number), f"They spoke of {said[number % len(said)]}.".encode())
"""
"""A program that keeps many short texts."""

_ALLOWED = "import resource, os, sys; n = resource.RLIM_INFINITY; resource.setrlimit(resource.RLIMIT_CORE, (n, n)); "


def run(data: Path, *, quick: bool = False) -> Report:
    """Run the product on planted words and look for them; `data` is not read. Raises AssertionError if it is blind."""
    before = _in_tmp()
    with tempfile.TemporaryDirectory(prefix=PREFIX) as made:
        box, look = Sandbox(Path(made)), Found()
        rows: list[Row] = []
        desk = box.root / "desk"
        source = _canaries.case(box.root / "source" / CASE)
        _work(box, desk, source)
        rows += _places(box, look, ("desk", "index and desk"), ("backup", "backup"), ("site", "edition"))
        rows.append(_row("export without identities", look, box.files("export"), said=False))
        _go_wrong(box, desk, source)
        memory = _memory(box, look, desk, rows)
        rows += _places(box, look, ("printed", "printed, errors and tracebacks"))
        large = _large(box, desk, QUICK_LARGE if quick else LARGE)
        killed = _killed(box, QUICK_KILLS if quick else KILLS)
        killed |= _killed_bundle(box, QUICK_MANY if quick else MANY, QUICK_KILLS)
        core = _core(box, desk)
        rows += _places(box, look, ("desk", "desk with the large report"), ("killed", "killed imports"))
        rows += _places(box, look, ("home", "home"), ("tmp", "temporary folder"), ("cwd", "working folder"))
        rows.append(_row("left in /tmp by anybody", look, _strays(before)))
        found = sum(int(str(row["names"])) + int(str(row["reports"])) for row in rows)
        selftest = _selftest(box, look, rows)
        assert selftest == len(LEAKS), f"the search found {selftest} of {len(LEAKS)} leaks it was given"
        return {
            "planted": 2 * _canaries.COUNT,
            "found": found,
            "selftest": selftest,
            **memory,
            **large,
            **killed,
            **core,
            "places": rows,
        }


def _work(box: Sandbox, desk: Path, source: Path) -> None:
    """A day of the desk: set it up, file, search, check, publish, export, back up, look at it."""
    members = [f"{OFFICER}=safety-officer", f"{EDITOR}=editor"]
    asked = [part for member in members for part in ("--member", member)]
    _well(box, "desk", "init", str(desk), *asked, "--root", "1-of-1", lines=[WORDS[OFFICER], WORDS[EDITOR]])
    _well(box, "case", "import", str(source), *_as(desk, OFFICER))
    _well(box, "desk", "search", *_as(desk, EDITOR), lines=[WORDS[EDITOR], "nothing like it"])
    box.run("story", "check", CASE, *_as(desk, EDITOR))
    box.run("protect", "show", CASE, *_as(desk, EDITOR))
    _well(box, "story", "compile", CASE, "--out", str(box.root / "site"), *_as(desk, EDITOR))
    _well(box, "case", "export", CASE, str(box.root / "export"), *_as(desk, EDITOR))
    _well(box, "desk", "backup", str(box.root / "backup"), *_as(desk, OFFICER))
    _well(box, "desk", "audit", "--read", *_as(desk, OFFICER))
    _well(box, "desk", "seize", str(desk), "--as", "editor-laptop", "--with-passphrase", lines=[WORDS[EDITOR]])


def _go_wrong(box: Sandbox, desk: Path, source: Path) -> None:
    """What people do wrong, and what breaks: every message and every traceback is kept."""
    name, word = _canaries.names()[0], _canaries.said()[0]
    wrong: dict[str, tuple[str, str]] = {
        "persons.toml": (f'spellings = ["{name}"]', f'spellings = ["{name}'),
        "reports/planted-0.md": (f"They spoke of {word}", f"They spoke of {word}\x00\ud800"),
    }
    for number, (file, (old, new)) in enumerate(wrong.items()):
        broken = _canaries.case(box.root / "source" / f"broken-{number}")
        text = (broken / file).read_text("utf-8").replace(old, new, 1)
        (broken / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        _refused(box, "case", "import", str(broken), *_as(desk, OFFICER))
    for number, (old, new) in enumerate(
        [
            ('profile = { place = "kp:KP02" }', f'profile = {{ place = "{name}" }}'),
            (f'spellings = ["{name}"]', f'spellings = ["{name}", "ab"]'),
            (f'spellings = ["{name}"]', f'spelling = "{name}"'),
            (f'spellings = ["{name}"]', f'token = "{name}"'),
        ]
    ):
        broken = _canaries.case(box.root / "source" / f"unfit-{number}")
        text = (broken / "persons.toml").read_text("utf-8")
        (broken / "persons.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
        _refused(box, "case", "import", str(broken), *_as(desk, OFFICER))
    _refused(box, "case", "import", str(source), *_as(desk, OFFICER))  # it is on file
    _refused(box, "case", "import", str(source), "--replace", *_as(desk, EDITOR))  # no key to identities
    _refused(box, "case", "export", CASE, str(box.root / "x"), "--identities", *_as(desk, EDITOR))
    _refused(box, "desk", "status", *_as(desk, EDITOR), lines=["not her passphrase"])
    assert box.python("-c", _CRASH, str(desk), EDITOR, CASE, lines=[WORDS[EDITOR]]) != 0


def _memory(box: Sandbox, look: Found, desk: Path, rows: list[Row]) -> dict[str, int]:
    child = box.started("-c", _HOLD, str(desk), EDITOR, CASE, lines=[WORDS[EDITOR]])
    assert child.stdin is not None and child.stdout is not None
    figures: dict[str, int] = {}
    for state in ("open", "closed"):
        assert child.stdout.readline().decode().strip() == state
        held = [look.both(stretch, packed=False) for stretch in _memory_of(child.pid)]
        figures[f"{state}_names"] = len(frozenset[str]().union(*(names for names, _ in held)))
        figures[f"{state}_reports"] = len(frozenset[str]().union(*(reports for _, reports in held)))
        figures["swap_kb"] = max(figures.get("swap_kb", 0), _swapped(child.pid))
        if state == "open":
            rows += _places(box, look, ("desk", "desk while it is open"))
        child.stdin.write(b"\n")
        child.stdin.flush()
    child.communicate()
    assert figures["open_reports"], "the memory of a process that has a case open shows none of it: it cannot be read"
    return figures


def _memory_of(pid: int) -> Iterator[bytes]:
    """Every stretch of memory a process can write to."""
    with (Path("/proc") / str(pid) / "mem").open("rb", buffering=0) as memory:
        for line in (Path("/proc") / str(pid) / "maps").read_text().splitlines():
            span, rights, *_ = line.split()
            start, end = (int(each, 16) for each in span.split("-"))
            if rights.startswith("rw"):
                try:
                    memory.seek(start)
                    yield memory.read(end - start)
                except (OSError, OverflowError, ValueError):
                    continue


def _swapped(pid: int) -> int:
    lines = (Path("/proc") / str(pid) / "status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmSwap")), 0)


def _large(box: Sandbox, desk: Path, megabytes: float) -> dict[str, float]:
    huge = _canaries.case(box.root / "source" / "huge", megabytes=megabytes)
    _refused(box, "case", "import", str(huge), "--replace", *_as(desk, OFFICER))
    large = _canaries.case(box.root / "source" / "large", megabytes=LARGEST)
    started = time.perf_counter()
    _well(box, "case", "import", str(large), "--replace", *_as(desk, OFFICER))
    filed = time.perf_counter() - started
    given = [WORDS[EDITOR], str(int(megabytes * 1e6)), *_canaries.said()]
    assert box.python("-c", _PUT, str(desk), EDITOR, lines=given) == 0
    return {"large_mb": megabytes, "large_s": round(filed, 1)}


def _killed(box: Sandbox, kills: int) -> dict[str, int]:
    """Import into a new desk and kill it at a random instant, again and again."""
    draw = random.Random(SEED)
    desk = box.root / "killed" / "desk"
    asked = ["--member", f"{OFFICER}=safety-officer", "--member", f"{EDITOR}=editor", "--root", "1-of-1"]
    _well(box, "desk", "init", str(desk), *asked, lines=[WORDS[OFFICER], WORDS[EDITOR]])
    source = box.root / "source" / CASE
    importing = ("-m", "farbank", "case", "import", str(source), "--replace", *_as(desk, OFFICER)[:4])
    started = time.perf_counter()
    child = box.started(*importing, lines=[WORDS[OFFICER]])
    child.communicate()
    whole = time.perf_counter() - started
    for _ in range(kills):
        child = box.started(*importing, lines=[WORDS[OFFICER]])
        try:
            child.wait(timeout=draw.uniform(0.2, 1.0) * whole)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.communicate()
    return {"killed": kills}


def _killed_bundle(box: Sandbox, many: int, kills: int) -> dict[str, int]:
    """Read a bundle of many records at home and kill it at random instants; then look at what is on file."""
    away, home = box.root / "killed" / "away", box.root / "killed" / "home"
    file = box.root / "source" / "many.bundle"
    asked = ["--member", f"{OFFICER}=safety-officer", "--member", f"{EDITOR}=editor", "--root", "1-of-1"]
    _well(box, "desk", "init", str(home), *asked, lines=[WORDS[OFFICER], WORDS[EDITOR]])
    shutil.copytree(home, away)
    assert box.python("-c", _FILL, str(away), EDITOR, lines=[WORDS[EDITOR], str(many), *_canaries.said()]) == 0
    _well(box, "desk", "bundle", "out", str(file), *_as(away, EDITOR))
    whole = box.root / "killed" / "whole"
    shutil.copytree(home, whole)
    started = time.perf_counter()
    _well(box, "desk", "bundle", "in", str(file), *_as(whole, EDITOR))
    longest = time.perf_counter() - started
    draw, kept = random.Random(SEED), 0
    for _ in range(kills):
        child = box.started(
            "-m", "farbank", "desk", "bundle", "in", str(file), *_as(home, EDITOR), lines=[WORDS[EDITOR]]
        )
        try:
            child.wait(timeout=draw.uniform(0.3, 1.0) * longest)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.communicate()
        with vault.open(home, EDITOR, WORDS[EDITOR]) as opened:
            kept = len(opened.ids("content", "note"))
        assert kept in (0, many), f"{kept} of {many} records of a bundle are on file"
    return {"many": many, "killed_bundles": kills}


def _core(box: Sandbox, desk: Path) -> dict[str, int]:
    """Abort a command that has the desk open, and a program of ours that allows dumps, both with dumps allowed."""
    folder = box.root / "cwd"
    before = {*folder.iterdir()}
    command = ["-m", "farbank", "story", "check", CASE, "--desk", str(desk), "--as", EDITOR]
    started = box.started(
        "-c", _ALLOWED + f"os.execv(sys.executable, [sys.executable, *{command!r}])", lines=[WORDS[EDITOR]]
    )
    while not _has_open(started.pid, desk / "content.db"):
        time.sleep(0.05)
        assert started.poll() is None, "the command ended before it had the desk open"
    started.send_signal(signal.SIGABRT)
    started.communicate()
    assert started.returncode == -signal.SIGABRT
    ours = {*folder.iterdir()} - before
    child = box.started("-c", _ALLOWED + "\n" + _HOLD, str(desk), EDITOR, CASE, lines=[WORDS[EDITOR]])
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGABRT)
    child.communicate()
    control = {*folder.iterdir()} - before - ours
    for path in control:
        path.unlink()
    return {"core_files": len(ours), "core_control": len(control)}


def _has_open(pid: int, path: Path) -> bool:
    try:
        return any(each.resolve() == path for each in (Path("/proc") / str(pid) / "fd").iterdir())
    except OSError:
        return False


def _places(box: Sandbox, look: Found, *asked: tuple[str, str]) -> list[Row]:
    return [_row(name, look, box.files(folder)) for folder, name in asked]


def _row(place: str, look: Found, files: Iterable[tuple[str, bytes]], *, said: bool = True) -> Row:
    size, count = 0, 0
    names: set[str] = set()
    reports: set[str] = set()
    for _, data in files:
        size, count = size + len(data), count + 1
        read = look.both(data)
        names |= read[0]
        reports |= read[1] if said else frozenset()
    return {
        "place": place, "files": count, "mb": round(size / 1e6, 2), "names": len(names), "reports": len(reports),
    }  # fmt: skip


def _in_tmp() -> frozenset[Path]:
    """What farbank has in the system's own temporary folder, without what this bench put there, now or ever."""
    own = Path(tempfile.gettempdir())
    return frozenset(own.glob("farbank-*")) - frozenset(own.glob(f"{PREFIX}*"))


def _strays(before: frozenset[Path]) -> Iterator[tuple[str, bytes]]:
    """Files of this account in the system's own temporary folder, in case a command did not heed ours."""
    for path in sorted(_in_tmp() - before):
        for each in (path, *path.rglob("*")):
            if each.is_file():
                yield str(each), each.read_bytes()


LEAKS: dict[str, Callable[[str], bytes]] = {
    "a log": lambda word: f"2031-04-02 filed: {word}\n".encode(),
    "a core": lambda word: bytes(4096) + word.encode("utf-16-le") + bytes(4096),
    "a cache": lambda word: gzip.compress(json.dumps({"of": word}).encode()),
    "a mail": lambda word: base64.b64encode(f"Subject: {word}\r\n".encode()),
    "a dump": lambda word: word.upper().encode().hex().encode(),
}


def _selftest(box: Sandbox, look: Found, rows: list[Row]) -> int:
    """How many ways of leaking are found, a name and a word of a report in each, in the places just found clean."""
    seen = 0
    for number, leak in enumerate(LEAKS.values()):
        name, word = _canaries.names()[-1 - number], _canaries.said()[-1 - number]
        planted = box.root / "tmp" / f"leak-{number}"
        planted.write_bytes(b"\x07\x00" + leak(name) + b"\x00\x00" + leak(word))
        row = _row("leak", look, box.files("tmp"))
        before = next(row for row in rows if row["place"] == "temporary folder")
        planted.unlink()
        seen += (row["names"], row["reports"]) == (_plus(before["names"]), _plus(before["reports"]))
    return seen


def _plus(count: object) -> int:
    return int(str(count)) + 1


def _as(desk: Path, name: str) -> tuple[str, ...]:
    return ("--desk", str(desk), "--as", name)


def _refused(box: Sandbox, *arguments: str, lines: Iterable[str] | None = None) -> None:
    """Run a command that must refuse what it is given, and say so in a sentence."""
    given = list(lines) if lines is not None else [WORDS[arguments[arguments.index("--as") + 1]]]
    code = box.run(*arguments, lines=given)
    assert code == REFUSED, f"{' '.join(arguments[:3])} ended with {code}"


def _well(box: Sandbox, *arguments: str, lines: Iterable[str] | None = None) -> None:
    """Run a command that must succeed; whoever --as names gives their passphrase."""
    given = list(lines) if lines is not None else [WORDS[arguments[arguments.index("--as") + 1]]]
    code = box.run(*arguments, lines=given)
    last = sorted((box.root / "printed").iterdir())[-1].read_bytes()[-300:]
    assert code == 0, f"{' '.join(arguments[:2])} ended with {code}: {last!r}"
