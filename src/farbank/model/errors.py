"""What goes wrong, as sentences a tired editor can act on."""


class FarbankError(Exception):
    """Something the user can put right; the message says what happened and what to do next."""


class DecodeError(FarbankError):
    """A file is not what it should be; the message names file, line or path, field and what was expected."""

    def __init__(self, file: str, where: str, problem: str) -> None:
        self.file = file
        self.where = where
        self.problem = problem
        super().__init__(f"{file}: {where}: {problem}" if where else f"{file}: {problem}")


class FolderInUse(FarbankError):
    """The folder to write to already holds something; name a new or an empty one, nothing was changed."""


class UnknownPlace(FarbankError):
    """A place is not in the country pack or in the case; check the spelling or declare it under [places]."""


class AmbiguousPlace(FarbankError):
    """A spelling fits several places; use the place id instead."""


class MissingReference(FarbankError):
    """Something is cited that does not exist: a claim, chain, person, report, picture or statement."""
