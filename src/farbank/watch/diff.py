"""What an outlet changed after it was published: articles edited, and articles that are gone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Literal

import msgspec

from farbank.model.statemedia import Article, Window
from farbank.model.text import Language
from farbank.watch.sights import Sight
from farbank.watch.store import Store

AROUND = 3
"""Words kept on either side of what changed, so that it can be read."""
LONGEST = 20_000
"""Words compared one by one; a longer text is shown whole."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was and as it is: `edited` with the words that changed, or `vanished`.

    `noticed` is the first sight of the new text, or the first time that nothing was there; `last` the last sight of the
    old one. What happened between those two is all that is known of when. `leads` is where its address leads now.
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
    leads: str = ""


def changes(store: Store, window: Window) -> list[Change]:
    """Every edit and disappearance of articles dated in the window, as they were noticed."""
    found = [change for sights in map(_read, store.changed(window)) for change in (*_edits(sights), *_end(sights))]
    return sorted(found, key=lambda change: (change.noticed, change.outlet, change.id))


def _read(sights: list[Sight]) -> list[Sight]:
    """Of an item that was ever read, without the sights of a title it was only listed by."""
    read = [sight for sight in sights if sight.served or (sight.article and sight.article.body)]
    return read if any(sight.article for sight in read) else sights


def _edits(sights: list[Sight]) -> Iterator[Change]:
    """Each time that a text followed another; that of an item held by its title until then was there all along."""
    for before, after in pairwise(_runs(sights)):
        old, new = before[-1], after[0]
        if old.article and new.article and (old.article.body or not new.article.body):
            words = differing(_whole(old.article), _whole(new.article))
            yield _change("edited", old, old.article, new.taken, words)


def _runs(sights: list[Sight]) -> Iterator[list[Sight]]:
    """The sights of one text in a row, whatever was not there in between."""
    for _, run in groupby(
        (one for one in sights if one.article), lambda sight: sight.article and _whole(sight.article)
    ):
        yield list(run)


def _end(sights: list[Sight]) -> Iterator[Change]:
    """Its disappearance: it was seen, later it was not there, and no server has served it since."""
    last: Sight | None = None
    gone: datetime | None = None
    leads = ""
    for sight in sights:
        if sight.article is None:
            gone, leads = gone or sight.taken, sight.leads
        elif sight.served or gone is None or last is None:
            last, gone = sight, None
    if last is not None and last.article is not None and gone is not None:
        yield _change("vanished", last, last.article, gone, leads=leads)


def _change(
    kind: Literal["edited", "vanished"],
    last: Sight,
    article: Article,
    noticed: datetime,
    words: Iterable[tuple[str, str]] = (),
    leads: str = "",
) -> Change:
    return Change(
        kind=kind, id=article.id, outlet=article.outlet, language=article.lang, date=article.date, title=article.title,
        url=last.url, last=last.taken, noticed=noticed, words=tuple(words), leads=leads,
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
