"""A pattern that is searched for only in texts that hold what it needs, and made when the first of them is met."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property

from farbank.country.needs import Needs, lacks


class Sought:
    """A pattern and what a text needs for it to fit: answers as the pattern does, sooner where it can be nowhere.

    Every method raises what making the pattern raises.
    """

    def __init__(self, make: Callable[[], re.Pattern[str]], needs: Needs) -> None:
        self._make = make
        self._needs = needs

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself."""
        return self._make()

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between `start` and `end`; None where there is none."""
        return None if lacks(text, self._needs) else self.pattern.search(text, start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match that begins at `start`; None where there is none."""
        return None if lacks(text, self._needs) else self.pattern.match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, in order."""
        return iter(()) if lacks(text, self._needs) else self.pattern.finditer(text)
