"""Write down what was done with an edition: one signed step for it, and one for each edition that moves with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from farbank import vault
from farbank.desk.editions import kill
from farbank.desk.standing import Story
from farbank.model.steps import Event, Flag, Step, StepId
from farbank.model.text import Slug
from farbank.publish.editions import Item, consequences, moved
from farbank.publish.replay import Standing

LIFTING: frozenset[Flag] = frozenset({"lift-agreed"})
"""The flag that two people set who agree to lift an embargo."""


def write_step(
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
        if what == "kill":
            kill(opened, each)
        opened.note(f"edition {what}", about=each, note=reason)
    return done


def _said(opened: vault.Vault, story: Slug, step: Step) -> StepId:
    """Write down that an edition is out which no step says is: the next one is to follow that."""
    out = msgspec.structs.replace(
        step, event="release", until=None, flags=(), act="", reason="the ledger has it as out"
    )
    return vault.steps.add(opened, story, out)
