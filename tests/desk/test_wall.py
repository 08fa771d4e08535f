"""Behind the wall a process computes and answers; it reaches no file, no network and no other process."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PIL import Image

import farbank
from farbank.desk import clean_media as desk
from farbank.desk.clean_media import clean_media, look_at_media
from farbank.desk.errors import MediaTooHeavy, NoWall
from farbank.protect.media.anew import anew, look
from farbank.protect.media.errors import MissingExtra
from tests.protect.media import corpus

ATTEMPTS = {
    "a socket": "socket.socket()",
    "a pair of sockets": "socket.socketpair()",
    "a file read": "open('/etc/passwd')",
    "a file written": "open('/tmp/farbank-wall', 'w')",
    "a descriptor of its own doubled": "os.dup(1)",
    "a pipe": "os.pipe()",
    "a process": "os.fork()",
    "a program in its place": "os.execv('/bin/true', ['true'])",
    "a program beside it": "subprocess.run(['/bin/true'])",
}
BY_NAME = {
    "a file looked at": "os.stat('/etc/passwd')",
    "a file deleted": "os.unlink('/tmp/farbank-wall')",
    "a file renamed": "os.rename('/tmp/farbank-wall', '/tmp/farbank-wall-2')",
    "a link": "os.symlink('word', '/tmp/farbank-wall-3')",
    "another process signalled": "os.kill(os.getppid(), 0)",
    "the limit raised": "libc.setrlimit(resource.RLIMIT_NOFILE, b'\\x09\\0\\0\\0\\0\\0\\0\\0' * 2) == -1 and fail()",
    "another process read": "libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0) == -1 and fail()",
}
"""Attempts that open nothing: only the filter of calls stands in their way."""


def behind_the_wall(attempt: str) -> str:
    """What a process answers that shuts itself in and then tries something."""
    tried = (
        "import ctypes, os, resource, socket, subprocess, sys; sys.path.insert(0, sys.argv[1])\n"
        "from farbank.desk import wall\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "def fail(): raise OSError(ctypes.get_errno(), '')\n"
        "wall.shut()\n"
        f"try:\n    {attempt}\n"
        "except OSError as error:\n    print('refused', error.errno)\n"
        "else:\n    print('done')\n"
    )
    root = farbank.__path__[0].removesuffix("farbank")
    ran = subprocess.run([sys.executable, "-I", "-c", tried, root], capture_output=True, text=True, check=False)
    return ran.stdout.strip() or ran.stderr


@pytest.mark.parametrize("what", ATTEMPTS)
def test_no_file_no_network_and_no_process_is_reached(what: str) -> None:
    assert behind_the_wall(ATTEMPTS[what]).startswith("refused")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="calls are filtered on Linux")
@pytest.mark.parametrize("what", BY_NAME)
def test_what_opens_nothing_is_turned_down_by_the_kernel(what: str) -> None:
    assert behind_the_wall(BY_NAME[what]) == "refused 1"


def test_what_is_open_still_answers() -> None:
    assert behind_the_wall("print(sum(range(9)))").splitlines() == ["36", "done"]


def test_threads_still_start() -> None:
    thread = "import threading; t = threading.Thread(target=print, args=('ran',)); t.start(); t.join()"
    assert behind_the_wall(thread).splitlines() == ["ran", "done"]


def turned() -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = 6
    return tags


@pytest.mark.parametrize(
    "original",
    [
        corpus.saved(corpus.scene(), "MPO", save_all=True, append_images=[corpus.scene()]),
        corpus.saved(corpus.scene().convert("CMYK"), "JPEG"),
        corpus.saved(corpus.scene(), "JPEG", exif=turned(), progressive=True),
        corpus.saved(corpus.scene().quantize(9), "PNG", transparency=0),
        corpus.saved(corpus.scene().convert("I;16"), "PNG"),
        corpus.saved(corpus.scene(), "TIFF", compression="tiff_lzw"),
        corpus.saved(corpus.scene().convert("1"), "TIFF", compression="group4"),
        corpus.saved(corpus.scene(), "WEBP", save_all=True, append_images=[corpus.scene().rotate(9)]),
    ],
    ids=["several", "cmyk", "turned", "palette", "deep", "lzw", "fax", "moving"],
)
def test_odd_pictures_decode_behind_the_wall(original: bytes) -> None:
    assert clean_media(original, "levee") == anew(original)


@pytest.mark.parametrize("kind", corpus.MAKERS)
def test_a_look_from_behind_the_wall_sees_the_same(kind: str) -> None:
    pytest.importorskip("cv2", reason="needs the extra media: pip install 'farbank[media]'")
    assert look_at_media(corpus.made(kind), f"levee.{kind}") == look(corpus.made(kind))


@pytest.mark.parametrize(("kind", "needs"), [("heic", "pillow_heif"), ("pdf", "pypdfium2"), ("mp4", "av")])
def test_a_missing_extra_is_named_by_a_child_too(kind: str, needs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = corpus.made(kind)
    monkeypatch.setattr(desk, "_START", desk._START.replace("; from", f"; sys.modules[{needs!r}] = None; from", 1))
    with pytest.raises(MissingExtra, match=r"pip install 'farbank\[media\]'"):
        clean_media(original, f"levee.{kind}")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="calls are filtered on Linux")
def test_where_no_wall_can_be_shut_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    without = "from farbank.desk import wall; wall._SECCOMP = -1; from"
    monkeypatch.setattr(desk, "_START", desk._START.replace("from", without, 1))
    with pytest.raises(NoWall, match="lets no process shut itself in"):
        clean_media(corpus.made("jpeg"), "levee.jpg")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="calls are filtered on Linux")
def test_calls_numbered_as_on_another_machine_end_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "from farbank.desk import wall; wall._MACHINES = {k: (0, 0) for k in wall._MACHINES}; from"
    monkeypatch.setattr(desk, "_START", desk._START.replace("from", other, 1))
    with pytest.raises(MediaTooHeavy):
        clean_media(corpus.made("jpeg"), "levee.jpg")
