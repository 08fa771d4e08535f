"""What can go wrong with the vault, each with the sentence that says what to do next."""

from __future__ import annotations

from pathlib import Path

from farbank.model.errors import FarbankError


class NoDesk(FarbankError):
    """There is no desk in this folder; check the path, or create it with farbank desk init."""


class UnknownMember(FarbankError):
    """The desk's keyring has no person of this name; check the spelling, or have somebody of the desk add them."""


class MemberExists(FarbankError):
    """The desk already has a person of this name; choose another name."""


class PassphraseTooShort(FarbankError):
    """A passphrase needs at least eight characters; six or more random words are better."""


class WrongPassphrase(FarbankError):
    """The passphrase does not fit this person; try again, nothing was changed."""


class CompartmentClosed(FarbankError):
    """You hold no key to this compartment; ask somebody of the desk who does."""


class KeyWithoutHolder(FarbankError):
    """A compartment would be locked for ever because nobody holds its key; give it to at least one person."""


class CipherNotLive(FarbankError):
    """The database library here does not encrypt, so nothing was read or written; reinstall sqlcipher3."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}. Nothing was changed: reinstall sqlcipher3 and try again, or restore from a backup.")


class VaultDamaged(FarbankError):
    """A file of the vault is damaged or was tampered with; keep it as it is and restore from a backup."""

    def __init__(self, file: Path | str, why: str) -> None:
        super().__init__(f"{file}: {why}. Keep the file as it is and restore from a backup.")


class OriginalChanged(FarbankError):
    """The original of a picture is not the file that was filed; keep everything as it is and restore from a backup."""

    def __init__(self, case: str, file: str) -> None:
        super().__init__(
            f"{file} of the case {case} is not, byte for byte, the file that was filed, or is gone. Keep everything as "
            "it is and restore from a backup."
        )


class VaultBusy(FarbankError):
    """Somebody else is writing to this vault; wait a moment and try again."""


class VaultNotWritten(FarbankError):
    """The desk's folder cannot be written, which a desk needs even to be read; free some space, or check the folder."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} cannot be written, and nothing was changed; free some space, or check the folder")


class MadeByNewerFarbank(FarbankError):
    """This desk was written by a newer farbank; update farbank before opening it."""


class NoSuchRecord(FarbankError):
    """The vault holds no record of this kind under this id; check the spelling."""


class LedgerIsAppendOnly(FarbankError):
    """The ledger is only ever added to: append an intent or a confirmation, and correct by a new edition."""


class AlreadyInLedger(FarbankError):
    """The ledger already holds this entry for the edition, which counts as released; make a new edition."""


class NoIntent(FarbankError):
    """An edition is confirmed only after its intent; append the intent first."""
