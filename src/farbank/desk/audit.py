"""What was done on the desk: everybody can check that no line was touched, safety officers can read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from farbank import vault
from farbank.desk.release import body_digest
from farbank.vault import Act, Event, LedgerEntry


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """A whole audit: its lines, the hash of the last to compare with what somebody noted, and what two never signed.

    `broken` says what is wrong with the line numbered `at`; `unsigned` names what is in the ledger without an act that
    two people signed, None for whoever holds no key to the ledger.
    """

    lines: int
    last: str
    at: int | None = None
    broken: str | None = None
    unsigned: tuple[str, ...] | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong, so far as this person can look."""
        return self.broken is None and not self.unsigned


def verify(opened: vault.Vault) -> Verified:
    """Check every line, and that two people signed every act and every release in the ledger; reads no content."""
    with opened.file("audit") as file:
        try:
            checked = vault.audit.verify(file, opened.roster)
        except vault.AuditBroken as error:
            return Verified(lines=0, last="", at=error.line, broken=str(error))
        acts, forged = vault.acts.sifted(file, opened.roster)
    unsigned = None
    if "ledger" in opened.compartments:
        unsigned = tuple(_unsigned(opened.ledger_entries(), acts))
    return Verified(
        lines=checked.lines, last=checked.last, broken="; ".join(forged.values()) or None, unsigned=unsigned
    )


def read(opened: vault.Vault, *, since: date | None = None, who: str | None = None) -> Iterator[tuple[int, Event]]:
    """The numbered lines, for a safety officer, since a day and by one person where asked. Raises NotAnOfficer."""
    for number, event in opened.audited():
        if (since is None or event.at.date() >= since) and who in (None, event.who):
            yield number, event


def _unsigned(entries: tuple[LedgerEntry, ...], acts: tuple[Act, ...]) -> Iterator[str]:
    """Whoever once had both halves of the desk's key in hand may have signed more with it than two agreed to."""
    agreed = {
        (act.proposal.about, act.proposal.digest[32:])
        for act in acts
        if act.proposal.kind == "release" and act.agreed is not None and act.over != "withdrawn"
    }
    for entry in entries:
        if entry.kind == "intent" and (entry.edition, body_digest(entry.body)) not in agreed:
            yield entry.edition
