"""What the state says: archives of its media, what they hold, and whether a claim is in them."""

from farbank.watch import archive
from farbank.watch.check import check
from farbank.watch.coverage import coverage
from farbank.watch.sentence import sentence

__all__ = ["archive", "check", "coverage", "sentence"]
