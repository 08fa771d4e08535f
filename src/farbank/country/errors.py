"""What goes wrong with a country pack."""

from farbank.model.errors import FarbankError


class UnknownPack(FarbankError):
    """There is no country pack of that name or folder; name one that ships (kp) or give a folder with a pack.toml."""


class MissingPhrase(FarbankError):
    """A phrase is not worded in a language of the pack; add the key to the wording file named."""


class MissingSlot(FarbankError):
    """A phrase was spoken without something its template has a slot for; pass it by name."""
