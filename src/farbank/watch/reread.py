"""Everything that was read from the raw captures, read from them again and compared with the catalogue.

The captures are gone through in the order of filing, and what is read from each is noted in a second catalogue, in no
folder, as filing noted it in the first. Where the two differ the first is followed, so that one change is told once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import msgspec

from farbank.country.pack import Pack
from farbank.model.captures import Capture
from farbank.model.statemedia import Article
from farbank.watch import outlets
from farbank.watch.catalogue import Catalogue
from farbank.watch.filing import named, text_of
from farbank.watch.kept import Kept
from farbank.watch.prepare import Reading, of_article, read, readings
from farbank.watch.store import Raw, Store


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one raw capture: what is `damaged` of it, in what its reading is `wrong` in the catalogue, and the
    text that is new with it, as the catalogue has it."""

    raw: Raw
    damaged: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    text: Reading | None = None


class Rereader:
    """Reads what a catalogue was filed from again, by the rules of a pack, into the catalogue `again`."""

    def __init__(self, store: Store, again: Catalogue, pack: Pack | None) -> None:
        self._store = store
        self._again = again
        self._sites = pack.sites if pack else ()
        self._names = outlets.ids(pack)

    def each(self, found: Iterable[Kept]) -> Iterator[Reread]:
        """Read every capture again; one that is not kept as it was filed is taken for what the catalogue says."""
        waiting: deque[Kept] = deque()
        for reading in readings(_captures(found, waiting), self._sites, read):
            while waiting[0].capture is None:
                yield self._follow(waiting.popleft(), None)
            yield self._follow(waiting.popleft(), reading)
        while waiting:
            yield self._follow(waiting.popleft(), None)

    def _follow(self, one: Kept, reading: Reading | None) -> Reread:
        raw = one.raw
        told = self._store.filed(raw.article) if raw.article is not None else None
        new = raw.article is not None and not self._again.holds_article(raw.article)
        text: Reading | None = None
        wrong: list[str] = []
        if reading is not None:
            text = text_of(named(reading, self._names), self._again, self._names)
            wrong = _differs(raw, told, text.article if text else None, first=new)
            text = None if wrong else text
            if reading.leads != raw.leads:
                wrong.append("where it leads is not what the catalogue says")
        bare = reading or Reading(capture=_bare(raw), sha256=raw.sha256)
        if text is None and told is not None:
            text = of_article(bare.capture, raw.sha256, told)
        if new and raw.article is not None:
            self._again.next = raw.article
        self._again.note(bare, text, raw.kept, raw.filed, asked=False)
        return Reread(raw=raw, damaged=one.wrong, wrong=tuple(wrong), text=text if new else None)


def _captures(found: Iterable[Kept], waiting: deque[Kept]) -> Iterator[Capture]:
    """The captures that can be read, each noted among those `waiting`, without its body."""
    for one in found:
        if one.capture is None:
            waiting.append(one)
            continue
        waiting.append(msgspec.structs.replace(one, capture=_bare(one.raw)))
        yield one.capture


def _bare(raw: Raw) -> Capture:
    return Capture(url=raw.url, taken=raw.taken, status=raw.status)


NAMES = {"lang": "language", "date": "day", "body": "text", "url": "address"}
TEXT = ("outlet", "id", "title", "body")


def _differs(raw: Raw, told: Article | None, mine: Article | None, *, first: bool) -> list[str]:
    """In what an article read again is not the one in the catalogue; of a later sight only its text counts."""
    if raw.article is not None and told is None:
        return [f"article {raw.article}, which was read from it, is not in the catalogue"]
    if told is None or mine is None:
        if mine is not None:
            return ["an article can be read from it, and the catalogue has none"]
        return [] if told is None else [f"article {raw.article} cannot be read from it"]
    fields = mine.__struct_fields__ if first else TEXT
    other = [NAMES.get(field, field) for field in fields if getattr(told, field) != getattr(mine, field)]
    return [f"{', '.join(other)} of article {raw.article} is not what is read from it"] if other else []
