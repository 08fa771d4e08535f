"""The reader's sentence: where a claim is reported and confirmed, and nothing about who was asked or how many spoke."""

from __future__ import annotations

from collections.abc import Iterable

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.findings import Allowance, Finding
from farbank.model.places import PlaceId
from farbank.model.text import Language


def reader_sentence(finding: Finding, claim: Claim, allowance: Allowance, pack: Pack, language: Language) -> str:
    """What a reader is told of how `claim` is known: where, as of when, how likely, and for words who said them.

    Only the standing, the nearest hand, the places a word came from, the date and the likelihood are looked at. The
    likelihood stands in a sentence of its own, never with a standing (E45); of a statement it is left out, for what was
    said would be taken for likely.
    """
    phrases = pack.phrases[language]
    said = [_established(finding, claim, _Where(finding, allowance.level, pack, phrases), phrases)]
    if allowance.count and finding.standing == "corroborated":
        said.append(phrases.say("finding.count", count=phrases.number(finding.origins)))
    if claim.kind == "statement":
        said.append(spoken(finding, claim, pack, language))
    elif allowance.likelihood and finding.credence is not None and finding.credence.word is not None:
        said.append(phrases.say(f"finding.likelihood-{finding.credence.word}"))
    if claim.kind == "assessment" and finding.origin_kinds != ("desk",):
        said.append(phrases.say("finding.assessment"))
    return phrases.run_on(said)


def spoken(finding: Finding, claim: Claim, pack: Pack, language: Language) -> str:
    """That a statement was made, and by whom: whether it is so, is another claim. Raises MissingReference."""
    names = pack.institutions.node(claim.speaker or "").names
    key = "statement" if finding.standing in ("single-origin", "corroborated") else "statement-open"
    return pack.phrases[language].say(f"finding.{key}", speaker=names.get(language, names["en"]))


class _Where:
    """The places of a finding as a reader may see them, none of them finer than `level`."""

    def __init__(self, finding: Finding, level: int, pack: Pack, phrases: Phrases) -> None:
        self._pack, self._phrases = pack, phrases
        self.reported = self._coarse(finding.reported_in, level)
        self.opposed = self._coarse(finding.contradicted_in, level)
        within = self._coarse(finding.confirmed_in, level)
        self.confirmed = [place for place in within if place in self.reported]

    def named(self, places: Iterable[PlaceId]) -> str:
        """The places as a list of the language; the country only where nothing inside it is named."""
        every = list(places)
        inside = [place for place in every if self._pack.gazetteer.place(place).level > 0]
        return self._phrases.join(
            [self._pack.gazetteer.name(place, self._phrases.language) for place in inside or every]
        )

    def is_country(self, places: Iterable[PlaceId]) -> bool:
        """Whether nothing finer than the country is among them."""
        return all(self._pack.gazetteer.place(place).level == 0 for place in places)

    def outside_confirmed(self) -> list[PlaceId]:
        """Reported places that lie in none that is confirmed and named."""
        gazetteer = self._pack.gazetteer
        named = [place for place in self.confirmed if not self.is_country([place])] or self.confirmed
        return [place for place in self.reported if not any(gazetteer.is_within(place, sure) for sure in named)]

    def _coarse(self, places: Iterable[PlaceId], level: int) -> list[PlaceId]:
        return list(dict.fromkeys(self._pack.gazetteer.at_level(place, level).id for place in places))


def _established(finding: Finding, claim: Claim, where: _Where, phrases: Phrases) -> str:
    date = phrases.date(finding.as_of)
    if finding.standing == "unsupported":  # that it was the desk's own word come back is nobody else's business
        return phrases.say("finding.cannot-judge", date=date)
    if finding.origin_kinds == ("desk",):
        own = "desk-assessment" if claim.kind == "assessment" else "desk-reporting"
        return phrases.say(f"finding.{own}", date=date)
    if finding.standing == "cannot-judge":
        return phrases.say("finding.cannot-judge", date=date)
    if finding.standing in ("contested", "refuted"):
        return _opposed(finding, where, phrases, date)
    if finding.origin_kinds in (("state",), ("media",)):
        return phrases.say(f"finding.{finding.origin_kinds[0]}-only", date=date)
    if finding.standing == "corroborated":
        return _corroborated(where, phrases, date)
    key = "single-origin-country" if where.is_country(where.reported) else "single-origin"
    return phrases.say(
        f"finding.{key}", hand=hand(finding.hops, phrases), places=where.named(where.reported), date=date
    )


def _corroborated(where: _Where, phrases: Phrases, date: str) -> str:
    confirmed, reported = where.named(where.confirmed), where.named(where.reported)
    if not where.confirmed:
        return phrases.say("finding.corroborated-together", reported=reported, date=date)
    if where.is_country(where.confirmed):
        return phrases.say("finding.corroborated-country", places=confirmed, date=date)
    also = [place for place in where.outside_confirmed() if not where.is_country([place])]
    if also:
        return phrases.say("finding.corroborated-reported", places=confirmed, reported=where.named(also), date=date)
    return phrases.say("finding.corroborated", places=confirmed, date=date)


def _opposed(finding: Finding, where: _Where, phrases: Phrases, date: str) -> str:
    reported, opposed = where.named(where.reported), where.named(where.opposed)
    key: str = finding.standing
    if key == "contested" and reported != opposed:
        key = "contested-places" if reported and opposed else "contested-evidence" if reported else "contested-opposed"
    return phrases.say(f"finding.{key}", reported=reported, opposed=opposed, date=date)


def hand(hops: int, phrases: Phrases) -> str:
    """How far the nearest teller stands from it: first-hand, second-hand, …"""
    return phrases.say(f"finding.hand-{hops}" if hops <= 3 else "finding.hand-more")
