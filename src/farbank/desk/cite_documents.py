"""The documents a story quotes or shows, and what speaks against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from farbank.model.case import Case
from farbank.model.story import Draft, Lint
from farbank.protect.media.documents import to_quote, to_show
from farbank.protect.media.objection import Objection


def document_lint(drafts: Collection[Draft], case: Case) -> Iterator[Lint]:
    """What speaks against every quotation from a document, at its line, and every facsimile, at its record."""
    documents = {document.id: document for document in case.documents}
    for draft in drafts:
        for block in draft.blocks:
            if block.document is not None:
                yield from _lint(draft.file, block.line, to_quote(documents[block.document]))
    placed = {block.picture for draft in drafts for block in draft.blocks}
    for picture in case.pictures:
        if picture.id in placed and picture.facsimile is not None:
            yield from _lint(f"media/{picture.id}.toml", 1, to_show(documents[picture.facsimile]))


def _lint(file: str, line: int, objections: Iterable[Objection]) -> Iterator[Lint]:
    for each in objections:
        yield Lint(file=file, line=line, rule=each.rule, message=each.message, blocking=each.blocking)
