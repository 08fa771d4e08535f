"""What goes wrong with an archive of state media."""

from farbank.model.errors import FarbankError


class TruncatedArchive(FarbankError):
    """The file stops in the middle or is damaged; fetch it again. What came before the damage is filed."""


class NoArchive(FarbankError):
    """There is no archive in this folder; build one from article files first, with farbank watch ingest."""


class NoCaptures(FarbankError):
    """This is an archive at scale, which keeps no raw captures, and those are needed here; give the archive in whose
    folder they were filed."""


class HasCaptures(FarbankError):
    """This folder holds an archive with its raw captures; leave --at-scale and --ray out to add to it, or give another
    folder."""


class HoldsArchives(FarbankError):
    """Archives lie in this folder, and one made here would hide them; name the one to add to, or a new folder."""


class ArchivesOverlap(FarbankError):
    """Both archives hold that day of that outlet, so what stands in both would count twice; give one of them, or take
    the sources of both into one archive."""


class StoreSilent(FarbankError):
    """The object store did not answer or refused, so nothing is known of what it holds; check its address, and the keys
    and the endpoint in the environment, and run the command again."""


class DamagedArchive(FarbankError):
    """Files of the archive are missing or damaged; build it anew in another folder, from its captures folder."""


class ArchiveNotWritten(FarbankError):
    """The archive could not be written: it holds what was filed before; free some space and run the command again."""


class StaleArchive(FarbankError):
    """The archive was built by a version that kept or cut words otherwise, so a search could miss; build it anew."""


class ArchiveBusy(FarbankError):
    """Another program is building this archive; wait until it has finished."""


class UnreadableSource(FarbankError):
    """Nothing to read was found: give a JSONL or WARC file (plain or gzip), a WACZ, or a folder of HTML pages."""


class PackedTooTight(FarbankError):
    """It unpacks to far more than pages would, which is how files are made to fill a machine; nothing was taken in."""


class UnusableProxy(FarbankError):
    """This is no proxy that can be used; name one as socks5h://127.0.0.1:9050 or http://127.0.0.1:3128."""


class UnreadableSelector(FarbankError):
    """The links of a start page cannot be selected so; write a CSS selector in the pack's sites.toml."""


class DaySealed(FarbankError):
    """That day is sealed already, or a later one is, so nothing can be filed under it; file it under today."""


class BrokenChain(FarbankError):
    """A day's record does not follow from the one before it: records were changed, taken out or put in; compare them
    with a copy kept elsewhere."""


class UnreadableStamp(FarbankError):
    """The answer is no timestamp reply; ask the authority again, or another one."""


class StampDeclined(FarbankError):
    """The authority would not stamp; what it says is in brackets. Ask again later, or ask another one."""


class OtherStamp(FarbankError):
    """The timestamp is for something else than this day's record; ask for one again."""


class UntrustedStamp(FarbankError):
    """The timestamp does not verify against the root certificates given: whoever signed it is not certified by them,
    was not at that time, or not for timestamps, or the reply was changed. Give the authority's own root, or ask
    another one."""


class UnreadableCertificate(FarbankError):
    """The file of root certificates holds none in PEM form; download the authority's root certificate again."""


class AuthoritySilent(FarbankError):
    """The authority gave no stamp; the request is kept as pending, run the command again later."""


class NothingSealed(FarbankError):
    """No day of filing is over yet, so there is nothing to stamp; a day is sealed when something is filed after it."""


class SourceNotRead(FarbankError):
    """A source could not be read to its end, so nothing was taken in; mend it or leave it out, and build again."""


class NotInstalled(FarbankError):
    """An archive at scale needs more programs than a small one; install them with: pip install 'farbank[cluster]'."""
