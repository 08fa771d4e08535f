"""What the child process runs: one hostile file in by standard input, one answer out, under limits it sets itself."""

from __future__ import annotations

import resource
import sys
from typing import Literal

import msgspec

from farbank.desk import wall
from farbank.desk.errors import NoWall
from farbank.model.errors import FarbankError
from farbank.model.pictures import Box
from farbank.protect.media.anew import Copy, Look, anew, look, ready
from farbank.protect.media.errors import MissingExtra, NotMedia, SoundOnly
from farbank.protect.media.kinds import Kind
from farbank.protect.media.render import Printed, Rendered, printed, render


class Caps(msgspec.Struct, frozen=True, kw_only=True):
    """What a child may take: megabytes of address space, seconds of processor, megabytes of answer."""

    memory_mb: int
    seconds: int
    answer_mb: int


Want = Literal["copy", "look", "sizes", "fingerprint"]
"""A published copy of any kind of file, a look at one, a picture in the sizes of a page, or its fingerprint."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of the input; the bytes of the file, which by its first ones is of `kind`, follow it."""

    caps: Caps
    kind: Kind
    want: Want = "copy"
    cover: tuple[Box, ...] = ()


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The error that `anew` or `look` raised, without the name of the file, which no child is told."""

    error: str
    reason: str


class Made(msgspec.Struct, frozen=True, tag=True):
    """A published copy."""

    copy: Copy


class Seen(msgspec.Struct, frozen=True, tag=True):
    """A look at a file."""

    look: Look


class Sized(msgspec.Struct, frozen=True, tag=True):
    """A picture in every size a page needs."""

    rendered: Rendered


class Known(msgspec.Struct, frozen=True, tag=True):
    """The fingerprint of a picture."""

    printed: Printed


Answer = Refused | Made | Seen | Sized | Known
_REFUSALS = (NotMedia, SoundOnly, MissingExtra, NoWall)
FILE = "\x00"
"""Stands for the name of the file in the messages of a child."""


def main() -> None:
    """Do one task and write the answer; whatever else goes wrong ends the process without one.

    All that the kind of file takes is loaded, then the wall is shut, and only then is a byte of the file read.
    """
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    limit(task.caps)
    try:
        ready(task.kind, look=task.want == "look")
        wall.shut()
    except (MissingExtra, NoWall) as error:
        given: Answer = refused(error)
    else:
        given = answer(task, sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.msgpack.encode(given))


def limit(caps: Caps) -> None:
    """Cap this process for good: memory, processor, no file written, no core dump that would hold the original."""
    for what, most in (
        (resource.RLIMIT_AS, caps.memory_mb << 20),
        (resource.RLIMIT_CPU, caps.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(task: Task, data: bytes) -> Answer:
    """Do a task."""
    try:
        match task.want:
            case "copy":
                return Made(anew(data, FILE, task.cover))
            case "look":
                return Seen(look(data, FILE))
            case "sizes":
                return Sized(render(data, FILE, task.cover))
            case "fingerprint":
                return Known(printed(data, FILE))
    except _REFUSALS as error:
        return refused(error)


def refused(error: FarbankError) -> Refused:
    """An error as an answer."""
    return Refused(type(error).__name__, str(error))


def refusal(refused: Refused, file: str) -> FarbankError:
    """The error a child met, about the file the caller knows by name."""
    for kind in _REFUSALS:
        if kind.__name__ == refused.error:
            error = kind.__new__(kind)
            FarbankError.__init__(error, refused.reason.replace(FILE, file))
            return error
    return NotMedia(file, "its reader failed")
