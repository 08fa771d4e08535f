"""What the command line refuses by itself."""

from farbank.model.errors import FarbankError


class PassphrasesDiffer(FarbankError):
    """The passphrase was not typed the same way twice; nothing was made, run the command again."""


class NoSuchCase(FarbankError):
    """There is no case folder of that name; for a filed case name the desk and yourself."""
