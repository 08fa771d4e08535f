"""What other filed cases date otherwise: one event of the record, or one claim, in two stories of the desk (F27)."""

from __future__ import annotations

from collections.abc import Iterator

from farbank import vault
from farbank.model.case import Case
from farbank.model.story import ToldBefore


def told_besides(opened: vault.Vault, case: Case) -> tuple[ToldBefore, ...]:
    """The dates every other filed case with a story gives what this one speaks of too.

    Ids are a case's own, so a claim is the same only if kind and place are; an event of the record by its id alone.
    """
    others = (vault.case_store.content(opened, name) for name in vault.case_store.names(opened) if name != case.name)
    return tuple(each for other in others if other.stories for each in told_by(other, case))


def told_by(other: Case, case: Case) -> Iterator[ToldBefore]:
    """What one case dates of another's claims and events."""
    own = {(claim.id, claim.kind, claim.place) for claim in case.claims}
    for claim in other.claims:
        if (claim.id, claim.kind, claim.place) in own:
            yield ToldBefore(story=other.name, of=claim.id, when=claim.when)
    events = {event.id for event in case.record}
    for event in other.record:
        if event.id in events:
            yield ToldBefore(story=other.name, of=event.id, when=event.when)
