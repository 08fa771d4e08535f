"""What keeps publication looking as it always did: the days it usually comes on, and what is cleared to come on them.

A desk that falls silent the week somebody is taken, or takes a page down, tells whoever took them that they were right.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import msgspec

from farbank import vault
from farbank.desk.compile_story import compile_story
from farbank.desk.import_case import filed
from farbank.desk.ledger import releases
from farbank.model.errors import FarbankError
from farbank.model.text import Slug
from farbank.protect import rhythm
from farbank.vault import case_store, sign_off


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """A case every gate of which is open, and the first day on which it may go out."""

    case: Slug
    not_before: date


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A day on which something would usually come out, and what could; None where nothing is cleared for it."""

    day: date
    case: Slug | None


class Ordinary(msgspec.Struct, frozen=True, kw_only=True):
    """The rhythm of publication so far, and how long what is cleared would keep it.

    `gap` is the usual number of days between two releases, None where there are too few to say; `missed_from` the day
    from which silence would be news, None where there is no steady rhythm to break.
    """

    released: int
    last: date | None
    gap: int | None
    missed_from: date | None
    cleared: tuple[Cleared, ...]
    plan: tuple[Planned, ...]


def ordinary(opened: vault.Vault, frozen: Collection[Slug], on: date) -> Ordinary:
    """Look at the ledger and at every case not released and not `frozen`; each is compiled, which takes seconds.

    Raises CompartmentClosed.
    """
    days = sorted({release.published for release in releases(opened)})
    cleared = _cleared(opened, frozen)
    gap = rhythm.usual_gap(days)
    return Ordinary(
        released=len(days),
        last=days[-1] if days else None,
        gap=gap,
        missed_from=rhythm.missed_from(days),
        cleared=cleared,
        plan=plan(days[-1], gap, cleared, on) if days and gap else (),
    )


def plan(last: date, gap: int, cleared: Sequence[Cleared], on: date) -> tuple[Planned, ...]:
    """The usual days from `on` until one finds nothing cleared; no day gets more than one, so that none stands out."""
    left = sorted(cleared, key=lambda each: (each.not_before, each.case))
    day = last + timedelta(days=gap)
    while day < on:
        day += timedelta(days=gap)
    found: list[Planned] = []
    while not found or found[-1].case is not None:
        fitting = next((each for each in left if each.not_before <= day), None)
        if fitting is not None:
            left.remove(fitting)
        found.append(Planned(day=day, case=None if fitting is None else fitting.case))
        day += timedelta(days=gap)
    return tuple(found)


def _cleared(opened: vault.Vault, frozen: Collection[Slug]) -> tuple[Cleared, ...]:
    out = {entry.edition for entry in opened.released()}
    out |= {act.proposal.case for act in sign_off.sound(opened) if act.proposal.about in out and act.proposal.case}
    found = []
    for name in case_store.names(opened):
        if name not in out and name not in frozen:
            try:
                compiled = compile_story(filed(opened, name))
            except FarbankError:
                continue  # what cannot be compiled is not cleared
            if compiled.releasable and compiled.timed.on is not None:
                found.append(Cleared(case=name, not_before=compiled.timed.on))
    return tuple(found)
