"""What one passage amounts to for one claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from farbank.country.pack import Pack
from farbank.country.tokens import tokens
from farbank.model.claims import Claim, Query
from farbank.model.places import PlaceId
from farbank.model.statemedia import Article, Passage, Result
from farbank.model.text import Language
from farbank.watch.denial import denied
from farbank.watch.engine import Archive
from farbank.watch.index import split
from farbank.watch.likely import LIKELY, UNLIKELY, Likeness, Measures, likely
from farbank.watch.needles import Needle, abroad, by_first, of, standing
from farbank.watch.passages import mark, passages
from farbank.watch.touch import Candidate
from farbank.watch.where import Relation, named, relation

PLACE = "place"
"""What a passage lacks that speaks of a wider place, another one or none."""
CUT = 1024
"""Texts whose tokens are remembered: an opening is read again with every passage of its article."""


class Graded(NamedTuple):
    """A passage, where it speaks of, and how likely it is to speak of what the claim does."""

    passage: Passage
    where: Relation
    likely: float | None

    @property
    def here(self) -> bool:
        """Whether it speaks of the claim's own place."""
        return self.where in ("same", "part")


class Grader:
    """Reads passages for one claim, whose event's words are `needles`; remembers the places of a text read before."""

    def __init__(self, claim: Claim, query: Query, needles: Mapping[str, Needle], archive: Archive, pack: Pack) -> None:
        self.claim, self.query, self.archive, self.pack = claim, query, archive, pack
        self._needles = needles
        self._forms = {concept: pack.lexicon.concept(concept).forms for concept in query.event}
        self._known = archive.named(pack.gazetteer)
        self._likenesses: dict[Language, Likeness | None] = {}
        self._tokens = lru_cache(CUT)(tokens)
        self._foreign = {
            language: by_first(phrases)
            for language, phrases in abroad(pack, archive.languages, needles.values()).items()
        }

    def read(self, candidate: Candidate) -> Graded:
        """Grade one passage.

        `silent` is one that comes near but does not mention it, `cannot-tell` one that may: the event is complete only
        with the paragraphs around it, or no place in the country is named and either the article names the place at
        some other point, or the event is complete only with the title, or another country is named too; or a word that
        sounds like the place stands beside other places, or the place has a namesake in the country named beside it, or
        it may be told to be denied (“a rumour that …”), or it is not plain that it speaks of the same thing.
        """
        ordinal, position = split(candidate.key)
        article = self.archive.store.article(ordinal)
        texts = passages(article)
        text, before = texts[position], [texts[max(position - 1, 0)], *texts[1:2]]
        foreign = self._abroad(article.lang, [text, texts[0]])
        found = self._places([text, texts[0], *([] if foreign else before)])
        where = relation(found, self.claim.place, self.pack.gazetteer)
        if where == "unplaced" and (foreign or self._abroad(article.lang, before)):
            where = "elsewhere"
        measures = self.measures(article.lang, text, texts[0])
        chance = None if measures is None else likely(measures)
        wanted = (*self.query.event, *self.query.detail)
        missing = tuple(concept for concept in wanted if concept not in candidate.said)
        passage = Passage(
            article=article.id,
            outlet=article.outlet,
            language=article.lang,
            date=article.date,
            title=article.title,
            text=text,
            url=article.url,
            result=self._result(candidate, where, chance, found, foreign=foreign, article=article, texts=texts),
            places=found,
            touches=tuple(concept for concept in wanted if concept in candidate.said),
            lacks=(*missing, *(() if where in ("same", "part") else (PLACE,))),
            mark=mark(article, text),
        )
        return Graded(passage, where, chance)

    def _result(
        self,
        candidate: Candidate,
        where: Relation,
        chance: float | None,
        found: tuple[PlaceId, ...],
        *,
        foreign: bool,
        article: Article,
        texts: Sequence[str],
    ) -> Result:
        text = texts[split(candidate.key)[1]]
        event, everything = set(self.query.event), {*self.query.event, *self.query.detail}
        if not event <= candidate.hinted:
            return "silent"
        plain, full = event <= candidate.said, everything <= candidate.said
        located = self._located(found)
        weight = None if located or where in ("same", "part") else chance
        if self._denied(candidate, article, text):
            # What is denied of a part of a place is not denied of the place.
            return "contradicted" if plain and where in ("same", "broader") else "silent"
        if where == "elsewhere" and self._heard(text):
            return "cannot-tell"
        if where == "elsewhere":
            return "said-elsewhere" if full else "silent"
        if foreign and located and self._namesakes(found):
            return "cannot-tell"
        if weight is not None and weight < UNLIKELY:
            return "cannot-tell" if self._elsewhere_in(texts) else "silent"
        if not plain or not (located or (event <= candidate.own and not foreign)):
            return "cannot-tell"
        if weight is not None and weight < LIKELY:
            return "cannot-tell"
        if self._rebutted(article, text):
            return "cannot-tell"
        return "said" if full and where in ("same", "part") else "half-said"

    def measures(self, language: Language, passage: str, title: str) -> Measures | None:
        """How a passage compares with the claim; None where nobody counted the words of its language."""
        if language not in self._likenesses:
            self._likenesses[language] = self._likeness(language)
        likeness = self._likenesses[language]
        if likeness is None:
            return None
        return likeness.measures(self._tokens(passage, language), self._tokens(title, language))

    def _likeness(self, language: Language) -> Likeness | None:
        common, sentence = self.pack.common.get(language), self.claim.text.get(language)
        concepts = [self._needles[concept].get(language, ()) for concept in self.query.event]
        if common is None or sentence is None or not all(concepts):
            return None
        gazetteer = self.pack.gazetteer
        around = (self.claim.place, *gazetteer.ancestors(self.claim.place))
        names = {token for place in around for name in gazetteer.spellings(place) for token in tokens(name, language)}
        return Likeness(tokens(sentence, language), names, concepts, common)

    def _places(self, texts: list[str]) -> tuple[PlaceId, ...]:
        """The places the first text names, or the next one if it names none, and so on.

        The country alone is no answer while a later text may give a better one.
        """
        country: tuple[PlaceId, ...] = ()
        for text in texts:
            found = self._named(text)
            if self._located(found):
                return found
            country = country or found
        return country

    def _named(self, text: str) -> tuple[PlaceId, ...]:
        if text not in self._known:
            self._known[text] = named(text, self.pack.gazetteer)
        return self._known[text]

    def _abroad(self, language: Language, texts: Sequence[str]) -> bool:
        """Whether any of `texts` names another country."""
        return any(any(standing(self._foreign.get(language, {}), self._tokens(text, language))) for text in texts)

    def _elsewhere_in(self, texts: Sequence[str]) -> bool:
        """Whether an article of those `texts` names the claim's place anywhere."""
        return any(
            relation(self._named(text), self.claim.place, self.pack.gazetteer) in ("same", "part") for text in texts
        )

    def _heard(self, text: str) -> bool:
        """Whether a slip of the pen in `text` may be the claim's place (Chungjin for Chongjin)."""
        gazetteer = self.pack.gazetteer
        guessed = (place for mention in gazetteer.mentions(text, wary=True) for place in mention.places)
        return relation(tuple(guessed), self.claim.place, gazetteer) in ("same", "part")

    def _rebutted(self, article: Article, text: str) -> bool:
        """Whether it may be told only to be denied, as a rumour or a lie of somebody's."""
        read = f"{article.title}\n{text}".lower()
        return any(word in read for word in self.pack.lexicon.rebuttals(article.lang))

    def _namesakes(self, found: tuple[PlaceId, ...]) -> bool:
        """Whether every place is one of which the other country named may be meant (Kangwon Province of the South)."""
        return all(place in self.pack.about.namesakes for place in found if self.pack.gazetteer.place(place).level)

    def _located(self, found: tuple[PlaceId, ...]) -> bool:
        return any(self.pack.gazetteer.place(place).level for place in found)

    def _denied(self, candidate: Candidate, article: Article, text: str) -> bool:
        negators = self.pack.lexicon.negators(article.lang)
        return any(
            denied(
                text if concept in candidate.own else article.title,
                article.lang,
                of(self._forms[concept], article.lang),
                negators,
            )
            for concept in self.query.event
        )
