"""What an outlet changed after it was published: articles edited, and articles that are gone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

import msgspec

from farbank.model.statemedia import Article, Window
from farbank.model.text import Language
from farbank.watch.store import Store, Version

AROUND = 3
"""Words kept on either side of what changed, so that it can be read."""
LONGEST = 20_000
"""Words compared one by one; a longer text is shown whole."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was and as it is: `edited` with the words that changed, or `vanished`.

    `noticed` is the first sight of the new text, or the first time that nothing was there; `last` the last sight of the
    old one. What happened between those two is all that is known of when.
    """

    kind: Literal["edited", "vanished"]
    id: str
    outlet: str
    language: Language
    date: date
    title: str
    url: str
    last: datetime
    noticed: datetime
    words: tuple[tuple[str, str], ...] = ()


def changes(store: Store, window: Window) -> list[Change]:
    """Every edit and disappearance of articles dated in the window, as they were noticed."""
    found = [change for texts in store.changed(window) for change in _of(texts)]
    return sorted(found, key=lambda change: (change.noticed, change.id))


def _of(texts: list[Version]) -> Iterator[Change]:
    for old, new in pairwise(texts):
        yield _change("edited", old, new.first, differing(_whole(old.article), _whole(new.article)))
    *_, latest = texts
    if latest.gone is not None:
        yield _change("vanished", latest, latest.gone)


def _change(
    kind: Literal["edited", "vanished"], old: Version, noticed: datetime, words: Iterable[tuple[str, str]] = ()
) -> Change:
    article = old.article
    return Change(
        kind=kind, id=article.id, outlet=article.outlet, language=article.lang, date=article.date, title=article.title,
        url=article.url, last=old.last, noticed=noticed, words=tuple(words),
    )  # fmt: skip


def _whole(article: Article) -> str:
    return f"{article.title}\n{article.body}"


def differing(old: str, new: str) -> list[tuple[str, str]]:
    """The passages that differ, as they were and as they are, each with a few words around it."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > LONGEST:
        return [(old, new)]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    groups = matcher.get_grouped_opcodes(AROUND)
    return [
        (" ".join(before[group[0][1] : group[-1][2]]), " ".join(after[group[0][3] : group[-1][4]])) for group in groups
    ]
