"""What takes two people, as the second of them and everybody after finds it: was either not allowed to sign?"""

from __future__ import annotations

from collections.abc import Collection

from farbank import vault
from farbank.vault import Act
from farbank.vault.acts import RULES, Step, refusal


def void(roster: vault.Roster, act: Act, handlers: Collection[str], authors: Collection[str] = ()) -> str | None:
    """Why an act does not count though it is signed, None if it does.

    Whoever wrote its lines by a program of their own may have asked nobody whether they may: so it is asked again.
    """
    steps: tuple[tuple[Step, str | None], ...] = (("proposed", act.by), ("agreed", act.agreed))
    for step, name in steps:
        who = None if name is None else roster.colleague(name)
        if who is None:
            continue
        why = refusal(
            RULES[act.proposal.kind],
            step,
            who,
            handles=who.name in handlers,
            wrote=who.name in authors,
            proposed_by=act.by,
        )
        if why is not None:
            return f"{step} by {who.name}, who may not: {why}"
    return None
