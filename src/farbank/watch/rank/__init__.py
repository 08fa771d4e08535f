"""Orders texts by how likely they are to be about a claim written as a sentence."""

from farbank.watch.rank.features import Embedder
from farbank.watch.rank.fusion import PLAIN, Weights, fit
from farbank.watch.rank.ranker import Ranker, rank

__all__ = ["PLAIN", "Embedder", "Ranker", "Weights", "fit", "rank"]
