"""The finest description that is safe, found by a way that depends on nobody."""

from __future__ import annotations

from collections.abc import Sequence

from farbank.country.phrases import Phrases
from farbank.model.exposure import Disclosure, Exposure, Wording
from farbank.model.people import Audience, Facts
from farbank.model.sizes import Size
from farbank.model.text import Slug
from farbank.protect.expose import expose
from farbank.protect.lookalikes import effective
from farbank.protect.population import Population
from farbank.protect.question import ask


def generalise(
    person: Slug,
    block: Facts | None,
    *,
    show: Sequence[str],
    disclosures: Sequence[Disclosure],
    whatif: Sequence[Facts] = (),
    population: Population | None,
    audiences: Sequence[Audience],
    threshold: int,
    phrases: Phrases,
    seed: int = 0,
) -> Wording:
    """Say of a person what the block allows on the axes to `show`, made vaguer until it is safe.

    `disclosures` are those of `disclosed` and count whatever is said; other people's are passed over. If even silence
    is not safe, the wording is empty and its exposure says why, and so it does if a reader who knows the method would
    be left with too few people. `finer` judges each what-if laid over the wording. Raises MissingReference for an
    audience that is not given.
    """
    if block is None or population is None:
        return Wording(person=person, facts={}, exposure=_unjudged(person, population, threshold, phrases))
    question = ask(person, disclosures, audiences, population, threshold, phrases, seed)
    facts = question.described({axis: block[axis] for axis in show if axis in block})
    exposure = effective(question, facts, show)
    finer = tuple(question.judged(facts | more) for more in whatif)
    return Wording(person=person, facts=facts, exposure=exposure, finer=finer)


def _unjudged(person: Slug, population: Population | None, threshold: int, phrases: Phrases) -> Exposure:
    """Nobody counted: refused, because nothing is known of the country or of the person."""
    if population is None:
        return expose(person, {}, None, threshold=threshold, phrases=phrases)
    return Exposure(
        person=person,
        facts={},
        size=Size(0, 0, 0),
        threshold=threshold,
        verdict="refused",
        narrowest="",
        reason=phrases.say("exposure.no-profile"),
        modelled=False,
        population=population.hash,
    )
