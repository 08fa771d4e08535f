"""How far what is said lies from how often it is so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BINS = 10


def ece(probabilities: NDArray[np.float64], holds: NDArray[np.bool_]) -> float:
    """The expected calibration error in ten bins of equal width, weighted by how many lie in each."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(probabilities[bins == each].mean() - holds[bins == each].mean())) * float((bins == each).sum())
        for each in np.unique(bins)
    ]
    return sum(gaps) / len(probabilities)
