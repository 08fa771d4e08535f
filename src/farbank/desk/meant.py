"""Which edition of a story is meant: by whoever names one, by whoever names none, and the next that readers get."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from farbank import vault
from farbank.desk.compile_edition import edition_name
from farbank.desk.standing import Story, standing
from farbank.model.steps import Event
from farbank.model.text import Slug
from farbank.publish.editions import Item, begin
from farbank.publish.errors import StepRefused


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
    return meant(standing(opened, story), "submit")


def meant(at: Story, event: Event) -> Slug:
    """The edition somebody means who names none."""
    if event == "kill" and at.newest is not None:
        return at.newest
    if at.under_way:
        return at.under_way[0]
    if at.newest is not None and event != "submit":
        return at.newest
    names = (at.name if number == 1 else f"{at.name}-{number}" for number in count(1))
    return next(name for name in names if name not in at.items and name not in at.released)


def named(at: Story, event: Event, edition: str) -> Slug:
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
