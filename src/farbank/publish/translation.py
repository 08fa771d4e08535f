"""Which quotations of a page are said to be translations: all that are, or none where that would tell of a speaker.

That somebody spoke another language than everybody in the country does is a fact about them, which nobody has counted
(F20). One quotation without the mark among others with it tells it as well, so that a page marks all or none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from farbank.model.story import Block, Draft
from farbank.model.text import Language, Slug


def marked(draft: Draft, told_in: Mapping[Slug, Language], spoken: Collection[Language]) -> bool:
    """Whether the page may mark its translations: every report it quotes is in a language that all people speak.

    `told_in` is the language of each report, `spoken` are the languages of everybody in the country.
    """
    return all(language in spoken for _, language in quotations(draft, told_in))


def translated(draft: Draft, told_in: Mapping[Slug, Language]) -> Iterator[Block]:
    """The quotations of a draft that are not in the language they were spoken in."""
    yield from (block for block, language in quotations(draft, told_in) if language != draft.language)


def quotations(draft: Draft, told_in: Mapping[Slug, Language]) -> Iterator[tuple[Block, Language]]:
    """Each quotation of a report, with the language it was told in."""
    for block in draft.blocks:
        if block.kind == "quote" and block.report is not None and block.report in told_in:
            yield block, told_in[block.report]
