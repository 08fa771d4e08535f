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


class NotYet(FarbankError):
    """An edition is compiled on the day it goes out; to ask the gates about a day to come, use `story check --on`."""


class NoMoment(FarbankError):
    """A day or a time with its zone was expected; write 2031-06-01, or 2031-06-01T06:00+09:00."""


class UnknownZone(FarbankError):
    """This machine's time zone database knows no such zone; correct `zone` under [desk] of case.toml."""


class OtherBytes(FarbankError):
    """What was proposed is not what comes out now; look what changed, and have the release proposed anew."""


class NoMovement(FarbankError):
    """The claim shows no movement, so no embargo holds it back; look with farbank story check."""


class NobodyOnFile(FarbankError):
    """The case has no sealed profile of that person; it was filed without, or the profile was erased."""


class NoSuchPartner(FarbankError):
    """No filed case has a partner of that handle; look with farbank partner list."""


class OtherProfile(FarbankError):
    """What was asked to be opened is not the profile it names; withdraw it, and ask who proposed it."""


class UnknownRelease(FarbankError):
    """A release names a node or satellite that the country pack has not; correct it before it is entered for good."""


class AudienceUncounted(FarbankError):
    """An audience is all of a place too small for the population to know; give it a size (low, mid, high)."""


class UnknownNode(FarbankError):
    """The country pack has no such axis or node; nodes are ids such as place=kp:KP0203 or organisation=org:party."""


class NotOnePicture(FarbankError):
    """A picture shows one outlet in one language, at most a year: choose by --outlet, --language, --from and --to."""


class NotABox(FarbankError):
    """A box to cover is four whole numbers: pixels from the left and from the top, width and height."""


class CopyInTheWay(FarbankError):
    """There is something already where a published copy was to be written; name a new file, nothing was changed."""


class NoWall(FarbankError):
    """This machine lets no process shut itself in, so no file from outside is opened; clean them on another machine."""


class MediaTooHeavy(FarbankError):
    """A file broke its reader, or took more memory or time than a file of its kind; retype what it shows."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} broke its reader, or took more memory or time than a file of its kind may; "
            "ask for another copy, or retype what it shows"
        )


class NobodysPassphrase(FarbankError):
    """The passphrase is nobody's on this desk, and without one there is nothing to scan; try again."""


class PartnerBlocked(FarbankError):
    """The partner is marked as compromised: nobody of the desk contacts them, or is assigned to."""


class StoryFrozen(FarbankError):
    """The story rests on a partner who is marked as compromised; publish something else that is cleared."""


class NotBlocked(FarbankError):
    """Nobody marked this partner as compromised, so there is nothing to undo."""


class NothingReleased(FarbankError):
    """There is nothing to publish: two people release an edition first."""


class NotASite(FarbankError):
    """The folder to publish in holds something that is no site of this desk; name a new folder."""


class SiteOutOfDate(FarbankError):
    """The pages around the stories are not as they were signed; publish with the farbank that released last."""


class NotForReaders(FarbankError):
    """This drawing shows how many reports came from where, so it is the desk's alone; say --desk-view to draw it."""


class NothingToDraw(FarbankError):
    """Neither what is cited nor what is filed holds anything it could show, and nothing was written."""


class NotInLanguage(FarbankError):
    """The edition is not in that language; name one that it is in."""


class PrintDiffers(FarbankError):
    """The print says a word that its page does not, and was not kept; report it together with the page."""


class PrintThere(FarbankError):
    """There is something where the print is to go; name a new file, nothing was changed."""
