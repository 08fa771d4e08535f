"""What a text lets a clever reader infer of a person: eight attributes, even where they are not said outright."""

from farbank.protect.detect.hints.lexicon import ATTRIBUTES, Attribute
from farbank.protect.detect.hints.read import flagged, hints

__all__ = ["ATTRIBUTES", "Attribute", "flagged", "hints"]
