"""At a terminal: passphrases typed without echo, twice where they are new, one key a verdict, a way out at any time."""

from __future__ import annotations

import os
import pty
import shutil
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD, OTHER = "correct horse battery", "correct horse batery"
INIT = ("desk", "init", "desk", "--member", "Han=safety-officer")


def until_one_key_is_read(screen: int) -> None:
    """Wait for the terminal to hand over single keys: what is typed before that is thrown away, as it should be."""
    until = time.monotonic() + 20
    while termios.tcgetattr(screen)[3] & termios.ICANON:
        assert time.monotonic() < until, "no key was asked for"
        time.sleep(0.01)


def at_a_terminal(
    cwd: Path, *arguments: str, typed: Sequence[tuple[str, bytes]], keys: bool = False
) -> tuple[int, str]:
    """Run farbank on a terminal of its own, typing each answer once its prompt is there; exit code and screen."""
    child, screen = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.execv(sys.executable, [sys.executable, "-m", "farbank", *arguments])
    seen = b""
    answers = list(typed)
    while True:
        try:
            some = os.read(screen, 4096)
        except OSError:  # Linux says so where the other end is closed
            break
        if not some:
            break
        seen += some
        if answers and seen.decode("utf-8", "replace").endswith(answers[0][0]):
            if keys:
                until_one_key_is_read(screen)
            os.write(screen, answers.pop(0)[1])
    os.close(screen)
    assert not answers, f"never asked: {answers[0][0]}"
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen.decode()


def test_a_new_passphrase_is_typed_twice_and_never_shown(tmp_path: Path) -> None:
    word = GOOD.encode() + b"\n"
    typed = [("Passphrase of Han: ", word), ("Passphrase of Han again: ", word)]
    code, seen = at_a_terminal(tmp_path, *INIT, typed=typed)
    assert code == 0, seen
    assert "horse" not in seen
    asked_once = [("Passphrase of Han: ", word)]
    code, seen = at_a_terminal(tmp_path, "desk", "status", "--desk", "desk", "--as", "Han", typed=asked_once)
    assert code == 0, seen


def test_two_that_differ_make_no_desk(tmp_path: Path) -> None:
    typed = [("Passphrase of Han: ", GOOD.encode() + b"\n"), ("Passphrase of Han again: ", OTHER.encode() + b"\n")]
    code, seen = at_a_terminal(tmp_path, *INIT, typed=typed)
    assert code == 3
    assert seen.splitlines()[-1] == (
        "farbank: the two passphrases of Han differ; nothing was made, run the command again"
    )
    assert "horse" not in seen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["ctrl-c", "ctrl-d"])
def test_whoever_stops_at_the_prompt_is_told_that_nothing_was_made(tmp_path: Path, key: bytes) -> None:
    code, seen = at_a_terminal(tmp_path, *INIT, typed=[("Passphrase of Han: ", key)])
    assert code == 130
    assert seen.splitlines()[-1].startswith("farbank: stopped")
    assert "Traceback" not in seen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("key", "ends"), [(b"\x03", 130), (b"\x04", 0)], ids=["ctrl-c", "ctrl-d"])
def test_whoever_stops_in_the_middle_of_a_review_loses_nothing(tmp_path: Path, key: bytes, ends: int) -> None:
    shutil.copytree(ROOT / "tests" / "cases" / "closed-bridge", tmp_path / "case")
    typed = [("[q]uit\r\n", b"s"), ("[q]uit\r\n", b"i"), ("[q]uit\r\n", key)]
    review = ("claim", "review", "case", "closed", "--by", "Vern")
    code, seen = at_a_terminal(tmp_path, *review, typed=typed, keys=True)
    assert code == ends, seen
    assert "Traceback" not in seen
    kept = (tmp_path / "case" / "judgements.toml").read_text("utf-8")
    assert [kept.count(word) for word in ("[[judgements]]", 'verdict = "same"', 'verdict = "different"')] == [2, 1, 1]
