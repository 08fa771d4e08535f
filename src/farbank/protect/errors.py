"""What goes wrong when people are counted."""

from farbank.model.errors import FarbankError


class UnknownFact(FarbankError):
    """Something is said of a person that the population knows no axis or node for; use a node of the country pack."""


class NobodyFits(FarbankError):
    """The facts given of one person exclude each other; correct the profile."""


class MarginalsDisagree(FarbankError):
    """The figures of the population cannot all be true at once; correct the table named."""


class NotAHierarchy(FarbankError):
    """A column's hierarchy is ragged, empty, contradicts itself or splits a value again; correct the file named."""


class UnknownLeaf(FarbankError):
    """A row holds a value its column's hierarchy does not begin with; add a line for it or correct the row."""


class LatticeTooLarge(FarbankError):
    """There are more ways to recode than can be searched exactly; leave out columns or levels."""


class UnreadProse(FarbankError):
    """A sentence could not be read for what it gives away; the gate stays closed until it can."""


class BrokenWeights(FarbankError):
    """The tagger's weights are missing or damaged; install the program again."""
