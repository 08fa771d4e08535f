"""What goes wrong with an archive of state media."""

from farbank.model.errors import FarbankError


class TruncatedArchive(FarbankError):
    """The file stops in the middle or is damaged; fetch it again. Nothing of it was taken in."""


class NoArchive(FarbankError):
    """There is no archive in this folder; build one from article files first."""


class StaleArchive(FarbankError):
    """The archive was built by a version that cut words otherwise, so a search could miss a mention; build it anew."""


class ArchiveBusy(FarbankError):
    """Another program is building this archive; wait until it has finished."""
