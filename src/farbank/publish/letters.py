"""Public letters: fresh for every story, so that no letter carries from one to the next (F21, E14)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from string import ascii_uppercase

from farbank.model.story import Block, Draft
from farbank.model.text import Slug


def assign(
    drafts: Iterable[Draft], partners: Collection[Slug], speakers: Mapping[Slug, Slug] | None = None
) -> dict[Slug, str]:
    """A, B, C … for the `partners` (handles) in order of first mention; nobody else gets one.

    `drafts` are the language versions, master first: whoever is A in one is A in all, whatever the word order.
    `speakers` says per report whose it is: whoever is quoted is mentioned by the line under the quotation.
    """
    heard: list[Slug] = []
    for draft in drafts:
        heard += [*draft.headline.sources, *draft.summary.sources]
        for block in draft.blocks:
            heard += _mentioned(block, speakers or {})
    order = [handle for handle in dict.fromkeys(heard) if handle in partners]
    return {handle: _letter(number) for number, handle in enumerate(order)}


def _mentioned(block: Block, speakers: Mapping[Slug, Slug]) -> list[Slug]:
    said = [handle for sentence in block.sentences for handle in sentence.sources]
    speaker = speakers.get(block.report or "")
    return [*said, speaker] if speaker else said


def _letter(number: int) -> str:
    """A to Z, then AA, AB …"""
    rest, last = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + ascii_uppercase[last]
