"""The index of passages: our own tokens in tantivy, so that a query means the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy

from farbank.model.errors import FarbankError
from farbank.model.statemedia import Window
from farbank.watch import soundness
from farbank.watch.errors import ArchiveNotWritten, DamagedArchive
from farbank.watch.passages import MOST

PIECE = 32
"""Words of a passage that are looked for at once."""
FEW = 16
"""Passages looked at for one among many that say the same."""
Phrase = tuple[str, ...]
"""Tokens that must stand next to each other, at least one."""

LAST = 2**63 - 1
"""The highest key a query may name."""
HEAP = 64 * 2**20
"""Bytes the writer may hold before it writes a segment; more is not faster on an archive of this size."""


def schema() -> tantivy.Schema:
    """The fields: `tokens`, joined by spaces; `lang`, `outlet`; `day`, a proleptic ordinal; `passage`, its key."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("lang", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_unsigned_field("passage", fast=True)
    return builder.build()


def key(article: int, passage: int) -> int:
    """One number for a passage: the article's ordinal and the passage's place in it."""
    return article * MOST + passage


def split(key: int) -> tuple[int, int]:
    """The article and the passage's place in it."""
    return divmod(key, MOST)


class Writer:
    """Writes into the index in a folder, which is made if it is empty; nothing it adds counts before `commit`."""

    def __init__(self, folder: Path) -> None:
        with _meaning(DamagedArchive, folder):
            self._index = tantivy.Index(schema(), str(folder))
            self._index.config_reader("manual")  # nobody reads here, so nothing need be read anew after a commit
            self._writer = self._index.writer(HEAP, 1)
        self._folder = folder

    def add(self, article: int, outlet: str, language: str, day: int, cut: Sequence[str]) -> None:
        """Write the passages of one article, each as its tokens, joined by spaces."""
        with _meaning(ArchiveNotWritten, self._folder):
            for position, words in enumerate(cut):
                document = tantivy.Document()
                document.add_text("tokens", words)
                document.add_text("lang", language)
                document.add_text("outlet", outlet)
                document.add_unsigned("day", day)
                document.add_unsigned("passage", key(article, position))
                self._writer.add_document(document)

    def drop_after(self, article: int) -> None:
        """Take out the passages of every later article."""
        later = tantivy.Query.range_query(
            self._index.schema, "passage", tantivy.FieldType.Unsigned, key(article + 1, 0), LAST
        )
        with _meaning(ArchiveNotWritten, self._folder):
            self._writer.delete_documents_by_query(later)

    def commit(self) -> None:
        """Have everything on the disk."""
        with _meaning(ArchiveNotWritten, self._folder):
            self._writer.commit()

    def close(self) -> None:
        """Let go of the index, once what runs in the background has ended; what was not committed is left out."""
        with suppress(ValueError):  # the writer is gone already if the disk was full
            self._writer.rollback()
        with suppress(ValueError):
            self._writer.wait_merging_threads()


class Index:
    """Reads an index, of which the passages of the articles up to `last` count, `passages` in all."""

    def __init__(self, folder: Path, last: int, passages: int) -> None:
        soundness.check(folder)
        with _meaning(DamagedArchive, folder):
            self._index = tantivy.Index.open(str(folder))
            self._index.config_reader("manual")  # what was there when it was opened, whatever is committed meanwhile
            self._searcher = self._index.searcher()
        if self._searcher.num_docs < passages:
            raise DamagedArchive(f"{folder}: {DamagedArchive.__doc__}")
        self._last = key(last + 1, 0)

    def find(
        self,
        needles: Sequence[Mapping[str, Sequence[Phrase]]],
        window: Window,
        outlets: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> dict[int, float]:
        """Keys of the passages dated in `window` that hold a phrase of every needle, with their score, best first.

        A needle gives phrases per language; a passage is compared with those of its own language only. `outlets` None
        means all. Without `limit` the answer is complete, which is what silence rests on.
        """
        if not all(any(needle.values()) for needle in needles):
            return {}
        parts = [self._needle(needle) for needle in needles] + [self._days(window)]
        if outlets is not None:
            parts.append(_any([self._term("outlet", outlet) for outlet in outlets]))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        try:
            result = self._searcher.search(query, limit or max(1, self._searcher.num_docs), count=False)
            keys = self._searcher.fast_field_values("passage", [address for _, address in result.hits])
        except ValueError as error:
            raise DamagedArchive(DamagedArchive.__doc__) from error
        found = zip(keys, result.hits, strict=True)
        return {int(key): hit[0] for key, hit in found if key is not None and key < self._last}

    def days(self, first: int, last: int, limit: int, outlet: str = "", language: str = "") -> list[tuple[int, int]]:
        """Key and day of the passages of the articles from `first` to `last`, of one outlet and language if given."""
        parts = [self._between(key(first, 0), key(last + 1, 0) - 1)]
        parts += [self._term(field, value) for field, value in (("outlet", outlet), ("lang", language)) if value]
        found = self._addresses(parts, limit)
        return list(zip(self._values("passage", found), self._values("day", found), strict=True))

    def speaks(self, passage: int, words: Sequence[str]) -> bool:
        """Whether the passage of that key is found by its words, in their order."""
        for start in range(0, len(words), PIECE - 1):
            phrase = self._phrase(tuple(words[start : start + PIECE]))
            found = self._keys([phrase], FEW)
            if passage in found:
                continue
            if len(found) < FEW or not self._keys([phrase, self._between(passage, passage)], 1):
                return False
        return True

    def _keys(self, parts: list[tantivy.Query], limit: int) -> list[int]:
        return self._values("passage", self._addresses(parts, limit))

    def _values(self, field: str, found: list[tantivy.DocAddress]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, found)]

    def _addresses(self, parts: list[tantivy.Query], limit: int) -> list[tantivy.DocAddress]:
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        try:
            return [address for _, address in self._searcher.search(query, limit, count=False).hits]
        except ValueError as error:
            raise DamagedArchive(DamagedArchive.__doc__) from error

    def _between(self, first: int, last: int) -> tantivy.Query:
        """Passages by their keys."""
        keys = tantivy.Query.range_query(self._index.schema, "passage", tantivy.FieldType.Unsigned, first, last)
        return tantivy.Query.const_score_query(keys, 0.0)

    def _needle(self, needle: Mapping[str, Sequence[Phrase]]) -> tantivy.Query:
        return _any(
            [
                self._term("lang", language, 0).and_must_match(_any([self._phrase(phrase) for phrase in phrases]))
                for language, phrases in needle.items()
                if phrases
            ]
        )

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        if len(phrase) == 1:
            return self._term("tokens", phrase[0])
        return tantivy.Query.phrase_query(self._index.schema, "tokens", list(phrase))

    def _term(self, field: str, value: str, weight: float = 1) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, field, value)
        return query if weight else tantivy.Query.const_score_query(query, 0.0)

    def _days(self, window: Window) -> tantivy.Query:
        span = tantivy.Query.range_query(
            self._index.schema,
            "day",
            tantivy.FieldType.Unsigned,
            window.first.toordinal(),
            window.last.toordinal(),
        )
        return tantivy.Query.const_score_query(span, 0.0)


@contextmanager
def _meaning(failure: type[FarbankError], folder: Path) -> Iterator[None]:
    """Say what a ValueError means here, for it is all that tantivy raises: while it writes, it is the disk."""
    try:
        yield
    except ValueError as error:
        raise failure(f"{folder}: {failure.__doc__}") from error


def _any(queries: list[Any]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
