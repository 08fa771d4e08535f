"""Captions and alternative texts, compiled from the record of a picture and never typed (F24, E16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from farbank.country.pack import Pack
from farbank.model.dates import When
from farbank.model.errors import MissingReference
from farbank.model.places import PlaceId
from farbank.model.story import Picture
from farbank.model.text import Language, Text
from farbank.publish.cast import capital
from farbank.publish.grain import PUBLISHED, coarse

FILE_AFTER = timedelta(days=31)
"""Older than this before the close, a picture is a file picture: house rule, one month's grain of captions."""


def is_file_picture(picture: Picture, close: date) -> bool:
    """Whether it is older than the story it stands in, may be, or was seen before by a day earlier than the close.

    One whose time has no end may be older from its first day on.
    """
    latest = picture.when.latest or picture.when.earliest
    older = latest is not None and latest < close - FILE_AFTER
    return older or any(seen.on < close for seen in picture.seen_before)


def caption(picture: Picture, close: date, pack: Pack, language: Language, reported: Sequence[PlaceId] = ()) -> str:
    """What, place no finer than the province, month and year, vantage and credit, with what a reader must not mistake.

    `reported` are the places the story is about, those of the country as a whole too: no place is named more finely
    than they are. A picture of somewhere else is said to be elsewhere, and a file picture. Raises MissingReference
    where the record lacks words in this language.
    """
    phrases = pack.phrases[language]
    key = "caption.drawn" if picture.stands_in else "caption.shown"
    what = _in(picture.what, "what", language, picture)
    slots = {
        "what": what if picture.stands_in else capital(what),
        "place": _place(picture, pack, language, reported),
        "date": phrases.date(_month(picture.when)),
        "vantage": _in(picture.vantage, "vantage", language, picture),
    }
    others = elsewhere(picture, pack, reported)
    said = [phrases.say("caption.file")] if others or is_file_picture(picture, close) else []
    said.append(capital(phrases.say(key, **slots)))
    if others:
        names = phrases.join(pack.gazetteer.name(place, language) for place in others)
        said.append(phrases.say("caption.elsewhere", reported=names))
    said.append(phrases.say("caption.credit", credit=_in(picture.credit, "credit", language, picture)))
    return phrases.run_on(said)


def alt(picture: Picture, pack: Pack, language: Language, reported: Sequence[PlaceId] = ()) -> str:
    """The alternative text: the kind of picture, what it shows, where and when, at the caption's grain.

    Raises MissingReference where the record does not say in this language what it shows.
    """
    phrases = pack.phrases[language]
    return phrases.say(
        "caption.alt-drawn" if picture.stands_in else "caption.alt",
        what=_in(picture.what, "what", language, picture),
        place=_place(picture, pack, language, reported),
        date=phrases.date(_month(picture.when)),
    )


def _place(picture: Picture, pack: Pack, language: Language, reported: Sequence[PlaceId]) -> str:
    levels = [pack.gazetteer.place(place).level for place in coarse(tuple(reported), pack.gazetteer)]
    return pack.gazetteer.name(pack.gazetteer.at_level(picture.place, max(levels, default=PUBLISHED)).id, language)


def elsewhere(picture: Picture, pack: Pack, reported: Sequence[PlaceId]) -> tuple[PlaceId, ...]:
    """The places the story is about if the picture is of none; the country as a whole says nothing of it."""
    places = (place for place in coarse(tuple(reported), pack.gazetteer) if pack.gazetteer.place(place).level > 0)
    named = tuple(places)
    return () if any(_meets(picture.place, place, pack) for place in named) else named


def _meets(place: PlaceId, other: PlaceId, pack: Pack) -> bool:
    return pack.gazetteer.is_within(place, other) or pack.gazetteer.is_within(other, place)


def _month(when: When) -> When:
    """The months it falls in: a caption gives no day."""
    ends = [f"{end:%Y-%m}" if end else ".." for end in (when.earliest, when.latest)]
    return When((ends[0] if ends[0] == ends[1] else "/".join(ends)) + "~" * (when.approximate and ends[0] == ends[1]))


def _in(text: Text, field: str, language: Language, picture: Picture) -> str:
    words = text.get(language, "").strip()
    if words:
        return words
    made = "its caption and its alternative text are" if field == "what" else "its caption is"
    raise MissingReference(
        f"media/{picture.id}.toml: [{field}] is not worded in {language}; write it there in one phrase, for {made} "
        "made from it"
    )
