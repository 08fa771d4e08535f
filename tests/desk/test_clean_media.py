"""Files from outside are made anew in a child that has little memory, little time, and no way to write."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest
from PIL import Image

from farbank.desk import clean_media as desk
from farbank.desk.clean_media import (
    PAPER,
    PICTURE,
    boxes,
    clean_file,
    clean_media,
    fingerprint_picture,
    look_at_media,
    render_picture,
)
from farbank.desk.errors import CopyInTheWay, MediaTooHeavy, NotABox
from farbank.desk.media_child import Caps
from farbank.protect.media.anew import anew
from farbank.protect.media.errors import NotAPicture, NotMedia, SoundOnly
from farbank.protect.media.render import render
from tests.protect.media import corpus


@pytest.mark.parametrize("kind", corpus.MAKERS)
def test_a_child_makes_the_same_copy(kind: str) -> None:
    original = corpus.made(kind)
    copy = clean_media(original, f"levee.{kind}")
    assert copy == anew(original)
    assert copy.original == hashlib.sha256(original).hexdigest()


def test_a_child_is_never_told_the_name_of_the_file_and_the_editor_is() -> None:
    with pytest.raises(NotMedia, match=r"^levee\.jpg cannot be published: its pixels do not decode"):
        clean_media(corpus.made("webp")[:-900], "levee.jpg")
    with pytest.raises(SoundOnly, match=r"^call\.wav holds sound"):
        clean_media(b"RIFF\0\0\0\0WAVEfmt ", "call.wav")


def test_a_picture_that_takes_too_much_memory_is_refused() -> None:
    large = corpus.saved(Image.new("RGB", (7000, 7000)), "PNG")
    with pytest.raises((MediaTooHeavy, NotMedia)):
        clean_media(large, "levee.png", caps=Caps(memory_mb=200, seconds=20, answer_mb=64))


def test_a_picture_that_takes_too_much_time_is_refused_in_time() -> None:
    noise = corpus.saved(Image.effect_noise((5000, 5000), 90).convert("RGB"), "PNG", compress_level=0)
    started = time.monotonic()
    with pytest.raises(MediaTooHeavy, match=r"^levee\.png broke its reader"):
        clean_media(noise, "levee.png", caps=Caps(memory_mb=1024, seconds=1, answer_mb=256))
    assert time.monotonic() - started < 15


def test_an_answer_that_never_ends_is_cut_off() -> None:
    noise = corpus.saved(Image.effect_noise((2000, 2000), 90).convert("RGB"), "PNG")
    with pytest.raises(MediaTooHeavy):
        clean_media(noise, "levee.png", caps=Caps(memory_mb=1024, seconds=20, answer_mb=1))


def test_a_child_that_dies_is_an_error_and_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    for start in ("import os; os.abort()", "print('a copy')", "import sys; sys.exit(0)"):
        monkeypatch.setattr(desk, "_START", start)
        with pytest.raises(MediaTooHeavy):
            clean_media(corpus.made("jpeg"), "levee.jpg")


def test_a_child_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = tmp_path / "written"
    monkeypatch.setattr(
        desk,
        "_START",
        "import sys; sys.path.insert(0, sys.argv[1]); from farbank.desk.media_child import *; "
        f"limit(Caps(memory_mb=1024, seconds=9, answer_mb=9)); open({str(out)!r}, 'wb').write(b'x' * 9)",
    )
    with pytest.raises(MediaTooHeavy):
        clean_media(corpus.made("jpeg"), "levee.jpg")
    assert not out.exists() or out.read_bytes() == b""


def test_a_picture_of_a_story_is_a_picture() -> None:
    assert render_picture(corpus.made("jpeg"), "levee.jpg") == render(corpus.made("jpeg"))
    assert render(corpus.made("jpeg")).copy == anew(corpus.made("jpeg"))
    for open_it in (render_picture, fingerprint_picture):
        with pytest.raises(NotAPicture, match=r"^levee\.docx"):
            open_it(corpus.made("docx"), "levee.docx")


def test_a_file_is_copied_once_and_the_original_left_alone(tmp_path: Path) -> None:
    original, out = tmp_path / "a.jpg", tmp_path / "b.jpg"
    original.write_bytes(corpus.made("jpeg"))
    clean_file(original, out, boxes(["20,20,60,60"]))
    assert original.read_bytes() == corpus.made("jpeg") and corpus.leaks(out.read_bytes()) == []
    assert max(Image.open(out).getpixel((50, 50))) < 8
    with pytest.raises(CopyInTheWay):
        clean_file(original, out)
    with pytest.raises(CopyInTheWay):
        clean_file(original, original)


@pytest.mark.parametrize("written", ["1,2,3", "a,b,c,d", "1,2,3,-4", "", "1,2,3,4,5"])
def test_a_box_is_four_numbers(written: str) -> None:
    with pytest.raises(NotABox, match="LEFT,TOP,WIDTH,HEIGHT"):
        boxes([written])


def test_a_look_tells_what_a_file_gives_away_and_that_a_copy_does_not() -> None:
    pytest.importorskip("cv2", reason="needs the extra media: pip install 'farbank[media]'")
    look = look_at_media(corpus.made("jpeg"), "levee.jpg")
    assert "GPS position" in look.carries and not look.passes
    again = look_at_media(anew(corpus.made("jpeg")).data, "levee.jpg")
    assert again.carries == () and again.passes


def test_the_command_says_what_was_removed_and_never_its_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from typer.testing import CliRunner

    from farbank.cli import app

    (tmp_path / "a.jpg").write_bytes(corpus.made("jpeg"))
    told = CliRunner().invoke(app, ["media", "clean", str(tmp_path / "a.jpg"), "--out", str(tmp_path / "b.jpg")])
    assert told.exit_code == 0 and "GPS position" in told.stdout and corpus.leaks(told.stdout.encode()) == []
    assert hashlib.sha256(corpus.made("jpeg")).hexdigest() in told.stdout
    before = CliRunner().invoke(app, ["media", "check", str(tmp_path / "a.jpg"), "--json"])
    after = CliRunner().invoke(app, ["media", "check", str(tmp_path / "b.jpg"), "--json"])
    assert (before.exit_code, after.exit_code) == (1, 0)
    assert json.loads(after.stdout)["carries"] == []


def test_caps_grow_with_what_a_file_is() -> None:
    assert PICTURE.seconds < PAPER.seconds < desk.FILM.seconds
