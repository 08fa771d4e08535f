"""A partner is lost, or their phone: what that exposes, whom nobody contacts any more, and what to do now (F5)."""

from __future__ import annotations

from datetime import date

import msgspec

from farbank import vault
from farbank.desk import blocked
from farbank.desk.errors import NoSuchPartner
from farbank.desk.handset import Handset, handset
from farbank.desk.ledger import releases
from farbank.desk.ordinary import Ordinary, ordinary
from farbank.desk.rests_on import Resting, aliases, rests_on, tokens_of
from farbank.model.case import Case
from farbank.model.text import Slug
from farbank.vault import case_store


class Compromise(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is exposed with a partner, and what is left to do.

    `handlers` speak or spoke with them; `editions` say something of them and stay where they are; `frozen` are cases
    whose story does not go out while the mark stands.
    """

    handle: Slug
    mark: str
    handset: Handset
    handlers: tuple[str, ...]
    resting: tuple[Resting, ...]
    editions: tuple[Slug, ...]
    frozen: tuple[Slug, ...]
    ordinary: Ordinary


def compromised(opened: vault.Vault, handle: Slug, reason: str, *, lost: date, on: date) -> Compromise:
    """Block a partner since the day they were `lost`, and say what it exposes; asked again, it says what is so by then.

    Raises NoSuchPartner, CompartmentClosed (it takes content and the ledger).
    """
    released = releases(opened)
    cases = tuple(case_store.content(opened, name) for name in case_store.names(opened))
    if not any(partner.handle == handle for case in cases for partner in case.partners):
        raise NoSuchPartner(f"no filed case has a partner {handle}; look with farbank partner list")
    mark = blocked.block(opened, handle, lost, reason)
    tokens = tokens_of(cases, handle)
    named = [(case, who) for case in cases for who in aliases(case, handle, tokens)]
    resting = tuple(rests_on(case, who) for case, who in named)
    frozen = tuple(dict.fromkeys(each.case for each in resting if each.story))
    return Compromise(
        handle=handle,
        mark=mark.id,
        handset=_handset(handle, named, mark),
        handlers=tuple(sorted({name for _, who in named for name in case_store.handlers_of(opened, who)})),
        resting=resting,
        editions=tuple(each.edition for each in released if any(one.token in tokens for one in each.people)),
        frozen=frozen,
        ordinary=ordinary(opened, frozen, on),
    )


def _handset(handle: Slug, named: list[tuple[Case, Slug]], mark: blocked.Mark) -> Handset:
    """One phone, under however many code words the cases know who holds it."""
    seen = [handset(who, [case]) for case, who in named]
    return Handset(
        partner=handle,
        calls=sum(each.calls for each in seen),
        written=sum(each.written for each in seen),
        days=tuple(dict.fromkeys(day for each in seen for day in each.days)),
        questions=sum(each.questions for each in seen),
        told=sum(each.told for each in seen),
        lost=mark.lost,
    )
