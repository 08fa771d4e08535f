"""How much a passage that names no place of the claim's speaks of what the claim does: a weighing of words.

State media often report “at farms across the country” what a claim tells of one county, and use the same words of a
thousand other things. Five measures of a passage and its title are weighed by a logistic model, fitted on mentions
known to be there against passages that are none (docs/method/silence.md says how). Nothing depends on the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import log
from typing import NamedTuple

from farbank.watch.index import Phrase
from farbank.watch.needles import by_first, standing

WEIGHTS = (1.4, 1.7, 0.96, 3.12, 0.42)
"""Of the measures below, in their order."""
CONSTANT = -4.47
UNLIKELY = 0.19
"""Below it a passage is no mention."""
LIKELY = 4.28
"""From it on a passage says it of a wider place; between the two somebody has to read it."""


EVERYWHERE = 0.05
"""Share of all passages from which on a word tells nothing."""


class Measures(NamedTuple):
    """How a passage and a claim compare, each from 0 up.

    `words`: how much of what the claim's own words tell, beyond the event and the place, stands in the passage or its
    title. `forms`: how many different words for the event they use, per concept. `event`: how much of what the passage
    tells is the event; `title`: the same of its title. `rarest`: what the most telling of the claim's own words
    there tells.
    """

    words: float
    forms: float
    event: float
    title: float
    rarest: float


def likely(measures: Measures) -> float:
    """The log odds that it is a mention."""
    return CONSTANT + sum(weight * measure for weight, measure in zip(WEIGHTS, measures, strict=True))


class Likeness:
    """Compares passages of one language with one claim.

    `claim` are the tokens of its sentence, `place` those of the names of its place and of those around it, `concepts`
    the phrases per concept, `common` the shares of passages in which common words stand.
    """

    def __init__(
        self,
        claim: Iterable[str],
        place: Collection[str],
        concepts: Sequence[Sequence[Phrase]],
        common: Mapping[str, float],
    ) -> None:
        self._concepts = [by_first(phrases) for phrases in concepts]
        rarest = min(common.values())
        self._tells = cache(lambda token: -log(common.get(token, rarest)))
        self._event = {token for phrases in concepts for phrase in phrases for token in phrase}
        own = {token for token in claim if common.get(token, 0) < EVERYWHERE}
        self._words = own - {*place} - self._event

    def measures(self, passage: Sequence[str], title: Sequence[str]) -> Measures | None:
        """Compare one passage, given the tokens of it and of its title; None if the claim has no words of its own."""
        if not self._words:
            return None
        shared = self._words & {*passage, *title}
        forms = [len({*standing(one, passage), *standing(one, title)}) for one in self._concepts]
        return Measures(
            words=self._told(shared) / self._told(self._words),
            forms=sum(forms) / len(forms),
            event=self._share(passage),
            title=self._share(title),
            rarest=max(map(self._tells, shared), default=0.0),
        )

    def _share(self, tokens: Sequence[str]) -> float:
        words = set(tokens)
        return self._told(words & self._event) / (self._told(words) or 1)

    def _told(self, tokens: Iterable[str]) -> float:
        """What words tell: the rarer each is, the more."""
        return sum(map(self._tells, tokens))
