"""Effective anonymity: who else would have been described the same way, for a reader who knows the method."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from farbank.model.exposure import Exposure
from farbank.model.people import Facts
from farbank.model.sizes import Size
from farbank.protect.expose import judge, worded
from farbank.protect.knowing import knowers
from farbank.protect.partition import blocks
from farbank.protect.question import Question
from farbank.protect.tally import Tally, spread, where


def effective(question: Question, facts: Facts, show: Sequence[str]) -> Exposure:
    """The exposure of saying `facts`, with its effective size: the people of every block that ends in the same words.

    A safe verdict stands only if those alone are enough, in places enough; the interval shrinks in proportion.
    """
    exposure, population = question.judged(facts), question.population
    if exposure.size.mid <= 0:
        return exposure
    heard = [knowers(population, audience, question.seed) for audience in question.audiences]
    here = np.zeros(1)
    for block in blocks(population, question.threshold, question.forced):
        if question.described({axis: block[axis] for axis in show if axis in block}) == facts:
            here = here + where(population, (*question.forced, block), question.satellites, heard)
    people = float(here.sum())
    exposure = replace(exposure, effective=people)
    share = min(1.0, people / exposure.size.mid)
    size = Size(exposure.size.low * share, exposure.size.mid * share, exposure.size.high * share)
    alone = Tally(size, spread(here), exposure.modelled)
    verdict, reason = judge(alone, question.threshold)
    if not exposure.safe or reason == "safe":
        return exposure
    sentence = worded("effective", alone, question.threshold, question.phrases)
    return replace(exposure, verdict=verdict, reason=sentence)
