"""What the state says, and one look for a claim in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model.dates import When
from farbank.model.text import Language, Slug, Text

Result = Literal["said", "half-said", "said-elsewhere", "contradicted", "silent", "cannot-tell"]
"""said: the event, its detail and its place. half-said: same event or actor and period, but a broader place or a
weaker predicate. said-elsewhere: same kind of event, another place or time. contradicted: denied for that place.
silent: the days are held and nothing was found. cannot-tell: the days are not held, or nobody looked."""


CUT = "cut"
"""The kind of an article whose page was not read to its end."""


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item as an archive file gives it; an empty `body` means it is held by its title only.

    `kind` is set where the text is not the outlet's own full body (headline file, excerpt, press summary). `item` is
    what the outlet calls the same item in every language version, where it says.
    """

    id: str
    outlet: str
    lang: Language
    date: date
    title: str
    body: str = ""
    url: str = ""
    kind: str = ""
    item: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A passage of state media, quoted or `restated` in the desk's words (a restatement bears no quotation marks).

    One that promises something has a `due` date to come back to; with an open end it promises no date.
    """

    id: Slug
    outlet: str
    language: Language
    published: When
    text: Text
    restated: bool = False
    reference: str = ""
    sha256: str | None = None
    due: When | None = None


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The days looked at, first and last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the window ends ({self.last}) before it begins ({self.first})")


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What of one outlet in one language was there to be read in a window; title-only items are not bodies.

    `days_unread` are those of the missing days of which something listed could not be read or may have been missed.
    """

    outlet: str
    language: Language
    days_held: int
    days_missing: tuple[date, ...]
    bodies: int
    titles_only: int
    days_unread: tuple[date, ...] = ()


class Copy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where else a text stands: another outlet, another day, another language version."""

    outlet: str
    language: Language
    date: date
    url: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one outlet says of a claim in one language, for the language versions of one outlet differ.

    `first` is the first day on which it said so. `bound` is a measured limit on the chance that a mention in it was
    missed, at 95 %; None where none was measured.
    """

    outlet: str
    language: Language
    result: Result
    first: date | None = None
    bound: float | None = None


class Reached(msgspec.Struct, frozen=True, array_like=True):
    """Of the mentions known to be there, `missed` were not reached once `judged` passages had been judged."""

    judged: int
    missed: int


class Recall(msgspec.Struct, frozen=True, kw_only=True):
    """How many known mentions a look reached in one outlet and language, measured.

    `trials` are mentions drawn independently of each other; `steps` say how many were missed, unreviewed and after so
    many judgements, the latter falling. `words` are what was looked with: a measurement says nothing of other words.
    """

    outlet: str
    language: Language
    trials: Annotated[int, msgspec.Meta(ge=1)]
    steps: tuple[Reached, ...]
    words: str


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A passage found: `touches` are the concepts it matches, `lacks` what a full mention would add.

    `also` is where else its article stands: one text in three places is one mention. `mark` is what it is judged by;
    `judged` says that people of the desk read it and that `result` is theirs.
    """

    article: str
    outlet: str
    language: Language
    date: date
    title: str
    text: str
    url: str = ""
    result: Result
    places: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    also: tuple[Copy, ...] = ()
    mark: str = ""
    judged: bool = False


class Search(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One look for claims in state media, by machine or by a named reader.

    A machine's search has `coverage`, `verdicts` and `passages`; a reader's is attested: `reader` and `statements`.
    `bound` is a measured limit on the chance that a mention was missed, at 95 %: the loosest of its verdicts', None if
    one of them was not measured. `waiting` passages forbid silence until somebody has judged them; `judged` were.
    """

    id: Slug
    claims: tuple[Slug, ...]
    window: Window
    outlets: tuple[str, ...]
    languages: tuple[Language, ...]
    result: Result
    reader: str | None = None
    statements: tuple[Slug, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    passages: tuple[Passage, ...] = ()
    note: Text = {}
    bound: float | None = None
    waiting: int = 0
    judged: int = 0
