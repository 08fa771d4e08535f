"""Whether the quotations of a story read like what earlier ones quoted of the same people, and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from farbank.desk.drafts import drafts_of
from farbank.desk.file_case import Filed
from farbank.desk.quoted import quotations
from farbank.desk.shield import token
from farbank.model.linked import Linked, Plainer, Quoted
from farbank.model.story import Block, Draft
from farbank.model.text import Slug
from farbank.protect.style.link import linkage
from farbank.protect.style.reword import reword, telltales

SHOWN = 6
"""Phrases named."""


def link_quotations(filed: Filed, quoted: Mapping[Slug, Sequence[Quoted]]) -> tuple[Linked, ...]:
    """Everybody whom a draft quotes and of whom there is something to say, in the order of the drafts.

    `quoted` is, per token, what other stories quote. Each version is compared with those in its own language: what one
    reader can lay side by side. Raises what parsing the story raises.
    """
    return tuple(each for draft in drafts_of(filed.case).values() for each in _linked(filed, draft, quoted))


def _linked(filed: Filed, draft: Draft, quoted: Mapping[Slug, Sequence[Quoted]]) -> Iterator[Linked]:
    said: dict[Slug, list[tuple[Block, str]]] = {}
    for speaker, block, text in quotations(draft, filed.case):
        said.setdefault(speaker, []).append((block, text))
    for speaker, blocks in said.items():
        texts = [text for _, text in blocks]
        before = [each for each in quoted.get(token(filed, speaker), ()) if each.language == draft.language]
        found = linkage(texts, [each.text for each in before], draft.language) if before else None
        plainer = tuple(_plainer(texts, draft.language))
        if found is not None or plainer:
            yield Linked(
                file=draft.file,
                line=blocks[0][0].line,
                person=speaker,
                cases=tuple(dict.fromkeys(each.case for each in before)),
                low=found.ratio.low if found else None,
                mid=found.ratio.mid if found else None,
                high=found.ratio.high if found else None,
                phrases=tuple(phrase.text for phrase in found.phrases[:SHOWN]) if found else (),
                plainer=plainer,
            )


def _plainer(texts: Iterable[str], language: str) -> Iterator[Plainer]:
    """Every tell-tale phrase of the table in the texts, once."""
    for phrase in dict.fromkeys(phrase for text in texts for phrase, _, _ in telltales(text, language)):
        yield Plainer(words=phrase, instead=reword(phrase, language))
