"""A file from outside made fit to publish, in a child process that can be lost."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

import farbank
from farbank import whole
from farbank.desk.errors import CopyInTheWay, MediaTooHeavy, NotABox
from farbank.desk.media_child import Answer, Caps, Known, Made, Refused, Seen, Sized, Task, Want, refusal
from farbank.model.pictures import Box
from farbank.model.sightings import Fingerprint
from farbank.protect.media.anew import Copy, Look
from farbank.protect.media.errors import NotAPicture, NotMedia
from farbank.protect.media.kinds import MOST_BYTES, Kind, kind_of
from farbank.protect.media.pictures import is_picture
from farbank.protect.media.render import Rendered
from farbank.protect.readers.pieces import Unreadable

PICTURE = Caps(memory_mb=1024, seconds=30, answer_mb=256)
PAPER = Caps(memory_mb=1024, seconds=60, answer_mb=256)
FILM = Caps(memory_mb=2048, seconds=600, answer_mb=512)
_CAPS: dict[Kind, Caps] = {"film": FILM, "pdf": PAPER, "docx": PAPER}
"""By kind; all others are pictures."""
_EDGES = ("left", "top", "width", "height")
_PATIENCE = 3
"""Times its seconds of processor that a child may take by the clock, on a machine with other work."""
_START = "import sys; sys.path.insert(0, sys.argv[1]); from farbank.desk.media_child import main; main()"
"""What the child runs: this very farbank, from wherever it is installed. `-I` keeps everything else out."""


def clean_media(data: bytes, file: str, cover: Sequence[Box] = (), *, caps: Caps | None = None) -> Copy:
    """Make a published copy of a file; `data`, the sealed original, stays as it is and is known by its SHA-256.

    Raises NotMedia, SoundOnly, MissingExtra, NoWall where the child could not be shut in, and MediaTooHeavy where it
    took more than its caps or broke.
    """
    answer = _asked(_task(data, file, caps, cover=tuple(cover)), data, file)
    if not isinstance(answer, Made) or answer.copy.original != hashlib.sha256(data).hexdigest():
        raise MediaTooHeavy(file)
    return answer.copy


def render_picture(data: bytes, file: str, cover: Sequence[Box] = ()) -> Rendered:
    """A picture of a story in every size; raises what `clean_media` does, and NotAPicture for other kinds."""
    answer = _asked(_picture_task(data, file, "sizes", tuple(cover)), data, file)
    if not isinstance(answer, Sized) or answer.rendered.copy.original != hashlib.sha256(data).hexdigest():
        raise MediaTooHeavy(file)
    return answer.rendered


def fingerprint_picture(data: bytes, file: str) -> Fingerprint | None:
    """How a picture looks from afar, None if it is too plain; raises what `render_picture` does."""
    answer = _asked(_picture_task(data, file, "fingerprint"), data, file)
    if not isinstance(answer, Known) or answer.printed.original != hashlib.sha256(data).hexdigest():
        raise MediaTooHeavy(file)
    return answer.printed.fingerprint


def look_at_media(data: bytes, file: str, *, caps: Caps | None = None) -> Look:
    """Say what a file gives away, where faces may be and whether it may be published as it is; raises the same."""
    answer = _asked(_task(data, file, caps, want="look"), data, file)
    if not isinstance(answer, Seen):
        raise MediaTooHeavy(file)
    return answer.look


def clean_file(file: Path, out: Path, cover: Sequence[Box] = ()) -> Copy:
    """Write a published copy of `file` at `out`, whole or not at all.

    Raises what `clean_media` does, and CopyInTheWay where something is at `out` already.
    """
    if out.exists() or out.is_symlink():
        raise CopyInTheWay(f"there is something at {out} already, and it was left alone; name a new file")
    copy = clean_media(_read(file), file.name, cover)
    whole.file(out, copy.data)
    return copy


def look_at_file(file: Path) -> Look:
    """Look at a file on the disk; raises what `look_at_media` does."""
    return look_at_media(_read(file), file.name)


def record_lines(look: Look) -> tuple[str, ...]:
    """What to paste into the record of a picture: every box suggested, and who looked, to be filled in."""
    if not is_picture(look.kind):
        return ()
    cover = ", ".join(each.box.written for each in look.suggested)
    return (*((f"cover = [{cover}]",) if cover else ()), f'looked_over = {{ by = "", original = "{look.original}" }}')


def boxes(written: Sequence[str]) -> tuple[Box, ...]:
    """Read boxes written as LEFT,TOP,WIDTH,HEIGHT. Raises NotABox."""
    return tuple(_box(each) for each in written)


def _box(written: str) -> Box:
    try:
        return msgspec.convert(dict(zip(_EDGES, map(int, written.split(",")), strict=True)), Box)
    except ValueError:
        raise NotABox(
            f"{written!r} is not a box; write --cover LEFT,TOP,WIDTH,HEIGHT in pixels from the upper left corner"
        ) from None


def _read(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise NotMedia(file.name, f"it is larger than {MOST_BYTES >> 20} MB")
    return file.read_bytes()


def _task(data: bytes, file: str, caps: Caps | None, *, want: Want = "copy", cover: tuple[Box, ...] = ()) -> Task:
    try:
        kind = kind_of(data)
    except Unreadable as error:
        raise NotMedia(file, str(error)) from None
    return Task(caps=caps or _CAPS.get(kind, PICTURE), kind=kind, want=want, cover=cover)


def _picture_task(data: bytes, file: str, want: Want, cover: tuple[Box, ...] = ()) -> Task:
    task = _task(data, file, None, want=want, cover=cover)
    if not is_picture(task.kind):
        raise NotAPicture(file)
    return task


def _asked(task: Task, data: bytes, file: str) -> Answer:
    root = str(Path(farbank.__file__).parent.parent)
    child = subprocess.Popen(  # noqa: S603  the interpreter that runs us, and a line of our own
        [sys.executable, "-I", "-c", _START, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"},
    )
    feeder = threading.Thread(target=_feed, args=(child, task, data), daemon=True)
    late = threading.Timer(_PATIENCE * task.caps.seconds, child.kill)
    feeder.start()
    late.start()
    try:
        most = task.caps.answer_mb << 20
        told = child.stdout.read(most + 1) if child.stdout else b""
        if len(told) > most:
            raise MediaTooHeavy(file)
        if child.wait() != 0:
            raise MediaTooHeavy(file)
        answer: Answer = msgspec.msgpack.decode(told, type=Answer)
    except msgspec.MsgspecError:
        raise MediaTooHeavy(file) from None
    finally:
        late.cancel()
        child.kill()
        child.wait()
        feeder.join()
        if child.stdout:
            child.stdout.close()
    if isinstance(answer, Refused):
        raise refusal(answer, file)
    return answer


def _feed(child: subprocess.Popen[bytes], task: Task, data: bytes) -> None:
    if child.stdin is None:
        return
    try:
        child.stdin.write(msgspec.json.encode(task) + b"\n")
        child.stdin.write(data)
        child.stdin.close()
    except OSError:  # the child ended before it had read all: its answer, or the lack of one, says why
        return
