"""When a story may follow the contacts behind it, and what its day would tell all the same (E30, E32).

Whoever logs calls puts them beside the days stories appear. A drawn number of days parts the two, so that a story may
belong to any contact of a week or more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b

from farbank.country.phrases import Phrases
from farbank.model.case import Delay
from farbank.model.exposure import Timing
from farbank.model.people import Partner
from farbank.model.releases import Release
from farbank.model.reports import Contact
from farbank.model.text import Slug
from farbank.protect import rhythm


def earliest(contacts: Iterable[Contact], delay: Delay, secret: bytes, story: Slug) -> date | None:
    """The first day an edition of `story` may go out: the last contact's latest day, and the delay.

    The extra days are drawn by a hash of the story and that day under `secret` (16 to 64 bytes): nobody without it can
    tell them, compiling again gives the same day under whatever name, and a correction that rests on a later contact
    draws its own, or the days of all editions together would give the lag away. None if there is no contact, or one
    whose last day is not known.
    """
    lasts = [contact.when.padded[1] for contact in contacts]
    known = [last for last in lasts if last is not None]
    if not known or len(known) < len(lasts):
        return None
    last = max(known)
    return last + timedelta(days=delay.least + extra(delay, secret, story, last))


def extra(delay: Delay, secret: bytes, story: Slug, last: date) -> int:
    """The days drawn for a story with its last contact then, each of 0 to `delay.spread` as likely as any other."""
    drawn = blake2b(f"{story} {last}".encode(), key=secret, digest_size=16, person=b"extra days").digest()
    return int.from_bytes(drawn) % (delay.spread + 1)


def timing(
    contacts: Sequence[Contact],
    tellers: Collection[Slug],
    delay: Delay,
    secret: bytes,
    *,
    story: Slug,
    close: date,
    phrases: Phrases,
) -> Timing:
    """The gate: closed until the delay is over, and for ever if a contact is not on file or has no end.

    `tellers` are the people who have to have a contact on file. All `contacts` of the case count, whether or not what
    they brought is cited: each is on somebody's log. Nothing goes out before the story's `close`.
    """
    missing = sorted(set(tellers) - {contact.partner for contact in contacts})
    open_ended = [contact.id for contact in contacts if contact.when.padded[1] is None]
    if missing:
        return Timing(not_before=None, reason=phrases.say("timing.no-contact", who=phrases.join(missing)))
    if open_ended:
        return Timing(not_before=None, reason=phrases.say("timing.no-end", contact=phrases.join(open_ended)))
    first = earliest(contacts, delay, secret, story)
    if first is None:
        return Timing(not_before=close, reason=phrases.say("timing.nobody", date=phrases.date(close)))
    first = max(first, close)
    slots = {"least": phrases.number(delay.least), "spread": phrases.number(delay.spread)}
    return Timing(not_before=first, reason=phrases.say("timing.wait", date=phrases.date(first), **slots))


def warnings(
    people: Mapping[Slug, Slug],
    partners: Iterable[Partner],
    contacts: Sequence[Contact],
    releases: Iterable[Release],
    *,
    close: date,
    delay: Delay,
    on: date | None,
    phrases: Phrases,
) -> tuple[str, ...]:
    """What going out `on` that day, or no longer going out, would tell of the `people` (id -> token) behind the story.

    `releases` are the earlier ones. Nothing here closes a gate: after an arrest both the story and its absence tell,
    and only the desk can weigh that. Without a day only the partners and the close are looked at.
    """
    found = [line for each in partners if each.handle in people for line in _states(each, phrases)]
    found += _close(contacts, close, delay, phrases)
    earlier = tuple(releases)
    if on is None:
        return tuple(found)
    for person, token in people.items():
        days = sorted(day for _, day in {(r.edition, r.published) for r in earlier if _speaks(r, token)})
        calls = [c.when.earliest for c in contacts if c.partner == person and c.when.is_day and c.when.earliest]
        found += _habits(person, days, calls, on, phrases)
    return tuple(found)


def _speaks(release: Release, token: Slug) -> bool:
    return any(who.token == token for who in release.people)


def _habits(who: Slug, days: Sequence[date], calls: Sequence[date], on: date, phrases: Phrases) -> Iterator[str]:
    if count := rhythm.burst(days, on):
        stretch = phrases.number(rhythm.BURST_DAYS)
        yield phrases.say("timing.burst", who=who, count=phrases.number(count), days=stretch)
    if (lag := rhythm.lag(calls, sorted({*days, on}))) is not None:
        yield phrases.say("timing.lag", who=who, days=phrases.number(lag))
    if silent := rhythm.silence(days, on):
        yield phrases.say("timing.silence", who=who, days=phrases.number(silent))


def _states(partner: Partner, phrases: Phrases) -> Iterator[str]:
    if partner.state != "active":
        yield phrases.say(f"timing.{partner.state}", who=partner.handle)
    if partner.lost is not None:
        yield phrases.say("timing.lost", who=partner.handle)


def _close(contacts: Sequence[Contact], close: date, delay: Delay, phrases: Phrases) -> Iterator[str]:
    """The close is in print as the as-of date, and undoes the delay if it gives away the day of the last contact."""
    spans = [(first, last) for first, last in (contact.when.padded for contact in contacts) if first and last]
    if spans:
        first, last = max(spans, key=lambda span: span[1])
        if (last - first).days < delay.spread and (close - last).days < delay.least:
            yield phrases.say("timing.close")
