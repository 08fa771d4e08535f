"""The byte gate: the last look at every rendered file before anything leaves; closed unless all could be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from farbank.model.detections import Sort
from farbank.model.exposure import Gate, Slip
from farbank.protect.errors import UnreadProse
from farbank.protect.forbidden import Forbidden, lookout
from farbank.protect.readers import read, suffix
from farbank.protect.readers.hidden import DEEPEST, Embedded, layers
from farbank.protect.readers.letters import SOFT, position, readings
from farbank.protect.readers.pieces import Flaw, Found, Piece, Unreadable

_PATH = re.compile(
    r"(?<![\w.~-])(?:/(?:home|Users|root|tmp|private|mnt|Volumes|var/(?:tmp|folders))/\w|~\w*/\w|[A-Za-z]:\\\\?\w)|file:/"
)
_MAKERS = {
    "text": re.compile(r"^(?:generator|creator|producer)\s*:", re.IGNORECASE | re.MULTILINE),
    "comment": re.compile(r"\b(?:generat|creat|export|produc)(?:ed|or)\b", re.IGNORECASE),
}
"""What says which program or user made a file: a line of front matter, a comment."""
_INVISIBLE = re.compile(
    f"[{SOFT}\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_SLUGS = frozenset({"file name", "attribute href", "attribute src", "attribute id"})
"""Where names stand without capitals."""

_GIVEN: dict[Sort, str] = {
    "absence": "an absence",
    "age": "an age",
    "anecdote": "what happened to somebody",
    "clock": "a time of day",
    "date": "a day",
    "kinship": "a relative",
    "occupation": "an occupation",
    "place": "where somebody lives",
    "quantity": "a count of few",
    "rank": "a rank",
    "serial": "a serial number",
    "sex": "somebody's sex",
}


class _Sign(NamedTuple):
    """Something found: in what hiding place, what it is (never printed), and how to tell the desk."""

    kind: str
    what: object
    hint: str


class Named(Protocol):
    """A place named in running text: the places the name fits, and where it starts."""

    @property
    def places(self) -> tuple[str, ...]:
        """The place ids the name fits."""

    @property
    def start(self) -> int:
        """Where the name starts."""


class Given(Protocol):
    """Something a text gives away that nothing accounts for: its sort, where it is, and its words, never printed."""

    @property
    def sort(self) -> Sort:
        """What kind of thing it is."""

    @property
    def start(self) -> int:
        """Near which character it is."""

    @property
    def words(self) -> str:
        """The words."""


def check(
    files: Mapping[str, bytes],
    forbidden: Forbidden,
    *,
    mentions: Callable[[str], Iterable[Named]],
    allowed: Container[str],
    unaccounted: Callable[[str, str], Iterable[Given]],
) -> Gate:
    """Look through the names and bytes of every file to be published; never raises, whatever the bytes.

    `mentions` finds places in running text (the gazetteer's own); one that fits none of the `allowed` place ids is a
    slip, as is every forbidden spelling, absolute path, generator mark and picture metadata, and every file that
    cannot be read. `unaccounted` reads a text, by its hiding place, for what it gives away that neither a draft nor a
    description accounts for; each such thing is a slip. No slip repeats what it found; a file whose name is itself a
    slip goes by its number.
    """
    look = _Look(forbidden, mentions, allowed, unaccounted)
    slips: list[Slip] = []
    for number, name in enumerate(sorted(files), 1):
        in_name = [*look.over(name, iter([Piece("file name", name)]))]
        shown = f"file {number} of {len(files)} (its name is withheld)" if in_name else name
        found = [*in_name, *look.over(shown, read(suffix(name), files[name]))]
        slips.extend(Slip(file=shown, kind=slip.kind, hint=slip.hint) for slip in found)
    if not files:
        slips.append(Slip(file="", kind="unreadable", hint="there is no file to check; render the edition first"))
    return Gate(open=not slips, files=len(files), slips=tuple(slips))


class _Look:
    """One pass over an edition."""

    def __init__(
        self,
        forbidden: Forbidden,
        mentions: Callable[[str], Iterable[Named]],
        allowed: Container[str],
        unaccounted: Callable[[str, str], Iterable[Given]],
    ) -> None:
        self._lookout = lookout(forbidden)
        self._mentions = mentions
        self._allowed = allowed
        self._unaccounted = unaccounted
        self._clean: set[str] = set()
        self._told: set[tuple[str, str]] = set()

    def over(self, file: str, found: Iterator[Found]) -> Iterator[Slip]:
        """Yield what slipped in one file, each once per hiding place; a failure of any reader is itself a slip."""
        told: set[object] = set()
        try:
            for sign in self._signs(found, 0):
                key = sign.what if sign.kind == "source" else sign[:2]
                if key not in told:
                    yield Slip(file=file, kind=sign.kind, hint=sign.hint)
                told |= {key, sign.what}
        except (Unreadable, UnreadProse) as error:
            yield Slip(file=file, kind="unreadable", hint=f"{error}; the gate stays closed until it can be read")
        except Exception as error:  # whatever fails here must close the gate, not open it
            yield Slip(file=file, kind="unreadable", hint=f"its reader failed ({type(error).__name__}); report this")

    def _signs(self, found: Iterator[Found], depth: int) -> Iterator[_Sign]:
        if depth > DEEPEST:
            raise Unreadable("files embedded too deep in one another")
        for item in found:
            if isinstance(item, Flaw):
                yield _Sign(item.kind, item.hint, item.hint)
                continue
            for layer in layers(item.text, item.kind):
                if isinstance(layer, Embedded):
                    inner = self._signs(read(layer.media_type, layer.data), depth + 1)
                    yield from (sign._replace(kind=f"embedded {sign.kind}") for sign in inner)
                else:
                    yield from self._words(item.kind, layer)
                    yield from _marks(item.kind, layer)
                    yield from self._places(item, layer)
                    yield from self._details(item.kind, layer)

    def _words(self, kind: str, text: str) -> Iterator[_Sign]:
        if text in self._clean:  # pages share much, and a page's source says again what its pieces say
            return
        hits = [hit for letters in readings(text) for hit in self._lookout.hits(letters)]
        if not hits:
            self._clean.add(text)
        for hit in hits:
            where = position(text, hit.start)
            what = "what reads like a forbidden spelling" if hit.near else "a forbidden spelling"
            yield _Sign(kind, hit.tag, f"{what} near character {where} of the {kind}; take it out")

    def _places(self, piece: Piece, text: str) -> Iterator[_Sign]:
        if not piece.shown:
            return
        plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        if piece.kind in _SLUGS:
            plain = plain.replace("_", " ").title()
        for named in self._mentions(plain):
            if not any(place in self._allowed for place in named.places):
                hint = f"a finer place than allowed near character {named.start} of the {piece.kind}; name a wider one"
                yield _Sign("place", (piece.kind, named.places), hint)

    def _details(self, kind: str, text: str) -> Iterator[_Sign]:
        if kind == "source" or (kind, text) in self._told:  # a page's source says again what its pieces say
            return
        given = [*self._unaccounted(kind, text)]
        if not given:
            self._told.add((kind, text))
        for each in given:
            hint = f"gives away {_GIVEN.get(each.sort, 'a detail')} near character {each.start} of the {kind} that no "
            hint += "draft says and no description allows; take it out, or say it in the story, where it is judged"
            yield _Sign("detail", (kind, each.sort, each.words), hint)


def _marks(kind: str, text: str) -> Iterator[_Sign]:
    """Find marks of the machine a file was made on."""
    for path in _PATH.finditer(text):
        yield _Sign("path", path.group(), f"a path of this machine near character {path.start()} of the {kind}")
    maker = _MAKERS.get(kind)
    if maker and (found := maker.search(text)):
        yield _Sign("generator", found.group(), f"a note of what made the file, near character {found.start()}")
