"""What goes wrong with an archive of state media."""

from farbank.model.errors import FarbankError


class TruncatedArchive(FarbankError):
    """The file stops in the middle or is damaged; fetch it again. Nothing of it was taken in."""


class NoArchive(FarbankError):
    """There is no archive in this folder; build one from article files first, with farbank watch ingest."""


class DamagedArchive(FarbankError):
    """Files of the archive are missing or damaged; build it anew from the article files, in another folder."""


class ArchiveNotWritten(FarbankError):
    """The archive could not be written and is as it was; free some space, or name another folder."""


class StaleArchive(FarbankError):
    """The archive was built by a version that cut words otherwise, so a search could miss a mention; build it anew."""


class ArchiveBusy(FarbankError):
    """Another program is building this archive; wait until it has finished."""


class UnusableProxy(FarbankError):
    """This is no proxy that can be used; name one as socks5h://127.0.0.1:9050 or http://127.0.0.1:3128."""


class UnreadableSelector(FarbankError):
    """The links of a start page cannot be selected so; write a CSS selector in the pack's sites.toml."""
