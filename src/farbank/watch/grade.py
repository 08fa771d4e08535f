"""What one passage amounts to for one claim."""

from __future__ import annotations

import msgspec

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.places import PlaceId
from farbank.model.statemedia import Article, Passage, Result
from farbank.watch.denial import denied
from farbank.watch.engine import Archive
from farbank.watch.index import split
from farbank.watch.needles import of
from farbank.watch.passages import passages
from farbank.watch.touch import Candidate
from farbank.watch.where import Relation, named, relation

PLACE = "place"
"""What a passage lacks that speaks of a wider place, another one or none."""


class Grader(msgspec.Struct, frozen=True):
    """Reads passages for one claim; `known` remembers the places of a text read before (titles, openings)."""

    claim: Claim
    query: Query
    archive: Archive
    pack: Pack
    known: dict[str, tuple[PlaceId, ...]] = {}

    def read(self, candidate: Candidate) -> Passage:
        """Grade one passage.

        `silent` is one that comes near but does not mention it, `cannot-tell` one that may: the event is complete only
        with the paragraphs around it, or no place in the country is named and either the event is complete only with
        the title or another country is named too, or a word that sounds like the place stands beside other places.
        """
        ordinal, position = split(candidate.key)
        article = self.archive.store.article(ordinal)
        texts = passages(article)
        around = [] if candidate.abroad else [texts[max(position - 1, 0)], *texts[1:2]]
        found = self._places([texts[position], texts[0], *around])
        where = relation(found, self.claim.place, self.pack.gazetteer)
        if where == "unplaced" and (candidate.abroad or candidate.near_abroad):
            where = "elsewhere"
        wanted = (*self.query.event, *self.query.detail)
        missing = tuple(concept for concept in wanted if concept not in candidate.said)
        denies = self._denied(candidate, article, texts[position])
        return Passage(
            article=article.id,
            outlet=article.outlet,
            language=article.lang,
            date=article.date,
            title=article.title,
            text=texts[position],
            url=article.url,
            result=self._result(candidate, where, self._located(found), denies, texts[position]),
            places=found,
            touches=tuple(concept for concept in wanted if concept in candidate.said),
            lacks=(*missing, *(() if where in ("same", "part") else (PLACE,))),
        )

    def _result(self, candidate: Candidate, where: Relation, located: bool, denies: bool, text: str) -> Result:
        event, everything = set(self.query.event), {*self.query.event, *self.query.detail}
        if not event <= candidate.hinted:
            return "silent"
        plain, full = event <= candidate.said, everything <= candidate.said
        if denies:
            # What is denied of a part of a place is not denied of the place.
            return "contradicted" if plain and where in ("same", "broader") else "silent"
        if where == "elsewhere" and self._heard(text):
            return "cannot-tell"
        if where == "elsewhere":
            return "said-elsewhere" if full else "silent"
        if not plain or not (located or (event <= candidate.own and not candidate.abroad)):
            return "cannot-tell"
        return "said" if full and where in ("same", "part") else "half-said"

    def _places(self, texts: list[str]) -> tuple[PlaceId, ...]:
        """The places the first text names, or the next one if it names none, and so on.

        The country alone is no answer while a later text may give a better one.
        """
        country: tuple[PlaceId, ...] = ()
        for text in texts:
            if text not in self.known:
                self.known[text] = named(text, self.pack.gazetteer)
            if self._located(self.known[text]):
                return self.known[text]
            country = country or self.known[text]
        return country

    def _heard(self, text: str) -> bool:
        """Whether a slip of the pen in `text` may be the claim's place (Chungjin for Chongjin)."""
        gazetteer = self.pack.gazetteer
        guessed = (place for mention in gazetteer.mentions(text, wary=True) for place in mention.places)
        return relation(tuple(guessed), self.claim.place, gazetteer) in ("same", "part")

    def _located(self, found: tuple[PlaceId, ...]) -> bool:
        return any(self.pack.gazetteer.place(place).level for place in found)

    def _denied(self, candidate: Candidate, article: Article, text: str) -> bool:
        lexicon = self.pack.lexicon
        negators = lexicon.negators(article.lang) or lexicon.negators(article.lang.partition("-")[0])
        return any(
            denied(
                text if concept in candidate.own else article.title,
                article.lang,
                of(lexicon.concept(concept).forms, article.lang),
                negators,
            )
            for concept in self.query.event
        )
