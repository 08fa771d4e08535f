"""The two sentences about a finding: the desk's, with everything, and the reader's, which endangers nobody."""

from __future__ import annotations

from collections.abc import Iterable

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.findings import Allowance, Finding, Sentences
from farbank.model.places import PlaceId


def word(finding: Finding, claim: Claim, allowance: Allowance, pack: Pack) -> Sentences:
    """Word `finding` in every language of the pack.

    The reader's sentence says where it is reported or confirmed, never finer than `allowance.level`, and that it
    could not be confirmed elsewhere. It never shows where the desk has nobody, who fell silent, or how many spoke,
    unless `allowance.count` says the number may appear.
    """
    return Sentences(
        desk={language: _desk(finding, claim, pack, language) for language in pack.languages},
        reader={language: _reader(finding, claim, allowance, pack, language) for language in pack.languages},
    )


def _reader(finding: Finding, claim: Claim, allowance: Allowance, pack: Pack, language: str) -> str:
    phrases = pack.phrases[language]
    date = phrases.date(finding.as_of)
    reported = _names(finding.reported_in, allowance.level, pack, language)
    confirmed = _names(finding.confirmed_in, allowance.level, pack, language)
    hand = _hand(finding.hops, phrases)
    if finding.origin_kinds == ("desk",):
        own = "desk-assessment" if claim.kind == "assessment" else "desk-reporting"
        return phrases.say(f"finding.{own}", date=date)
    if finding.standing == "cannot-judge":
        return phrases.say("finding.cannot-judge", date=date)
    if finding.standing in ("contested", "refuted"):
        opposed = _names(finding.contradicted_in, allowance.level, pack, language)
        return phrases.say(f"finding.{finding.standing}", reported=reported or opposed, opposed=opposed, date=date)
    if finding.standing == "corroborated" and confirmed:
        sentence = phrases.say("finding.corroborated", places=confirmed, date=date)
        if allowance.count:
            sentence += " " + phrases.say("finding.count", count=phrases.number(finding.origins))
        return sentence
    sentence = phrases.say("finding.single-origin", hand=hand, places=reported, date=date)
    if claim.kind in ("statement", "assessment"):
        sentence += " " + phrases.say(f"finding.{claim.kind}")
    return sentence


def _desk(finding: Finding, claim: Claim, pack: Pack, language: str) -> str:
    phrases = pack.phrases[language]
    nowhere = phrases.say("finding.nowhere")
    return phrases.say(
        "finding.desk",
        claim=claim.id,
        standing=phrases.say(f"finding.standing-{finding.standing}"),
        origins=phrases.number(finding.origins),
        hand=_hand(finding.hops, phrases),
        reported=_names(finding.reported_in, 9, pack, language) or nowhere,
        confirmed=_names(finding.confirmed_in, 9, pack, language) or nowhere,
        contradicted=_names(finding.contradicted_in, 9, pack, language) or nowhere,
        state=phrases.say(f"finding.state-{finding.state_media}"),
        date=phrases.date(finding.as_of),
    )


def _hand(hops: int, phrases: Phrases) -> str:
    return phrases.say(f"finding.hand-{hops}" if hops <= 3 else "finding.hand-more")


def _names(places: Iterable[PlaceId], level: int, pack: Pack, language: str) -> str:
    """The places, no finer than `level`, each once, as a list in `language`; empty if there are none."""
    coarse = dict.fromkeys(pack.gazetteer.at_level(place, level).id for place in places)
    return pack.phrases[language].join([pack.gazetteer.name(place, language) for place in coarse])
