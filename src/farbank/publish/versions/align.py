"""A version that tells other things, or in another order, than its master: every passage has its like (F28).

Sentences may be cut and joined as a language wants; what is cited where may not differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, zip_longest

from farbank.model.story import Block, Draft, Sentence
from farbank.publish.versions.passage import Passage

RULE = "version-aligned"
BLOCKING = True

Twin = tuple[Passage, Passage]
Misfit = tuple[int, str]


def aligned(master: Draft, version: Draft) -> tuple[list[Twin], Iterator[Misfit]]:
    """The passages that answer each other, and what has no answer, by line of the version."""
    twins: list[Twin] = []
    misfits: list[Misfit] = []
    for one, other in ((master.headline, version.headline), (master.summary, version.summary)):
        _match([_passage([one])], [_passage([other])], other.line, twins, misfits)
    for block, rendered in zip_longest(master.blocks, version.blocks):
        line = rendered.line if rendered else version.blocks[-1].line if version.blocks else version.summary.line
        if block is None or rendered is None or _kind(block) != _kind(rendered):
            misfits.append((line, f"expected {_named(block)} as in {master.file}, found {_named(rendered)}"))
            break  # one block too many or too few shifts all that follow
        _match(_passages(block), _passages(rendered), line, twins, misfits)
    return twins, iter(misfits)


def _match(
    passages: list[Passage], rendered: list[Passage], line: int, twins: list[Twin], misfits: list[Misfit]
) -> None:
    for one, other in zip_longest(passages, rendered):
        if one is None or other is None or one.claims != other.claims:
            at = other.line if other else line
            misfits.append((at, f"expected words on {_cited(one)} as in the master, found {_cited(other)}"))
            return
        if extra := other.sources - one.sources:
            misfits.append((other.line, f"names {_list(extra, '@')}, whom the master does not name here"))
        twins.append((one, other))


def _passages(block: Block) -> list[Passage]:
    return [_passage(list(group)) for _, group in groupby(block.sentences, key=lambda s: frozenset(s.claims))]


def _passage(sentences: list[Sentence]) -> Passage:
    first = sentences[0]
    return Passage(first.role, first.line, frozenset(first.claims), tuple(sentences))


def _kind(block: Block) -> tuple[str, str | None, str | None, str | None]:
    return block.kind, block.report, block.document, block.picture


def _named(block: Block | None) -> str:
    if block is None:
        return "the end of the story"
    of = block.report or block.document or block.picture
    return f"a {block.kind}" + (f" of {of}" if of else "")


def _cited(passage: Passage | None) -> str:
    if passage is None:
        return "nothing more in this paragraph"
    return _list(passage.claims) if passage.claims else "no claim"


def _list(names: frozenset[str], mark: str = "") -> str:
    return ", ".join(f"{mark}{name}" for name in sorted(names))
