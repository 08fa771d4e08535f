"""Language versions held against their master: pinned to its words, and never finer or surer than it (F28, E17, E29).

The master is the first language of the case. Each rule is one small file; what it needs of a language is in the wording
section `versions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from farbank.country.pack import Pack
from farbank.model.story import Draft, Lint
from farbank.model.text import Language
from farbank.publish.versions import align, finer_date, finer_number, finer_place, glossary, stale, surer
from farbank.publish.versions.passage import Pair

__all__ = ["check"]

RULES = (finer_place, finer_date, finer_number, surer, glossary)


def check(drafts: Mapping[Language, Draft], pack: Pack) -> tuple[Lint, ...]:
    """Everything in which a version says other than its master, by file and line; `drafts` have the master first."""
    master, *versions = drafts.values()
    found = {lint for version in versions for lint in _against(master, version, pack)}
    return tuple(sorted(found, key=lambda lint: (lint.file, lint.line, lint.rule, lint.message)))


def _against(master: Draft, version: Draft, pack: Pack) -> Iterator[Lint]:
    yield from _lint(version, stale, stale.find(master, version))
    pairs, misfits = align.aligned(master, version)
    yield from _lint(version, align, misfits)
    for rule in RULES:
        for each in pairs:
            pair = Pair(*each, pack.phrases[master.language], pack.phrases[version.language], pack, master.close)
            yield from _lint(version, rule, ((pair.version.line, message) for message in rule.find(pair)))


class _Rule(Protocol):
    RULE: str
    BLOCKING: bool


def _lint(version: Draft, rule: _Rule, found: Iterator[tuple[int, str]]) -> Iterator[Lint]:
    for line, message in found:
        yield Lint(file=version.file, line=line, rule=rule.RULE, message=message, blocking=rule.BLOCKING)
