"""What the stories of other filed cases quote of everybody: what a reader can lay beside a new quotation (F21)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank import vault
from farbank.desk.drafts import drafts_of
from farbank.model.case import Case
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.linked import Quoted
from farbank.model.story import Block, Draft
from farbank.model.text import Slug


def quoted_besides(opened: vault.Vault, name: Slug) -> dict[Slug, tuple[Quoted, ...]]:
    """Per token, every quotation in another filed case's story; a story that cannot be parsed was never printed."""
    found: dict[Slug, list[Quoted]] = {}
    for other in vault.case_store.names(opened):
        if other == name:
            continue
        case = vault.case_store.content(opened, other)
        tokens = {person.id: person.token or person.id for person in case.persons}
        for draft in _drafts(case):
            for speaker, _, text in quotations(draft, case):
                words = Quoted(case=other, language=draft.language, text=text)
                found.setdefault(tokens.get(speaker, speaker), []).append(words)
    return {token: tuple(words) for token, words in found.items()}


def quotations(draft: Draft, case: Case) -> Iterator[tuple[Slug, Block, str]]:
    """Every quotation of a draft in somebody's own words: its speaker, where it stands, and the words."""
    speakers = case.speakers
    for block in draft.blocks:
        if block.report is not None and block.document is None and block.kind == "quote":
            yield speakers[block.report], block, " ".join(sentence.text for sentence in block.sentences)


def _drafts(case: Case) -> tuple[Draft, ...]:
    try:
        return tuple(drafts_of(case).values())
    except (DecodeError, MissingReference):
        return ()
