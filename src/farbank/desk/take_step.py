"""Take an edition a step on its way: to review, cleared, held or killed, by whoever may, where the table allows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import count

import msgspec

from farbank import vault
from farbank.desk.blocked import assert_not_frozen
from farbank.desk.compile_edition import edition_name
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.errors import StoryFrozen
from farbank.desk.import_case import filed
from farbank.desk.lift_embargo import propose_edition_lift
from farbank.desk.moments import day_of
from farbank.desk.standing import Story, standing
from farbank.model.captures import Moment
from farbank.model.case import Case
from farbank.model.steps import Event, Flag, Step, StepId
from farbank.model.text import Slug
from farbank.publish.editions import Item, assert_allowed, begin, consequences, moved
from farbank.publish.errors import StepRefused
from farbank.publish.replay import Standing
from farbank.publish.states import State, table
from farbank.publish.versions import stale
from farbank.vault import case_store
from farbank.watch.archives import Places

LIFTING: frozenset[Flag] = frozenset({"lift-agreed"})
"""The flag that two people set who agree to lift an embargo."""
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
        done = write(opened, at, items, name, event, now=now, until=until, flags=flags, reason=reason)
    return Taken(
        edition=name,
        moved={each: stands.state for each, stands in done.items() if stands != at.items.get(each)},
        until=None if done[name].state in (*table().out, *table().over) else done[name].waits_for,
    )


def write(
    opened: vault.Vault,
    at: Story,
    items: Mapping[Slug, Item],
    name: Slug,
    event: Event,
    *,
    now: datetime,
    reason: str,
    until: datetime | None = None,
    flags: Collection[Flag] = (),
    act: str = "",
) -> dict[Slug, Item]:
    """Move an edition and all that move with it, one signed step each, inside a transaction. Raises StepRefused."""
    done = dict(items)
    moves = consequences(items, name, event)
    for each, what in moves:
        done[each] = moved(items[each], what, now, until, flags)
    for each, what in moves:
        known = at.editions.get(each, Standing(item=items[each]))
        step = Step(
            edition=each,
            event=what,
            by=opened.person,
            at=now,
            reason=reason,
            words=at.words,
            until=until,
            flags=tuple(sorted(flags)),
            corrects=None if known.heads else items[each].corrects,
            act=act,
            after=known.heads,
        )
        if known.unsaid:
            step = msgspec.structs.replace(step, corrects=None, after=(_said(opened, at.name, step),))
        vault.steps.add(opened, at.name, step)
        opened.note(f"edition {what}", about=each, note=reason)
    return done


def _said(opened: vault.Vault, story: Slug, step: Step) -> StepId:
    """Write down that an edition is out which no step says is: the next one is to follow that."""
    out = msgspec.structs.replace(
        step, event="release", until=None, flags=(), act="", reason="the ledger has it as out"
    )
    return vault.steps.add(opened, story, out)


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


def begun(at: Story, name: Slug, now: datetime) -> dict[Slug, Item]:
    """The editions of a story with this one among them; a new one corrects the newest that is out.

    Raises StepRefused where another is under way, or nothing may follow what is over.
    """
    if name in at.items:
        return at.items
    if at.under_way:
        raise StepRefused(
            f"{at.under_way[0]} is under way already; go on with that edition of {at.name}, or kill it first"
        )
    return begin(at.items, name, now, at.newest)


def next_edition(opened: vault.Vault, story: Slug) -> Slug:
    """The edition readers would get next: the one under way, or a name nobody has used."""
    return _meant(standing(opened, story), "submit")


def _meant(at: Story, event: Event) -> Slug:
    """The edition somebody means who names none."""
    if event == "kill" and at.newest is not None:
        return at.newest
    if at.under_way:
        return at.under_way[0]
    if at.newest is not None and event != "submit":
        return at.newest
    names = (at.name if number == 1 else f"{at.name}-{number}" for number in count(1))
    return next(name for name in names if name not in at.items and name not in at.released)


def _named(at: Story, event: Event, edition: str) -> Slug:
    """The edition somebody names, which only submitting begins. Raises NoEditionName, StepRefused."""
    name = edition_name(edition)
    if name in at.items:
        return name
    if event != "submit":
        known = ", ".join(at.items) or "none yet"
        raise StepRefused(f"{at.name} has no edition {name}; it has {known}")
    if name in at.released:
        raise StepRefused(f"{name} is out already, and a name is used once; choose another")
    return name


def _found(
    opened: vault.Vault, story: Slug, event: Event, edition: str | None, now: datetime
) -> tuple[Story, Mapping[Slug, Item], Slug]:
    """The story, its editions, and the one that is meant, if this person may do that with it by hand."""
    at = standing(opened, story)
    if not at.editions and story not in case_store.names(opened):
        raise vault.NoSuchRecord(f"no story {story} is on file; look with farbank story state")
    name = _meant(at, event) if edition is None else _named(at, event, edition)
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
