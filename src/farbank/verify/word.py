"""The two sentences about a finding: the desk's, with everything, and the reader's, which endangers nobody."""

from __future__ import annotations

from farbank.country.pack import Pack
from farbank.model.claims import Claim
from farbank.model.findings import Allowance, Finding, Sentences
from farbank.verify.desk_sentence import desk_sentence
from farbank.verify.reader_sentence import reader_sentence


def word(finding: Finding, claim: Claim, allowance: Allowance, pack: Pack) -> Sentences:
    """Word `finding` in every language of the pack, from the record alone.

    The reader's sentence says where it is reported or confirmed, never finer than `allowance.level`, and that it
    could not be confirmed elsewhere. It never shows where the desk has nobody, who fell silent, or how many spoke,
    unless `allowance.count` says the number may appear. Raises MissingReference for a speaker who is no institution of
    the pack, MissingPhrase.
    """
    return Sentences(
        desk={language: desk_sentence(finding, claim, pack, language) for language in pack.languages},
        reader={language: reader_sentence(finding, claim, allowance, pack, language) for language in pack.languages},
    )
