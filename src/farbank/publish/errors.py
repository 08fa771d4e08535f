"""What the publish room refuses."""

from farbank.model.errors import FarbankError


class EditionNotWhole(FarbankError):
    """The files are not the edition the desk signed; fetch them again from the desk, and trust none of them."""


class ManifestMissing(EditionNotWhole):
    """No readable manifest with a signature is here; name the folder that holds manifest.json and manifest.sig."""


class SignatureBad(EditionNotWhole):
    """The signature does not belong to this manifest and key; compare the key with the one the desk has published."""


class FileChanged(EditionNotWhole):
    """A file is missing or not the one the desk signed; fetch the edition again and trust none of it till then."""


class FileUnlisted(EditionNotWhole):
    """A file lies in the edition that the desk never signed; do not open it, and fetch the edition again."""


class TwoFormatsOnePath(FarbankError):
    """Two formats make a file of one name; take one of them out."""


class UnsafeMap(FarbankError):
    """A map holds more than shapes and words (a script, a link, an image); draw it with the desk's own chart."""


class KeyNotCertified(FarbankError):
    """The desk's root does not vouch for the key an edition is signed with; trust none of it."""


class EmbargoWithoutZone(FarbankError):
    """The time an embargo ends has no zone, so that it ends at another hour for everybody; say which is meant."""


class NoPrinter(FarbankError):
    """Weasyprint or the Pango library it draws with is missing; install farbank[publish], and Pango by the system."""


class PictureNotThere(FarbankError):
    """A picture the page shows is not among the files of the edition; fetch the edition again."""


class LogBroken(FarbankError):
    """A log of corrections does not hold together or does not fit the text; fetch it and the edition again."""


class CircularCorrection(LogBroken):
    """A correction corrects one that comes no earlier, so that neither says what holds; trust none of it."""


class StepRefused(FarbankError):
    """What was asked may not be done with the edition as it stands; the message says why, and what to do instead."""
