"""What the drafts say of every person behind them, and the widest description of each that is safe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from farbank.country.pack import Pack
from farbank.desk.file_case import Filed, fitted
from farbank.model.exposure import Disclosure, Wording
from farbank.model.people import Facts
from farbank.model.story import Draft
from farbank.model.text import Language, Slug, Text
from farbank.protect.chain import along
from farbank.protect.disclosed import disclosed
from farbank.protect.generalise import generalise
from farbank.protect.past import fold
from farbank.protect.question import Question, Reader, ask


class Shielded(msgspec.Struct, frozen=True, kw_only=True):
    """A wording for everyone in a cited chain, and all that the edition gives away, descriptions included."""

    wordings: tuple[Wording, ...]
    disclosures: tuple[Disclosure, ...]


def shield(filed: Filed, drafts: Mapping[Language, Draft]) -> Shielded:
    """Count everyone under what all language versions say together: who reads one can read the others."""
    case, pack = filed.case, filed.pack
    phrases = pack.phrases[pack.languages[0]]
    blocks = {person.id: person.block for person in case.persons if person.id in filed.listed}
    wordings = along(
        case.chains,
        tuple(
            generalise(
                question,
                blocks.get(question.person),
                show=_axes(question.person, drafts.values()),
                phrases=phrases,
                whatif=_whatif(question.person, drafts.values()),
            )
            for question in questions(filed, drafts)
        ),
        fitted(pack),
        phrases,
    )
    partners = {partner.handle for partner in case.partners}
    named = tuple(_named(wording, pack, partner=wording.person in partners) for wording in wordings)
    printed = {wording.person: wording.facts for wording in named}
    return Shielded(wordings=named, disclosures=_said(filed, drafts.values(), printed))


def questions(filed: Filed, drafts: Mapping[Language, Draft]) -> tuple[Question, ...]:
    """What every person behind the drafts is asked about: everything said, now and in any edition before."""
    case, population = filed.case, fitted(filed.pack)
    said = _said(filed, drafts.values(), {})
    reader = Reader(
        population=population,
        on=case.close,
        threshold=case.desk.threshold,
        suspicions=case.suspicions,
        bystanders=case.bystanders,
    )
    tokens = {person.id: person.token or person.id for person in case.persons}
    return tuple(
        ask(person, said, case.audiences, reader, fold(population, tokens.get(person, person), filed.releases))
        for person in dict.fromkeys(each.person for each in said)
    )


def _said(filed: Filed, drafts: Iterable[Draft], printed: Mapping[Slug, Facts]) -> tuple[Disclosure, ...]:
    return tuple(
        dict.fromkeys(
            each
            for draft in drafts
            for each in disclosed(draft, filed.case, filed.pack.gazetteer, descriptions=printed)
        )
    )


def _axes(person: Slug, drafts: Iterable[Draft]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(axis for draft in drafts for axis in draft.show.get(person, ())))


def _whatif(person: Slug, drafts: Iterable[Draft]) -> tuple[Facts, ...]:
    asked = [facts for draft in drafts for facts in draft.whatif.get(person, ())]
    return tuple(facts for position, facts in enumerate(asked) if facts not in asked[:position])


def _named(wording: Wording, pack: Pack, *, partner: bool) -> Wording:
    """The wording put into words, and the what-ifs with it."""

    def words(facts: Facts) -> Text:
        return {tag: pack.phrases[tag].describe(facts, pack, partner=partner) for tag in pack.languages}

    finer = tuple(msgspec.structs.replace(each, named=words(each.facts)) for each in wording.finer)
    return msgspec.structs.replace(wording, named=words(wording.facts), finer=finer)
