"""What one passage amounts to for one claim."""

from __future__ import annotations

from collections.abc import Sequence

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.statemedia import Article, Passage, Result
from farbank.watch.archive import Archive
from farbank.watch.denial import denied
from farbank.watch.index import split
from farbank.watch.passages import passages
from farbank.watch.touch import Candidate
from farbank.watch.where import Relation, places, relation

PLACE = "place"
"""What a passage lacks that speaks of a wider place, another one or none."""


def grade(candidate: Candidate, claim: Claim, query: Query, archive: Archive, pack: Pack) -> Passage:
    """Read one passage for a claim. `silent` is the grade of one that comes near but does not mention it.

    Its place is the one its own words name, else its title's, else that of the paragraph before or the opening.
    """
    ordinal, position = split(candidate.key)
    article = archive.store.article(ordinal)
    texts = passages(article)
    around = (texts[position], texts[0], texts[max(position - 1, 0)], *texts[1:2])
    found = places(around, pack.gazetteer)
    where: Relation = "elsewhere" if candidate.abroad and not found else relation(found, claim.place, pack.gazetteer)
    wanted = (*query.event, *query.detail)
    missing = [concept for concept in wanted if concept not in candidate.said]
    result = _result(candidate, query, where, bool(missing), _denied(candidate, query, article, texts[position], pack))
    return Passage(
        article=article.id,
        outlet=article.outlet,
        language=article.lang,
        date=article.date,
        title=article.title,
        text=texts[position],
        url=article.url,
        result=result,
        places=found,
        touches=tuple(concept for concept in wanted if concept in candidate.said),
        lacks=(*missing, *(() if where in ("same", "part") else (PLACE,))),
    )


def _result(candidate: Candidate, query: Query, where: Relation, lacking: bool, denies: bool) -> Result:
    event = set(query.event)
    if not event <= candidate.hinted:
        return "silent"
    plain = event <= candidate.said
    if denies:
        # What is denied of a part of a place is not denied of the place.
        return "contradicted" if plain and where in ("same", "broader") else "silent"
    if where == "elsewhere":
        return "said-elsewhere" if plain and not lacking else "silent"
    if where == "unplaced":
        return "half-said" if plain else "silent"
    return "said" if plain and not lacking and where in ("same", "part") else "half-said"


def _denied(candidate: Candidate, query: Query, article: Article, text: str, pack: Pack) -> bool:
    negators = _of(pack.lexicon.negators(article.lang), pack.lexicon.negators(_base(article.lang)))
    for concept in query.event:
        forms = pack.lexicon.concept(concept).forms
        words = _of(forms.get(article.lang, ()), forms.get(_base(article.lang), ()))
        if denied(text if concept in candidate.own else article.title, article.lang, words, negators):
            return True
    return False


def _of(exact: Sequence[str], base: Sequence[str]) -> Sequence[str]:
    return exact or base


def _base(language: str) -> str:
    return language.partition("-")[0]
