"""Editions in any number, made from one real one: the same page with other words, spread over ten years."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from farbank.desk.compile_story import compile_story
from farbank.desk.examples import example
from farbank.desk.file_case import file_case
from farbank.intake import case_folder
from farbank.model import codec
from farbank.publish import manifest, render
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.page import Page
from farbank.publish.renditions import FOLDER

FIRST, DAYS = date(2016, 1, 1), 3650
LASTS = date(2027, 6, 30)
KEY = SigningKey(bytes(range(32)))
PUBLIC_KEY = bytes(KEY.verify_key).hex()
SEED = 5


def real() -> tuple[Edition, dict[str, bytes]]:
    """The June order in every language it has, with its drawings, and its pictures by path."""
    compiled = compile_story(file_case(case_folder.read(example("june-order"))))
    edition = codec.from_json(compiled.files[PUBLIC], Edition, PUBLIC)
    edition = render.with_drawings(edition, compiled.files)
    pictures = {path: data for path, data in compiled.files.items() if path.startswith(f"{FOLDER}/")}
    return msgspec.structs.replace(edition, key=PUBLIC_KEY, status="released"), pictures


def another(edition: Edition, number: int, *, corrected: bool = False) -> Edition:
    """Story `number`, with words of its own in every block, or its correction."""
    draw = random.Random(f"{SEED}:{number}:{corrected}")
    story = f"story-{number}"
    close = FIRST + timedelta(days=draw.randrange(DAYS))
    return msgspec.structs.replace(
        edition,
        id=f"{story}-2" if corrected else story,
        story=story,
        sequence=number + (10**6 if corrected else 1),
        close=close,
        pages={language: _worded(page, close, draw) for language, page in edition.pages.items()},
    )


def _worded(page: Page, close: date, draw: random.Random) -> Page:
    rows = tuple(
        msgspec.structs.replace(
            row, said=tuple(msgspec.structs.replace(said, text=_mixed(said.text, draw)) for said in row.said)
        )
        for row in page.rows
    )
    return msgspec.structs.replace(
        page, close=close, headline=_mixed(page.headline, draw), summary=_mixed(page.summary, draw), rows=rows
    )


def _mixed(text: str, draw: random.Random) -> str:
    words = text.split(" ")
    draw.shuffle(words)
    return " ".join(words)


def signed(edition: Edition, pictures: dict[str, bytes]) -> dict[str, bytes]:
    """Every file of an edition, manifest and signature included."""
    files = {**render.files(edition), **pictures}
    listed = manifest.build(
        files,
        edition=edition.id,
        sequence=edition.sequence,
        close=edition.close,
        expires=LASTS,
        languages=edition.languages,
        key=PUBLIC_KEY,
        status="released",
    )
    return manifest.signed(manifest.with_manifest(files, listed), lambda data: KEY.sign(data).signature)


def write(files: dict[str, bytes], folder: Path) -> int:
    """Write the files of an edition, and say how many bytes they are."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return sum(map(len, files.values()))
