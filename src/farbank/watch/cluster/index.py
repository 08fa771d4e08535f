"""The index of passages at scale: our own tokens in Lance's inverted index.

Lance cuts a query as it cut the text: at blanks, keeping everything. So a phrase is found where its tokens stand next
to each other, and nowhere else, and a search without a limit gives every match (`tests/watch/contract`). The score is
Lance's BM25. It weighs a token over the whole table, as the embedded engine does, but counts a phrase as often as its
tokens occur, not as often as the phrase does, and knows the length of a passage exactly: ranks differ a little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import lance
from lance.query import BooleanQuery, FullTextQuery, MatchQuery, Occur, PhraseQuery

from farbank.model.statemedia import Window
from farbank.watch.cluster.tables import sound
from farbank.watch.index import Phrase

FIELD = "tokens"
WHITESPACE: dict[str, Any] = {
    "base_tokenizer": "whitespace",
    "stem": False,
    "remove_stop_words": False,
    "lower_case": False,
    "ascii_folding": False,
    "max_token_length": None,
    "with_position": True,
}
"""How Lance is told to leave our tokens as they are."""
PLAIN: dict[str, Literal["BTREE", "BITMAP"]] = {"day": "BTREE", "lang": "BITMAP", "outlet": "BITMAP"}


def write(passages: lance.LanceDataset, workers: int | None = None) -> lance.LanceDataset:
    """Index the passages that are not indexed yet, and give the table with its index.

    With `workers` the words are indexed anew on a Ray cluster, by so many processes; without, by this one.
    """
    if passages.count_rows() == 0:
        return passages
    if workers is not None:
        import lance_ray

        passages = lance_ray.create_scalar_index(
            passages.uri, column=FIELD, index_type="INVERTED", name=f"{FIELD}_idx", num_workers=workers, **WHITESPACE
        )
    elif passages.has_index:
        passages.optimize.optimize_indices()
        return lance.dataset(passages.uri)
    else:
        passages.create_scalar_index(FIELD, "INVERTED", **WHITESPACE)
    for column, kind in PLAIN.items():
        passages.create_scalar_index(column, kind)
    return passages


class Index:
    """Reads the index of a table of passages."""

    def __init__(self, passages: lance.LanceDataset) -> None:
        self._passages = passages
        self._empty = passages.count_rows() == 0

    def find(
        self,
        needles: Sequence[Mapping[str, Sequence[Phrase]]],
        window: Window,
        outlets: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> dict[int, float]:
        """Keys of the passages dated in `window` that hold a phrase of every needle, with their score, best first.

        As `engine.Index` says; a language is a search of its own, as its passages are compared with its phrases only.
        """
        span = f"day >= {window.first.toordinal()} AND day <= {window.last.toordinal()}"
        if outlets is not None:
            span += f" AND outlet IN ({', '.join(map(_quoted, outlets))})"
        spoken = dict.fromkeys(language for needle in needles for language in needle)
        found: list[tuple[float, int]] = []
        for language in spoken:
            parts = [needle.get(language, ()) for needle in needles]
            if all(parts) and not self._empty:
                query = _of(Occur.MUST, [_needle(phrases) for phrases in parts])
                found += self._search(query, f"{span} AND lang = {_quoted(language)}", limit)
        found.sort(key=lambda hit: (-hit[0], hit[1]))
        return {key: score for score, key in found[:limit]}

    def _search(self, query: FullTextQuery, where: str, limit: int | None) -> list[tuple[float, int]]:
        with sound(self._passages.uri):
            hits = self._passages.scanner(
                columns=["key", "_score"], full_text_query=query, filter=where, prefilter=True, limit=limit
            ).to_table()
        return list(zip(hits["_score"].to_pylist(), hits["key"].to_pylist(), strict=True))


def _needle(phrases: Sequence[Phrase]) -> FullTextQuery:
    words = " ".join(phrase[0] for phrase in phrases if len(phrase) == 1)
    single = [MatchQuery(words, FIELD)] if words else []  # any of the words, in one go
    return _of(Occur.SHOULD, [*single, *(PhraseQuery(" ".join(p), FIELD) for p in phrases if len(p) > 1)])


def _of(occur: Occur, queries: list[FullTextQuery]) -> FullTextQuery:
    return queries[0] if len(queries) == 1 else BooleanQuery([(occur, query) for query in queries])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
