"""What somebody looking at a story, or at all of them, is shown: where each edition stands, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from farbank import vault
from farbank.desk.moments import shown
from farbank.desk.standing import Story, released_by, standing
from farbank.model.steps import Event, StepId
from farbank.model.text import Slug
from farbank.publish.replay import Standing, ordered
from farbank.publish.states import State, table
from farbank.vault import case_store


class EditionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One edition: its state, the moment it waits for if that is still to come, and what to do next."""

    story: Slug
    edition: Slug
    state: State
    waits: str
    next: str


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step that was taken, with its times where the desk is and in UTC."""

    at: str
    by: str
    edition: Slug
    event: Event
    until: str
    reason: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The editions, of one story its steps too, and what there is to say of them."""

    editions: tuple[EditionLine, ...]
    steps: tuple[StepLine, ...]
    sentences: tuple[str, ...]


def show_standing(opened: vault.Vault, story: Slug | None = None, now: datetime | None = None) -> Shown:
    """One story with its steps, or every story there is; `now` is the clock's unless given.

    Raises NoSuchRecord, CompartmentClosed, VaultDamaged.
    """
    now = now or datetime.now(UTC)
    if story is None:
        released = released_by(opened)
        every = [(standing(opened, name, released), zone_of(opened, name)) for name in vault.steps.stories(opened)]
        lines = tuple(line for each in every for line in _lines(*each, now))
        told = [*_count(lines), *(said for each in every for said in _amiss(*each))]
        return Shown(editions=lines, steps=(), sentences=tuple(told))
    if story not in vault.steps.stories(opened):
        raise vault.NoSuchRecord(f"no story {story} is on file; look with farbank story state")
    one, zone = standing(opened, story), zone_of(opened, story)
    lines = tuple(_lines(one, zone, now))
    told = [*(_stands(line) for line in lines if line.state != "corrected"), *_amiss(one, zone)]
    return Shown(editions=lines, steps=tuple(_steps(one, zone)), sentences=tuple(told))


def zone_of(opened: vault.Vault, story: Slug) -> str:
    """The zone of the desk whose story it is; UTC where its case is on file no longer."""
    try:
        return case_store.content(opened, story).desk.zone
    except vault.NoSuchRecord:
        return "UTC"


def _lines(story: Story, zone: str, now: datetime) -> Iterator[EditionLine]:
    for name, each in story.editions.items():
        yield _line(story.name, name, each, zone, now)
    if not story.editions:
        yield _line(story.name, story.name, None, zone, now)


def _line(story: Slug, edition: Slug, standing: Standing | None, zone: str, now: datetime) -> EditionLine:
    state = "draft" if standing is None else standing.item.state
    waits = None if standing is None or state in (*table().out, *table().over) else standing.item.waits_for
    if waits is not None and waits <= now:
        waits = None
    held = waits is not None or state not in ("embargoed", "scheduled")
    return EditionLine(
        story=story,
        edition=edition,
        state=state,
        waits="" if waits is None else shown(waits, zone),
        next=table().next[state if held else "cleared"].format(story=story),
    )


def _steps(story: Story, zone: str) -> Iterator[StepLine]:
    for id in ordered(story.steps):
        step = story.steps[id]
        yield StepLine(
            at=shown(step.at, zone),
            by=step.by,
            edition=step.edition,
            event=step.event,
            until="" if step.until is None else shown(step.until, zone),
            reason=step.reason,
        )


def _count(lines: tuple[EditionLine, ...]) -> Iterator[str]:
    out = sum(line.state == "published" for line in lines)
    under_way = sum(line.state not in (*table().out, *table().over) for line in lines)
    yield f"{under_way} on the way to readers, {out} out as they stand; times are the desk's."


def _stands(line: EditionLine) -> str:
    waits = f", not to go out before {line.waits}" if line.waits else ""
    return f"{line.edition} is {in_words(line.state)}{waits}. Next: {line.next}"


def in_words(state: State) -> str:
    """What an edition in a state is, for a sentence."""
    return {"draft": "a draft", "review": "in review"}.get(state, state)


def _amiss(story: Story, zone: str) -> Iterator[str]:
    for name, each in story.editions.items():
        if each.apart:
            ways = "; ".join(_end(story, id, item.state, zone) for id, item in each.apart)
            yield (
                f"{name} was moved on machines that were apart: {ways}. It counts as "
                f"{in_words(each.item.state)} until the next step settles it."
            )
        for id in each.ignored:
            step = story.steps[id]
            yield (
                f"{name}: {step.event} by {step.by} at {shown(step.at, zone)} does not count; it was not allowed, or "
                "not theirs to do."
            )
    yield from (f"{why}; it counts for nothing." for why in story.forged)


def _end(story: Story, id: StepId, state: State, zone: str) -> str:
    step = story.steps[id]
    return f"{state} since {step.event} by {step.by} at {shown(step.at, zone)} (“{step.reason}”)"
