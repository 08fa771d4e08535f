"""Take an edition a step on its way: to review, cleared, held or killed, by whoever may, where the table allows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from farbank import vault
from farbank.desk.blocked import assert_not_frozen
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.errors import StoryFrozen
from farbank.desk.import_case import filed
from farbank.desk.lift_embargo import propose_edition_lift
from farbank.desk.meant import begun, meant, named
from farbank.desk.moments import day_of
from farbank.desk.standing import Story, standing
from farbank.desk.write_step import LIFTING, write_step
from farbank.model.captures import Moment
from farbank.model.case import Case
from farbank.model.steps import Event, Flag
from farbank.model.text import Slug
from farbank.publish.editions import Item, assert_allowed, moved
from farbank.publish.errors import StepRefused
from farbank.publish.states import State, table
from farbank.publish.versions import stale
from farbank.vault import case_store
from farbank.watch.archives import Places

_AT_BEST: frozenset[Flag] = frozenset({"harm-record", "signed", "lift-agreed"})
"""Flags with which everything is allowed that a state allows at all."""
_ASKS_THE_GATES: frozenset[Event] = frozenset({"clear", "schedule"})


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What a step came to: every edition it moved and where it stands now, or the act that waits for somebody else.

    `until` is the moment before which the edition may not go out.
    """

    edition: Slug
    moved: dict[Slug, State]
    until: Moment | None = None
    act: str | None = None


def take_step(
    opened: vault.Vault,
    story: Slug,
    event: Event,
    *,
    now: datetime,
    reason: str,
    edition: Slug | None = None,
    until: datetime | None = None,
    archive: Places | None = None,
) -> Taken:
    """Move an edition, and write down who moved it; lifting an embargo asks somebody else to agree.

    `edition` is the one under way unless given, and for a kill the one that is out. Raises StepRefused with what to do
    instead, NotAllowed, NoSuchRecord, NoEditionName, CompartmentClosed, and for clearing and scheduling what compiling
    raises.
    """
    edition, words, flags = _gates(opened, story, event, edition, now, until, archive)
    with opened.transaction():  # so that nobody moves it between the look and the step
        at, items, name = _found(opened, story, event, edition, now)
        if event in _ASKS_THE_GATES and at.words != words:
            raise StepRefused(f"{story} was filed anew while its gates were asked; look at it again")
        if event == "lift":
            return _proposed_lift(opened, story, items[name], now, reason)
        done = write_step(opened, at, items, name, event, now=now, until=until, flags=flags, reason=reason)
    return Taken(
        edition=name,
        moved={each: stands.state for each, stands in done.items() if stands != at.items.get(each)},
        until=None if done[name].state in (*table().out, *table().over) else done[name].waits_for,
    )


def gates(opened: vault.Vault, case: Case, compiled: Compilation) -> frozenset[Flag]:
    """The flags that a compiled story, its sources and this person's keys set."""
    flags: set[Flag] = set()
    if not compiled.open:
        flags.add("gate-closed")
    if any(item.rule == stale.RULE for item in compiled.lint):
        flags.add("stale")
    if compiled.weighed:
        flags.add("harm-record")
    if "ledger" not in opened.compartments:
        flags.add("no-ledger")
    try:
        assert_not_frozen(opened, case)
    except StoryFrozen:
        flags.add("frozen")
    return frozenset(flags)


def _found(
    opened: vault.Vault, story: Slug, event: Event, edition: str | None, now: datetime
) -> tuple[Story, Mapping[Slug, Item], Slug]:
    """The story, its editions, and the one that is meant, if this person may do that with it by hand."""
    at = standing(opened, story)
    if not at.editions and story not in case_store.names(opened):
        raise vault.NoSuchRecord(f"no story {story} is on file; look with farbank story state")
    name = meant(at, event) if edition is None else named(at, event, edition)
    _assert_may(opened, story, event)
    items = begun(at, name, now)
    if (instead := table().comes_of.get(event)) is not None:
        assert_allowed(items[name], event, now, _AT_BEST)
        raise StepRefused(f"{name}: nobody does that by hand. {instead}")
    return at, items, name


def _gates(
    opened: vault.Vault,
    story: Slug,
    event: Event,
    edition: str | None,
    now: datetime,
    until: datetime | None,
    archive: Places | None,
) -> tuple[str | None, str, frozenset[Flag]]:
    """The edition and the words that the gates were asked about, where a step asks them, and the flags they set.

    They take seconds, in which nobody else is to wait with a kill: so no transaction is open meanwhile.
    """
    if event not in _ASKS_THE_GATES:
        return edition, "", frozenset()
    at, items, name = _found(opened, story, event, edition, now)
    moved(items[name], event, now, until, _AT_BEST)
    case = filed(opened, story)
    on = None if until is None else day_of(until, case.case.desk.zone)
    return name, at.words, gates(opened, case.case, compile_story(case, archive, edition=name, on=on))


def _assert_may(opened: vault.Vault, story: Slug, event: Event) -> None:
    on_file = story in case_store.names(opened)
    handlers = case_store.handlers(opened, case_store.content(opened, story)) if on_file else frozenset[str]()
    why = vault.steps.refusal(
        event,
        opened.me,
        handles=opened.person in handlers,
        wrote=opened.person in case_store.authors(opened, story),
    )
    if why is not None:
        raise vault.NotAllowed(f"{opened.person} may not {event} {story}: {why}")


def _proposed_lift(opened: vault.Vault, story: Slug, item: Item, now: datetime, reason: str) -> Taken:
    assert_allowed(item, "lift", now, LIFTING)
    if item.embargo is None:
        raise StepRefused(f"{item.id} is under no embargo; there is nothing to lift")
    act = propose_edition_lift(opened, case_store.content(opened, story), item.id, item.embargo, reason)
    return Taken(edition=item.id, moved={}, until=item.embargo, act=act)
