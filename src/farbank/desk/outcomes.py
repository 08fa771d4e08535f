"""What became known of claims that readers were told of, and the corrections the desk owes them for it (F29, E26)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from farbank import vault
from farbank.country.pack import Pack
from farbank.desk.correct import issued
from farbank.desk.file_case import pack_of
from farbank.desk.standing import over, released_by
from farbank.intake.encode import correction
from farbank.model.case import Case
from farbank.model.corrections import Issued, Kind, Reason
from farbank.model.judgements import Holds
from farbank.model.text import Slug
from farbank.verify.records import resolved

_KINDS: dict[Holds, Kind] = {"true": "upgrade", "false": "downgrade"}
"""What will never be known leaves the story as sure as it was."""


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A story that is out cites a claim of which it became known whether it holds, and does not say so yet.

    `reason` is what to put into corrections.toml, to be read over first.
    """

    case: Slug
    claim: Slug
    holds: Holds
    reason: Reason


def owed(opened: vault.Vault) -> tuple[Owed, ...]:
    """What the desk owes the readers of every story that is out, by case and claim; of one that was killed, nothing.

    Raises CompartmentClosed, VaultDamaged.
    """
    found, released = list[Owed](), released_by(opened)
    for name in vault.case_store.names(opened):
        out = issued(opened, name)
        if out and not over(opened, name, released):
            case = vault.case_store.content(opened, name)
            found += owed_of(case, out, pack_of(case))
    return tuple(found)


def owed_of(case: Case, out: Sequence[Issued], pack: Pack) -> tuple[Owed, ...]:
    """What is owed for one story: nothing once it is retracted, and nothing that was said or is waiting to be."""
    said: list[tuple[Kind, tuple[Slug, ...]]] = [
        (each.kind, each.claims) for one in out for each in one.entry.corrections
    ]
    if not out or any(kind == "retraction" for kind, _ in said):
        return ()
    gone = {one.entry.edition for one in out}
    said += [(each.kind, each.claims) for each in case.corrections if each.edition not in gone]
    cited = {claim for one in out for claim in one.claims}
    return tuple(
        Owed(case=case.name, claim=claim, holds=holds, reason=_reason(case, claim, holds, len(out) + 1, pack))
        for claim, holds in sorted(resolved(case.judgements).items())
        if claim in cited and holds in _KINDS and _last(said, claim) != _KINDS[holds]
    )


def as_toml(reason: Reason) -> str:
    """The entry of corrections.toml that gives this reason."""
    return correction(reason).decode()


def _last(said: Sequence[tuple[Kind, tuple[Slug, ...]]], claim: Slug) -> Kind | None:
    """How the latest event put it: what turned out false after it had turned out true is owed again."""
    turned = [kind for kind, claims in said if claim in claims and kind in _KINDS.values()]
    return turned[-1] if turned else None


def _reason(case: Case, claim: Slug, holds: Holds, nth: int, pack: Pack) -> Reason:
    text = next(each.text for each in case.claims if each.id == claim)
    return Reason(
        edition=f"{case.name}-{nth}",
        kind=_KINDS[holds],
        what={
            language: pack.phrases[language].say(f"corrections.became-{holds}", claim=text[language])
            for language in case.languages
        },
        claims=(claim,),
    )
