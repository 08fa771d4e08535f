"""Texts prepared once, ordered for any number of claims."""

from __future__ import annotations

from collections.abc import Sequence

from farbank.watch.rank.features import Embedder, Features, Text
from farbank.watch.rank.fusion import PLAIN, Weights, fuse


class Ranker:
    """Texts in one language, each a title and a body, either of which may be empty.

    What is rare is judged by these texts alone, so scores of two rankers cannot be compared, nor those of two claims:
    a score orders texts and decides nothing. Texts are read up to `units.LONGEST` characters, title and body each for
    themselves and both together. `embed`, where somebody has a model, adds its view; nothing is loaded here.
    """

    def __init__(
        self, texts: Sequence[Text], language: str, *, weights: Weights = PLAIN, embed: Embedder | None = None
    ) -> None:
        self.features = Features(texts, language, embed)
        self.weights = weights

    def rank(self, claim: str) -> list[float]:
        """A score a text, in the order of the texts; higher is likelier. All are nothing for an empty claim."""
        scores: list[float] = fuse(self.features.of(claim), self.weights).tolist()
        return scores


def rank(
    claim: str, texts: Sequence[Text], language: str, *, weights: Weights = PLAIN, embed: Embedder | None = None
) -> list[float]:
    """A score a text for one claim; see `Ranker`, which is for several."""
    return Ranker(texts, language, weights=weights, embed=embed).rank(claim)
