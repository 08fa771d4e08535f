"""What the desk refuses."""

from farbank.model.errors import FarbankError


class NoSuchExample(FarbankError):
    """The example cases are not beside this installation; run farbank from a checkout or name a case folder."""


class NoSuchClaim(FarbankError):
    """The case has no claim of that id; `farbank case check` lists them."""


class NotCleared(FarbankError):
    """Nothing was written: a gate is closed or the lint blocks; `farbank story check` says which, and what repairs it."""


class FolderInUse(FarbankError):
    """The folder to write to holds something that is not an edition of ours; name an empty or new one."""
