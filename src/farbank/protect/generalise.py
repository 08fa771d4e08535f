"""The finest description that is safe, found by a way that depends on nobody."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from farbank.country.phrases import Phrases
from farbank.model.exposure import Exposure, Wording
from farbank.model.people import Facts
from farbank.protect.expose import expose, refused
from farbank.protect.judge import judge, worded, worse, worsened
from farbank.protect.question import Question
from farbank.protect.repairs import repaired
from farbank.protect.words import Chooser, Mode


def generalise(
    question: Question,
    block: Facts | None,
    *,
    show: Sequence[str],
    phrases: Phrases,
    whatif: Sequence[Facts] = (),
    mode: Mode = "partition",
) -> Wording:
    """Say of a person what the block allows on the axes to `show`, made vaguer until it is safe.

    If even silence is not safe, the wording is empty and its exposure says why, and so it does if a reader who knows
    the method would be left with too few people. To `fit` always takes a signature, since what is chosen for one person
    tells of that person. `finer` judges each what-if laid over the wording.
    """
    if block is None:
        said = refused(question, {}, phrases.say("exposure.no-profile"))
        return Wording(person=question.person, facts={}, exposure=said)
    first = expose(question, {}, phrases)
    if not first.size.mid:  # an unknown fact, or nobody who fits: no wording can mend that
        return Wording(person=question.person, facts={}, exposure=first)
    chooser = Chooser(question, show, mode)
    facts = chooser.words(block)
    exposure = _effective(expose(question, facts, phrases), facts, chooser, phrases)
    finer = (facts | more for more in whatif)
    return Wording(
        person=question.person,
        facts=facts,
        exposure=repaired(question, exposure, facts),
        finer=tuple(repaired(question, expose(question, said, phrases), said) for said in finer),
        alike=chooser.alike(facts),
    )


def _effective(exposure: Exposure, facts: Facts, chooser: Chooser, phrases: Phrases) -> Exposure:
    """The exposure with its effective size, at the low end, judged by it too."""
    left = chooser.left(facts)
    exposure = replace(exposure, effective=left.size.low)
    if chooser.mode == "fit" and judge(left, exposure.threshold)[0] == "safe":
        sentence = worded("fit", left, exposure.threshold, phrases)
        verdict = worse("needs-signature", exposure.verdict)
        return replace(exposure, verdict=verdict, reason=sentence if exposure.safe else exposure.reason)
    return worsened(exposure, left, "effective", phrases)
