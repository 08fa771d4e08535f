"""Follow a story from an edition somebody has to a later one, by nothing but the public log of corrections."""

from __future__ import annotations

from pathlib import Path

import msgspec

from farbank.model import codec
from farbank.model.corrections import Correction, Pieces
from farbank.model.errors import DecodeError
from farbank.model.text import Language, Slug
from farbank.publish import corrections
from farbank.publish.errors import LogBroken


class _Text(msgspec.Struct, frozen=True):
    story: Slug
    edition: Slug
    texts: dict[Language, Pieces]


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """That the log leads from one edition to another, to the letter, and what it says was corrected on the way."""

    story: Slug
    older: Slug
    newer: Slug
    corrections: tuple[Correction, ...]


def follow_edition(older: Path, newer: Path) -> Followed:
    """Replay the log in `newer` over the text in `older`; whether the files are the desk's, `edition verify` says.

    Raises LogBroken if that does not give the text in `newer`, CircularCorrection.
    """
    before, after = _text(older), _text(newer)
    log = corrections.read(_bytes(newer / corrections.FILE))
    if not before.story == after.story == log.story:
        raise LogBroken(f"{older} and {newer} are not of one story; name two editions of the same")
    made = corrections.replay(log, before.texts)
    if {tag: "".join(text) for tag, text in made.items()} != {tag: "".join(text) for tag, text in after.texts.items()}:
        raise LogBroken(f"the log leads to another text than that in {newer}; fetch the edition again")
    known = next((each.nth for each in log.entries if each.edition == before.edition), 0)
    since = tuple(each for one in log.entries for each in one.corrections if one.nth > known)
    return Followed(story=log.story, older=before.edition, newer=after.edition, corrections=since)


def _text(folder: Path) -> _Text:
    try:
        return codec.from_json(_bytes(folder / corrections.TEXT), _Text, corrections.TEXT)
    except DecodeError as error:
        raise LogBroken(f"{error}; fetch the edition again from the desk") from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise LogBroken(f"{file} cannot be read; name the folder of a whole edition") from None
