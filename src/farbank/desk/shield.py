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
from farbank.protect.disclosed import disclosed
from farbank.protect.generalise import generalise


class Shielded(msgspec.Struct, frozen=True, kw_only=True):
    """A wording for everyone in a cited chain, and all that the edition gives away, descriptions included."""

    wordings: tuple[Wording, ...]
    disclosures: tuple[Disclosure, ...]


def shield(filed: Filed, drafts: Mapping[Language, Draft]) -> Shielded:
    """Count everyone under what all language versions say together: who reads one can read the others."""
    case, pack = filed.case, filed.pack
    said = _said(filed, drafts.values(), {})
    blocks = {person.id: person.block for person in case.persons if person.id in filed.listed}
    partners = {partner.handle for partner in case.partners}
    wordings = tuple(
        _named(
            generalise(
                person,
                blocks.get(person),
                show=_axes(person, drafts.values()),
                disclosures=said,
                whatif=_whatif(person, drafts.values()),
                population=fitted(pack),
                audiences=case.audiences,
                threshold=case.desk.threshold,
                phrases=pack.phrases[pack.languages[0]],
            ),
            pack,
            partner=person in partners,
        )
        for person in dict.fromkeys(each.person for each in said)
    )
    printed = {wording.person: wording.facts for wording in wordings}
    return Shielded(wordings=wordings, disclosures=_said(filed, drafts.values(), printed))


def _said(filed: Filed, drafts: Iterable[Draft], printed: Mapping[Slug, Facts]) -> tuple[Disclosure, ...]:
    case = filed.case
    return tuple(
        dict.fromkeys(
            each
            for draft in drafts
            for each in disclosed(
                draft,
                claims=case.claims,
                chains=case.chains,
                standing=case.disclosures,
                partners=case.partners,
                gazetteer=filed.pack.gazetteer,
                descriptions=printed,
                speakers=case.speakers,
            )
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
