"""What the desk refuses."""

from farbank.model.errors import FarbankError


class NoSuchExample(FarbankError):
    """The example cases are not beside this installation; run farbank from a checkout or name a case folder."""


class NoSuchClaim(FarbankError):
    """The case has no claim of that id; `farbank case check` lists them."""


class CaseOnFile(FarbankError):
    """A case of that name is filed already, and nothing was changed; say --replace to put the new one in its place."""


class NoEditionName(FarbankError):
    """An edition is named in lower-case letters, digits and hyphens, at most 64 of them."""


class WrongPack(FarbankError):
    """The country pack named is not that of the case; name the right one."""


class InventedTooWide(FarbankError):
    """An invented place is declared as wide as a province, which would make its name printable; correct its level."""


class NoEdition(FarbankError):
    """There is no folder to verify; name the one that holds manifest.json."""


class NoRecord(FarbankError):
    """There is no record of a verdict at that path; `farbank protect show --record FILE` writes one."""


class NobodyCalled(FarbankError):
    """The story speaks of nobody of that code word; `farbank protect show` lists whom it speaks of."""


class NoLedger(FarbankError):
    """The file is no ledger; give what `farbank protect ledger --json` printed."""
