"""Words that are nobody's, planted where only their compartment may have them, and a place to run the product in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from farbank.desk.examples import example
from farbank.vault.in_plain import Words

COUNT = 200
_LETTERS = "bdfgklmnprstv"
_SYLLABLES = "가나다라마바사자카타파하고"
NAME, SAID = ("Vexorqua ", "벡소르콰"), ("qumvalder", "쿰발데르")
"""How planted names begin, and planted words of reports; half of each is Korean."""


def names() -> tuple[str, ...]:
    """A name for each planted identity."""
    return tuple(_word(NAME, number) for number in range(COUNT))


def said() -> tuple[str, ...]:
    """A word for each planted report."""
    return tuple(_word(SAID, number) for number in range(COUNT))


def _word(begin: tuple[str, str], number: int) -> str:
    """The two alphabets have as many letters, and three of them tell two hundred apart."""
    digits = [number // 169 % 13, number // 13 % 13, number % 13]
    if number % 2:
        return begin[1] + "".join(_SYLLABLES[digit] for digit in digits)
    return begin[0] + "".join(f"{_LETTERS[digit]}a" for digit in digits).capitalize()


class Found:
    """Which of the planted words can be read in some bytes."""

    def __init__(self) -> None:
        self._names, self._said = frozenset(names()), frozenset(said())
        self._words = Words([*self._names, *self._said])

    def both(self, data: bytes, *, packed: bool = True) -> tuple[frozenset[str], frozenset[str]]:
        """Planted names, and planted words of reports."""
        found = self._words.found(data, packed=packed)
        return found & self._names, found & self._said

    def names(self, data: bytes) -> frozenset[str]:
        """Planted names."""
        return self.both(data)[0]

    def said(self, data: bytes) -> frozenset[str]:
        """Planted words of reports."""
        return self.both(data)[1]


def case(folder: Path, *, megabytes: float = 0) -> Path:
    """The June order with the planted people and reports in it; one report is so large if asked."""
    shutil.copytree(example("june-order"), folder)
    with (folder / "case.toml").open("a", encoding="utf-8") as file:
        file.writelines(f'\n[[persons]]\nid = "planted-{number}"\n' for number in range(COUNT))
    with (folder / "persons.toml").open("a", encoding="utf-8") as file:
        for number, name in enumerate(names()):
            about = f'id = "planted-{number}"\nprofile = {{ place = "kp:KP02" }}\nspellings = ["{name}"]'
            file.write(f"\n[[identities]]\n{about}\n")
    for number, word in enumerate(said()):
        report(folder, f"planted-{number}", f"They spoke of {word} all week, and {word} was to blame.\n" * 3)
    if megabytes:
        line = "".join(f"{word} said that {word} is near. " for word in said())
        report(folder, "large", line * int(megabytes * 1e6 / len(line.encode()) + 1))
    return folder


def report(folder: Path, id: str, text: str) -> None:
    """Write one more report of the first call."""
    (folder / "reports" / f"{id}.md").write_text(
        f'+++\ncontact = "call-1"\nlanguage = "en"\n+++\n\n{text}', encoding="utf-8"
    )


class Sandbox:
    """A home, a temporary folder and a working folder of its own for every command; what they print is kept there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("home", "tmp", "cwd", "printed"):
            (root / name).mkdir()
        self._ran = 0

    @property
    def environment(self) -> dict[str, str]:
        """What a command sees: nothing of this machine's own folders for temporary files."""
        own = {
            "HOME": "home",
            "XDG_CACHE_HOME": "home",
            "XDG_CONFIG_HOME": "home",
            "TMPDIR": "tmp",
            "SQLITE_TMPDIR": "tmp",
        }
        return {**os.environ, **{key: str(self.root / name) for key, name in own.items()}}

    def run(self, *arguments: str, lines: Sequence[str] = ()) -> int:
        """Run a farbank command to its end, and return its exit code."""
        return self.python("-m", "farbank", *arguments, lines=lines)

    def python(self, *arguments: str, lines: Sequence[str] = ()) -> int:
        """Run Python to its end, and return its exit code."""
        done = subprocess.run(
            [sys.executable, *arguments],
            input="".join(f"{line}\n" for line in lines).encode(),
            capture_output=True,
            cwd=self.root / "cwd",
            env=self.environment,
        )
        self._ran += 1
        (self.root / "printed" / f"{self._ran:03}").write_bytes(done.stdout + done.stderr)
        return done.returncode

    def started(self, *arguments: str, lines: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start Python and leave it running; what it prints can be read from it."""
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.root / "cwd",
            env=self.environment,
        )
        assert child.stdin is not None
        child.stdin.write("".join(f"{line}\n" for line in lines).encode())
        child.stdin.flush()
        return child

    def files(self, *names: str) -> Iterator[tuple[str, bytes]]:
        """Every file under folders of the sandbox, with its name among its bytes."""
        for name in names:
            for path in sorted((self.root / name).rglob("*")):
                if path.is_file():
                    yield str(path.relative_to(self.root)), path.name.encode() + b"\n" + path.read_bytes()
