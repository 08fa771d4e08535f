"""Judge passages one by one: what each is to a claim, said by somebody of the desk and kept for good."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from farbank.desk.establish import window_of
from farbank.desk.file_case import Filed
from farbank.desk.show_claim import claim_of
from farbank.intake import judgements
from farbank.model.case import Case
from farbank.model.errors import MissingReference
from farbank.model.judgements import Judged, Judgement
from farbank.model.statemedia import Passage, Result
from farbank.model.text import Slug
from farbank.vault import Vault, case_store
from farbank.watch import archives
from farbank.watch.look import NOT_HERE, look


def to_judge(filed: Filed, claim_id: str, archive: archives.Places) -> Iterator[Passage]:
    """Every passage nobody has judged: those that forbid silence first, then the others, the likeliest first.

    Raises NoSuchClaim, NoArchive.
    """
    claim = claim_of(filed.case, claim_id)
    if claim.query is None:
        return
    with archives.open(archive) as opened:
        found = look(claim, claim.query, opened, filed.pack, window_of(claim, filed.case), None, filed.case.judgements)
    forbidding = [one for one in found.found if one.result not in NOT_HERE]
    waiting = sorted(forbidding, key=lambda one: (one.result != "cannot-tell", one.date, one.mark))
    yield from {one.mark: one for one in (*waiting, *found.order) if not one.judged}.values()


def judgement(claim_id: str, passage: Passage, verdict: Result | None, by: str) -> Judgement:
    """What somebody says of a passage now; None withdraws it."""
    return Judgement(
        claim=claim_id, passage=passage.mark, by=by, at=datetime.now(UTC), verdict=verdict, text=passage.text
    )


def evidence_of(case: Case, names: Sequence[str]) -> tuple[Slug, ...]:
    """What a decision rests on. Raises MissingReference for what the case has not."""
    for name in names:
        if name not in case.evident:
            raise MissingReference(f"the case has no report, statement, search or picture {name!r}; check the spelling")
    return tuple(names)


def keep(case: str, vault: Vault | None, judged: Judged) -> None:
    """Add a judgement to a filed case, or to the `judgements.toml` of a case folder; what stands there stays.

    Raises VaultBusy, VaultNotWritten, OSError.
    """
    if vault is not None:
        case_store.judge(vault, case, judged)
        return
    owner_only = os.open(Path(case) / judgements.FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(owner_only, "ab") as file:
        file.write(judgements.entry(judged))
        file.flush()
        os.fsync(file.fileno())
