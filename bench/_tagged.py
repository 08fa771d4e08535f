"""Texts in which annotators marked names, dates and the like: TAB, ECHR in French and Spanish, KLUE-NER."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from bench import MissingData
from bench._masks import Document, Entity

_NO_SPACE_BEFORE = frozenset(",.;:)]%'’/")
_NO_SPACE_AFTER = frozenset("(['’/")


def tab(folder: Path, split: str) -> list[Document]:
    """A split of the Text Anonymization Benchmark; an entity must be masked if any of its mentions must."""
    return [_tab(json.loads(line)) for line in _lines(folder / f"{split}.jsonl.gz") if line.strip()]


def klue(file: Path) -> list[Document]:
    """KLUE-NER, a document a sentence: every entity has one mention and must be masked."""
    found = []
    for rows in _blocks(_lines(file)):
        pairs = [(row[0], row.rpartition("\t")[2]) for row in rows if row and not row.startswith("##")]
        if pairs:
            found.append(_document("".join(sign for sign, _ in pairs), [(at, at + 1) for at in range(len(pairs))],
                                   [label for _, label in pairs]))  # fmt: skip
    return found


def echr(file: Path) -> list[Document]:
    """A language of the ECHR texts, put together again from their tokens; every mention is an entity of its own."""
    found, text, spans, labels = [], "", list[tuple[int, int]](), list[str]()
    for rows in _blocks(_lines(file)):
        if rows and rows[0].startswith("PROC") and text:
            found.append(_document(text, spans, labels))
            text, spans, labels = "", [], []
        text += "\n" if text else ""
        for row in rows:
            token, label = row.split()
            if text and text[-1] != "\n" and token not in _NO_SPACE_BEFORE and text[-1] not in _NO_SPACE_AFTER:
                text += " "
            spans.append((len(text), len(text) + len(token)))
            labels.append(label)
            text += token
    return [*found, _document(text, spans, labels)] if text else found


def _tab(record: dict[str, object]) -> Document:
    mentions: dict[str, list[tuple[int, int, str]]] = {}
    needs: dict[str, set[str]] = {}
    marked = record["entities"]
    assert isinstance(marked, list)
    for one in marked:
        mentions.setdefault(one["entity_id"], []).append((one["start_offset"], one["end_offset"], one["entity_type"]))
        needs.setdefault(one["entity_id"], set()).add(one["identifier_type"].lower())
    entities = tuple(
        Entity(tuple(mentions[id]), "direct" if "direct" in needs[id] else "quasi" if "quasi" in needs[id] else "")
        for id in mentions
    )
    return Document(str(record["text"]), entities)


def _document(text: str, spans: list[tuple[int, int]], labels: list[str]) -> Document:
    entities: list[tuple[int, int, str]] = []
    for (start, end), label in zip(spans, labels, strict=True):
        part, _, kind = label.partition("-")
        if part == "I" and entities and entities[-1][2] == kind:
            entities[-1] = (entities[-1][0], end, kind)
        elif kind:
            entities.append((start, end, kind))
    return Document(text, tuple(Entity((entity,), "quasi") for entity in entities))


def _blocks(lines: Iterator[str]) -> Iterator[list[str]]:
    """Lines between empty lines."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.rstrip("\r\n"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(file: Path) -> Iterator[str]:
    if not file.is_file():
        raise MissingData(f"{file} is not there; give the folder of the benchmark with --data.")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from lines
