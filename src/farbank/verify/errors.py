"""What the verify room refuses."""

from farbank.model.errors import FarbankError


class ClaimWithoutChain(FarbankError):
    """A claim does not say how it reached the desk; give it a chain, with `unknown` for every link nobody knows."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            f"claim {claim!r} does not say how it reached the desk; give it a chain, "
            "with `unknown` for every link nobody knows"
        )
