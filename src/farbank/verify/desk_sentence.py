"""The desk's sentence: everything there is about a finding, one matter a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.amounts import Amount
from farbank.model.claims import Claim
from farbank.model.findings import Clash, Finding
from farbank.model.places import PlaceId
from farbank.model.text import Language
from farbank.verify.reader_sentence import hand, spoken

MOST = 12
"""Places named one by one; of more their number is said, and the finding lists them."""


def desk_sentence(finding: Finding, claim: Claim, pack: Pack, language: Language) -> str:
    """All that is known of `claim`, for the desk only: it shows where nobody was asked and how many spoke.

    The source's reliability, the probability and the likelihood in words never share a sentence (E44, E45).
    """
    return pack.phrases[language].run_on(_sentences(finding, claim, pack, language))


def _sentences(finding: Finding, claim: Claim, pack: Pack, language: Language) -> Iterator[str]:
    phrases = pack.phrases[language]

    def places(ids: Sequence[PlaceId]) -> str:
        if len(ids) > MOST:
            around = pack.gazetteer.name(claim.place, language)
            return phrases.say("finding.many", count=phrases.number(len(ids)), place=around)
        return phrases.join([pack.gazetteer.name(id, language) for id in ids]) or phrases.say("finding.nowhere")

    kinds = [phrases.say(f"finding.origin-{kind}") for kind in finding.origin_kinds]
    yield phrases.say(
        "finding.desk",
        claim=claim.id,
        standing=phrases.say(f"finding.standing-{finding.standing}"),
        origins=phrases.number(finding.origins),
        kinds=phrases.join(kinds) or phrases.say("finding.none"),
        date=phrases.date(finding.as_of),
    )
    if finding.origin_kinds:
        yield phrases.say("finding.desk-hand", hand=hand(finding.hops, phrases))
    if claim.kind == "statement":
        yield spoken(finding, claim, pack, language)
    yield phrases.say(
        "finding.desk-places",
        reported=places(finding.reported_in),
        confirmed=places(finding.confirmed_in),
        contradicted=places(finding.contradicted_in),
    )
    for key, ids in (
        ("nothing", finding.nothing_in),
        ("unasked", finding.unasked_in),
        ("unaskable", finding.unaskable_in),
    ):
        if ids:
            yield phrases.say(f"finding.desk-{key}", places=places(ids))
    yield phrases.say("finding.desk-state", state=phrases.say(f"finding.state-{finding.state_media}"))
    yield from (_clash(clash, phrases) for clash in finding.clashes)
    if finding.circles:
        ways = [" → ".join(circle) for circle in finding.circles]
        yield phrases.say("finding.desk-circles", circles=phrases.join(ways))
    yield from _credence(finding, claim, phrases)


def _credence(finding: Finding, claim: Claim, phrases: Phrases) -> Iterator[str]:
    known = finding.credence
    if known is None:
        return
    yield phrases.say("finding.desk-admiralty", reliability=known.reliability, credibility=known.credibility)
    yield phrases.say(
        "finding.desk-credence",
        low=phrases.number(floor(100 * known.low)),
        mid=phrases.number(round(100 * known.mid)),
        high=phrases.number(ceil(100 * known.high)),
    )
    if known.word is not None and claim.kind != "statement":
        yield phrases.say(f"finding.likelihood-{known.word}")


def _clash(clash: Clash, phrases: Phrases) -> str:
    values = phrases.join([_amount(amount, phrases) for amount in clash.amounts])
    return phrases.say(f"finding.clash-{clash.kind}", values=values)


def _amount(told: Amount, phrases: Phrases) -> str:
    """An amount as it was told, to the last decimal."""
    low, high = _number(told.low, phrases), _number(told.high, phrases)
    return phrases.say(
        f"finding.amount-{told.extent}",
        what=told.what,
        amount=low if low == high else phrases.say("finding.range", low=low, high=high),
        unit=told.unit,
        chain=told.chain,
    )


def _number(x: float, phrases: Phrases) -> str:
    whole, point, rest = f"{x:.12f}".rstrip("0").partition(".")
    shown = phrases.number(int(whole))
    return shown + phrases.say("grammar.decimal") + rest if point and rest else shown
