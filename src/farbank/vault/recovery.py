"""A desk opened again by its root, put together from shares: only if it was founded to be recoverable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from farbank.vault import file_keys, keyring, people, words
from farbank.vault.desk_folder import Member
from farbank.vault.errors import NotRecoverable, NotTheRoot
from farbank.vault.keypair import Secret
from farbank.vault.passphrase import PRODUCTION, Cost
from farbank.vault.roster import ROOT
from farbank.vault.store import Vault


def open(folder: Path, root: Secret) -> Vault:
    """Open a recoverable desk as its root, which does nobody's work: it only lets people in.

    Raises NotTheRoot, NotRecoverable, and what opening a desk does.
    """
    ring = keyring.read(folder)
    if root.public != ring.roster.root:
        raise NotTheRoot("these shares are another desk's; use the paper printed when this desk began")
    if not ring.roster.recoverable:
        raise NotRecoverable(
            "this desk was founded so that its root opens nothing: only its people can, and a key that all of them "
            "lost is lost"
        )
    return Vault(folder, ROOT, root, file_keys.held(folder, ring.recovery, ROOT, root, root.public), ring.roster)


def recover(folder: Path, shares: Sequence[str], member: Member, *, cost: Cost = PRODUCTION) -> None:
    """Let somebody in again: a colleague who lost every way in keeps their roles, anybody else joins with these.

    Raises SharesDoNotFit, and what `open`, `people.join` and `people.give_passphrase` do.
    """
    root = words.join(shares)
    with open(folder, root) as opened:
        if opened.roster.works_here(keyring.spelt(member.name)):
            people.give_passphrase(opened, member.name, member.passphrase, root, cost=cost)
        else:
            people.join(opened, member, root, cost=cost)
