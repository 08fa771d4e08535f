"""A desk whose writer dies: children that tell each write once it is kept, and what is there after them.

What a power cut leaves is made of what SQLite asks of a disk: all that was synced is there, and any part of what was
not. Past the last frame that counts the log is not synced; a page whose new version the log holds may be torn in the
file.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from farbank import vault
from farbank.vault import audit
from farbank.vault.desk_folder import open_with
from farbank.vault.keyring import read

NAME, WORDS = "Person 1", "seven grey herons wade"
CHEAP = vault.Cost(passes=1, memory=8192)
GROUP = 3
"""Records written together: all or none."""
FRAME, HEADER, PAGE, SECTOR = 24, 32, 4096, 512
MX_FRAME = 16
"""Where the shared memory beside a log says how many of its frames count (wal-index header, SQLite file format 4)."""


Tell = Callable[[int], object]


@dataclass
class Found:
    """What went wrong, counted over all trials."""

    lost: int = 0
    unopenable: int = 0
    partial: int = 0
    why: list[str] = field(default_factory=list)


class Desk:
    """A small desk and what its writers were told is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        member = vault.Member(NAME, WORDS, ("safety-officer", "editor"))
        vault.create(folder, [member], since=date(2031, 1, 1), cost=CHEAP)
        with vault.open(folder, NAME, WORDS) as opened:
            self.secret = opened.secret
        self.kept = 0

    def open(self, folder: Path | None = None) -> vault.Vault:
        """The desk, without deriving the key again."""
        ring = read(folder or self.folder)
        return open_with(folder or self.folder, ring, ring.people[0], self.secret)

    def write(self, tell: Tell, chance: random.Random) -> None:
        """Write groups of records, each with a line of the audit, and tell each once it is kept."""
        with self.open() as opened:
            for number in count(self.kept):
                with opened.transaction():
                    for part in range(GROUP):
                        body = bytes([number % 251]) * chance.choice((40, 400, 4_000, 40_000))
                        opened.put("content", "note", f"{number}/{part}", body)
                    opened.note("noted", about=str(number))
                tell(number)

    def die(self, chance: random.Random, longest: float) -> bool:
        """Have a child write and kill it at a random moment; False if it ended by itself."""
        child, told = _forked(lambda tell: self.write(tell, chance))
        time.sleep(chance.uniform(0, longest))
        return self._ended(child, told)

    def crash(self, chance: random.Random) -> None:
        """Have a child write a little and end without closing, its log as it is."""
        last = self.kept + chance.randint(0, 5)

        def some(tell: Tell) -> None:
            def tell_and_die(number: int) -> None:
                tell(number)
                if number == last:
                    os.kill(os.getpid(), signal.SIGKILL)

            self.write(tell_and_die, chance)

        child, told = _forked(some)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        self._ended(child, told)

    def fill(self, chance: random.Random, limit: int) -> None:
        """Have a child write until no file may grow beyond `limit` bytes, which it is told as VaultNotWritten."""

        def until_full(tell: Tell) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            try:
                self.write(tell, chance)
            except vault.VaultNotWritten:
                return

        child, told = _forked(until_full)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        self._ended(child, told)

    def _ended(self, child: int, told: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(told, "rb") as pipe:
            numbers = pipe.read()
        if numbers:
            self.kept = struct.unpack(">I", numbers[-4:])[0] + 1
        if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
            raise RuntimeError("a writer ended in an error the vault has no name for; it stands above")
        return os.WIFSIGNALED(status)

    def look(self, found: Found, folder: Path | None = None, *, every_page: bool = False) -> None:
        """Open the desk and count what is not as its writers were told."""
        try:
            with self.open(folder) as opened:
                if every_page:
                    opened.check()
                ids = set(opened.ids("content", "note"))
                newest = sorted({int(id.partition("/")[0]) for id in ids})[-3:]
                for number in newest:
                    for part in range(GROUP):
                        if f"{number}/{part}" in ids:
                            opened.get("content", "note", f"{number}/{part}")
                with opened.file("audit") as file:
                    lines = audit.verify(file, opened.roster).lines
        except vault.VaultDamaged as error:
            found.unopenable += 1
            found.why.append(str(error))
            return
        numbers = {int(id.partition("/")[0]) for id in ids}
        found.lost += len(set(range(self.kept)) - numbers)
        found.partial += len(numbers) * GROUP - len(ids) + (lines - 1 < len(numbers))
        if folder is None:
            self.kept = max(numbers, default=-1) + 1  # one that was kept and could not be told any more is kept


def power_cut(desk: Desk, chance: random.Random, found: Found, scratch: Path) -> None:
    """Pull the plug on a writer, and let the disk keep whatever it likes of what was not synced."""
    desk.crash(chance)
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(desk.folder, scratch)
    for name in ("content.db", "audit.db"):
        _tear(scratch / name, chance)
    desk.look(found, scratch, every_page=True)
    desk.look(found)


def _tear(path: Path, chance: random.Random) -> None:
    log, memory = Path(f"{path}-wal"), Path(f"{path}-shm")
    if not memory.exists() or not log.exists():
        return
    (frames,) = struct.unpack_from("=I", memory.read_bytes(), MX_FRAME)
    memory.unlink()  # it was never on the disk
    data = bytearray(log.read_bytes())
    synced = HEADER + frames * (FRAME + PAGE)
    pages = {struct.unpack_from(">I", data, HEADER + n * (FRAME + PAGE))[0] for n in range(frames)}
    tail = chance.choice(("cut", "noise", "zeros"))
    if tail == "cut":
        data = data[: synced + chance.randint(0, max(0, len(data) - synced))]
    else:
        more = chance.randint(1, 3 * PAGE)
        data[synced:] = chance.randbytes(more) if tail == "noise" else bytes(more)
    log.write_bytes(data)
    base = bytearray(path.read_bytes())
    for page in chance.sample(sorted(pages), min(3, len(pages))):
        start = (page - 1) * PAGE + SECTOR * chance.randint(1, 6)  # the first sector never changes on page one
        if start + SECTOR <= len(base):
            base[start : start + SECTOR] = chance.randbytes(SECTOR)
    path.write_bytes(base)


def full_disk(desk: Desk, chance: random.Random, found: Found) -> None:
    """Write until the disk takes no more."""
    largest = max(path.stat().st_size for path in desk.folder.iterdir())
    desk.fill(chance, largest + chance.choice((0, 1, 5_000, 50_000, 500_000)))
    desk.look(found, every_page=True)


def read_only(desk: Desk, found: Found) -> bool:
    """Write to a disk that takes nothing; False where this machine does not let us have one."""
    folder = str(desk.folder)
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        return False
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True, capture_output=True)
        try:
            with desk.open() as opened:
                opened.put("content", "note", "x/0", b"")
        except vault.VaultNotWritten:
            pass
        else:
            found.partial += 1
    finally:
        subprocess.run(["umount", folder], check=True, capture_output=True)
    desk.look(found, every_page=True)
    return True


def _forked(work: Callable[[Tell], None]) -> tuple[int, int]:
    """A child at work, and the end of a pipe that holds each number it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    try:
        work(lambda number: os.write(writing, struct.pack(">I", number)))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
