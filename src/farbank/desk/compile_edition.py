"""Compile a filed case into a signed edition on disk."""

from __future__ import annotations

import time
from pathlib import Path

from nacl.signing import SigningKey

from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.file_case import Filed
from farbank.desk.report import Report, report
from farbank.desk.write_edition import write_edition
from farbank.publish import manifest


def compile_edition(filed: Filed, folder: Path, archive: Path | None = None, key: SigningKey | None = None) -> Report:
    """Compile, and if every gate is open sign and write to `folder`; otherwise write nothing.

    Without a desk key the edition is signed with one made for the occasion: it is marked unreleased either way.
    """
    started = time.perf_counter()
    key = key or SigningKey.generate()
    compiled = compile_story(filed, archive, key=public(key))
    if not compiled.open:
        return report(compiled, time.perf_counter() - started)
    write_edition(signed(compiled, key, 1), folder)
    return report(compiled, time.perf_counter() - started, str(folder))


def signed(compiled: Compilation, key: SigningKey, sequence: int) -> dict[str, bytes]:
    """The files of the edition with its manifest and signature."""
    unsigned = manifest.build(
        compiled.files,
        edition=compiled.case,
        sequence=sequence,
        close=compiled.close,
        languages=compiled.languages,
        key=public(key),
    )
    return {**compiled.files, **manifest.sign(unsigned, bytes(key))}


def public(key: SigningKey) -> str:
    """The public half of a desk key, in hexadecimal."""
    return bytes(key.verify_key).hex()
