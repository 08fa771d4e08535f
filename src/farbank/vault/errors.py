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
        self.file = file
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


class MadeByOlderFarbank(FarbankError):
    """This desk was written by an older farbank; move it to a new folder with farbank desk renew."""


class SharesDoNotFit(FarbankError):
    """The shares are too few, of another secret, or misspelt; check the words against the paper."""


class NotTheRoot(FarbankError):
    """These shares are another desk's, so nothing was signed with them; use the paper printed when this desk began."""


class OtherRoot(FarbankError):
    """The keyring is signed by another root than this desk's; somebody put it there. Restore it from a backup."""


class RecordErased(FarbankError):
    """This record was erased for good; give what you write another id."""


class NotAssigned(FarbankError):
    """This record belongs to a partner somebody else speaks with; ask who does, or an editor."""


class NotAllowed(FarbankError):
    """This takes somebody else of the desk; the message says whom."""


class ActNotOpen(FarbankError):
    """There is no such proposal, or it was decided already; look with farbank desk acts."""


class AuditBroken(FarbankError):
    """A line of the audit is not as it was written; keep the file, and ask who had it in hand."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(f"audit line {line}: {why}. Keep the file as it is, and find out who had it in hand.")


class NotOlder(FarbankError):
    """This desk is of this farbank already, so there is nothing to move."""


class NotAnOfficer(FarbankError):
    """Only safety officers read the audit; everybody can check it."""


class IntentNotSigned(FarbankError):
    """An edition enters the ledger only under the desk's own signature, and that takes two people."""


class NobodyToAgree(FarbankError):
    """This desk has no two people who could open it together; have somebody join first."""


class UnderHold(FarbankError):
    """This is held back from being spiked or burned; the message says by whom and why."""


class NotSpiked(FarbankError):
    """Content is burned only after it was spiked, or once it was kept long enough; spike it first."""


class SpikedBefore(FarbankError):
    """Something of this name was spiked and can still be brought back; choose another name, or burn it."""


class BackupDamaged(FarbankError):
    """A file of the backup is cut, altered or missing; restore from another copy of it."""

    def __init__(self, file: Path | str, why: str) -> None:
        super().__init__(f"{file}: {why}. Nothing was restored; try another copy of the backup.")


class NoBackup(FarbankError):
    """There is no backup in this folder; check the path, or make one with farbank desk backup."""


class OtherBackup(FarbankError):
    """This place holds a backup of another desk, or of another state of this one; name another place."""


class NoteNotOpened(FarbankError):
    """No journey's key opens this note: it was cut or altered, or its journey is over."""


class NoteOnFile(FarbankError):
    """This note was opened before and is on file."""


class NotRecoverable(FarbankError):
    """This desk was founded so that its root opens nothing; nobody but its people ever can."""


class PasskeyCannotEncrypt(FarbankError):
    """This passkey yields no key to encrypt with (no PRF extension); use another, or a passphrase."""


class LastWayIn(FarbankError):
    """This is the only way in this person has; add another first."""


class DeskChanged(FarbankError):
    """Keys of the desk were replaced while you had it open; nothing is damaged: open it again."""


class NoSuchDeskKey(FarbankError):
    """The desk never had this key to sign with; compare it with the desk's list of keys."""


class AlreadyFiled(FarbankError):
    """What was taken down is not changed: a correction is a new report, under an id of its own."""


class InFilesAlready(FarbankError):
    """This desk lies in the files of a folder; only one that was shared can be fetched from its server."""


class ServerGone(FarbankError):
    """The server of this shared desk does not answer, or stopped; the message says what it said."""


class ServerNotTrusted(FarbankError):
    """A server elsewhere must prove who it is (sslmode=verify-full), and no password stands in its address."""


class PasswordWanted(FarbankError):
    """The server asks for the password of your database role; it is asked for, and never taken from anywhere else."""


class NotABundle(FarbankError):
    """This bundle was not read, and nothing was changed; the message says why."""


class NotOnAServer(FarbankError):
    """This is done where a desk lies in files; on a server, PostgreSQL's own tools or a new sharing take its place."""
