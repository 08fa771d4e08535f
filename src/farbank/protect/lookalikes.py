"""Effective anonymity: who else would have been described the same way, for a reader who knows the method."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from farbank.model.exposure import Exposure
from farbank.model.people import Facts
from farbank.model.sizes import Size
from farbank.protect.expose import judge, rounded
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
    exposure = msgspec.structs.replace(exposure, effective=people)
    share = min(1.0, people / exposure.size.mid)
    size = Size(exposure.size.low * share, exposure.size.mid * share, exposure.size.high * share)
    verdict, reason = judge(Tally(size, spread(here), exposure.modelled), question.threshold)
    if not exposure.safe or reason == "safe":
        return exposure
    phrases = question.phrases
    numbers = {"low": exposure.size.low, "high": exposure.size.high, "mid": people}
    carried = phrases.say("exposure.modelled") if exposure.modelled else ""
    slots = {name: phrases.number(rounded(number)) for name, number in numbers.items()}
    worded = phrases.say("exposure.effective", carried=carried, **slots)
    return msgspec.structs.replace(exposure, verdict=verdict, reason=worded)
