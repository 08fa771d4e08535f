"""What the drafts say of every person behind them, and the widest description of each that is safe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from farbank.country.errors import MissingPhrase
from farbank.country.pack import Pack
from farbank.desk.file_case import Filed, fitted
from farbank.desk.read_prose import read_prose
from farbank.model.errors import UnknownPlace
from farbank.model.exposure import Choice, Disclosure, Exposure, Wording
from farbank.model.given_away import GivenAway
from farbank.model.people import Facts
from farbank.model.releases import Means, Release
from farbank.model.story import Draft
from farbank.model.text import Language, Slug, Text
from farbank.protect.chain import along, links
from farbank.protect.detect import facts
from farbank.protect.detect.agree import agree
from farbank.protect.disclosed import disclosed
from farbank.protect.expose import judged, refused
from farbank.protect.front import Asked, front
from farbank.protect.generalise import generalise
from farbank.protect.past import fold
from farbank.protect.question import Question, Reader, ask
from farbank.protect.release import released

SEED = 0
"""Draws the replicates of every verdict: the same for all, so that nobody can choose among answers."""


class Counted(NamedTuple):
    """Everybody counted: what was asked of them, how the drafts want them described, and what came of it."""

    story: tuple[Asked, ...]
    wanted: tuple[tuple[object, ...], ...]
    wordings: tuple[Wording, ...]
    ways: tuple[Choice, ...]


class Shielded(msgspec.Struct, frozen=True, kw_only=True):
    """A wording for everyone in a cited chain, all that the edition gives away, descriptions included, and its ways.

    `ways` are the wordings of the whole story that no other beats both in what is left unsaid and in whom it hides.
    `given` is what the prose gives away, beside these descriptions and what the claims say.
    """

    wordings: tuple[Wording, ...]
    disclosures: tuple[Disclosure, ...]
    ways: tuple[Choice, ...]
    given: tuple[GivenAway, ...]
    counted: Counted


def shield(filed: Filed, drafts: Mapping[Language, Draft], before: Counted | None = None) -> Shielded:
    """Count everyone under what all language versions say together: who reads one can read the others.

    `before` is what was counted of the same case when its stories read otherwise: where no more and no less is said of
    anybody, it holds still.
    """
    counted = _counted(filed, drafts, before)
    printed = {wording.person: wording.facts for wording in counted.wordings}
    declared = _declared(filed, drafts.values(), printed)
    return Shielded(
        wordings=counted.wordings,
        disclosures=_said(filed, drafts.values(), printed),
        ways=counted.ways,
        given=agree(read_prose(filed, drafts.values()), printed, declared, filed.pack.population.axes),
        counted=counted,
    )


def _counted(filed: Filed, drafts: Mapping[Language, Draft], before: Counted | None) -> Counted:
    case, pack = filed.case, filed.pack
    story = tuple(_asked(question, filed, drafts.values()) for question in questions(filed, drafts))
    wanted = tuple((draft.show, draft.whatif, draft.fit) for draft in drafts.values())
    if before is not None and (before.story, before.wanted) == (story, wanted):
        return before
    wordings = tuple(_wording(asked, filed, drafts.values()) for asked in story)
    judged_ = along(links(case.chains), wordings, pack.desk_phrases, *_before(filed, story), _contacts(pack))
    named = tuple(_named(wording, filed) for wording in judged_)
    known = all(wording.exposure.size.mid for wording in named)
    return Counted(story, wanted, named, front(story) if story and known else ())


def questions(filed: Filed, drafts: Mapping[Language, Draft]) -> tuple[Question, ...]:
    """What every person behind the drafts is asked about: everything said, now and in any edition before.

    What is said of two code words that are or may be one person is said of both.
    """
    case = filed.case
    said = _said(filed, drafts.values(), {})
    reader = reader_of(filed)
    people = tuple(dict.fromkeys(each.person for each in said))
    same = {person: {other for other in people if _may_be_one(filed, other, person)} for person in people}
    return tuple(
        ask(
            person,
            [msgspec.structs.replace(each, person=person) for each in said if each.person in same[person]],
            case.audiences,
            reader,
            filed.releases or (),
            token(filed, person),
        )
        for person in people
    )


def reader_of(filed: Filed) -> Reader:
    """Against whom everybody of the case is counted: as of the last contact, for who heard later cannot have told."""
    case = filed.case
    lasts = [contact.when.latest for contact in case.contacts if contact.when.latest is not None]
    return Reader(
        population=fitted(filed.pack),
        on=min(case.close, max(lasts, default=case.close)),
        threshold=case.desk.threshold,
        audiences=case.audiences,
        suspicions=case.suspicions,
        bystanders=case.bystanders,
        seed=SEED,
    )


def _may_be_one(filed: Filed, one: Slug, other: Slug) -> bool:
    pairs = [{pair.a, pair.b} for pair in filed.case.coincidences if pair.probability > 0]
    return token(filed, one) == token(filed, other) or {f"person:{one}", f"person:{other}"} in pairs


def _before(filed: Filed, story: Sequence[Asked]) -> tuple[dict[Slug, float], tuple[tuple[Slug, Slug], ...]]:
    """Who stood beside whom in an earlier edition, and how many each of those hides among whom this one leaves out."""
    here = {token(filed, asked.question.person): asked.question.person for asked in story}
    reader = reader_of(filed)
    released = filed.releases or ()
    beside = {(one.token, near) for release in released for one in release.people for near in one.near}
    beside = {pair for pair in beside if here.keys() & {*pair}}
    low: dict[Slug, float] = {}
    for gone in sorted({each for pair in beside for each in pair} - here.keys()):
        past = fold(reader.population, gone, released)
        low[gone] = judged(Question(gone, reader, past=past), {}).found.size.low
    return low, tuple((here.get(a, a), here.get(b, b)) for a, b in sorted(beside))


def release(filed: Filed, shielded: Shielded, drafts: Mapping[Language, Draft], edition: Slug, on: date) -> Release:
    """What the ledger keeps of an edition: published nodes and tokens, never whom."""
    case = filed.case
    told, heard_on = links(case.chains), reader_of(filed).on
    people = (
        msgspec.structs.replace(
            released(
                token(filed, wording.person),
                wording.named.get(case.languages[0], ""),
                wording,
                shielded.disclosures,
                case.audiences,
                heard_on,
                on,
            ),
            link=max(draft.link.get(wording.person, 1.0) for draft in drafts.values()),
            near=tuple(token(filed, who) for teller, who in told if teller == wording.person),
        )
        for wording in shielded.wordings
    )
    means: Means = "edition" if edition == case.name else "correction"
    return Release(edition=edition, published=on, means=means, people=tuple(people))


def token(filed: Filed, person: Slug) -> Slug:
    """What the ledger calls somebody."""
    return next((each.token for each in filed.case.persons if each.id == person and each.token), person)


def _contacts(pack: Pack) -> float:
    """How many people somebody speaks with, at the low end; one, where the pack does not say."""
    known = fitted(pack).data.contacts
    return known.people.low if known else 1.0


def _asked(question: Question, filed: Filed, drafts: Iterable[Draft]) -> Asked:
    block = _block(filed, question.person) or {}
    show = _axes(question.person, filed, drafts)
    return Asked(question, {axis: block[axis] for axis in show if axis in block})


def refusal(question: Question, filed: Filed) -> Exposure | None:
    """Why nothing can be promised of somebody whatever is said of them; None if it can be counted."""
    phrases = filed.pack.desk_phrases
    if filed.releases is None:
        return refused(question, {}, phrases.say("exposure.no-ledger"))
    if _block(filed, question.person) is None:
        return refused(question, {}, phrases.say("exposure.no-profile"))
    return None


def _wording(asked: Asked, filed: Filed, drafts: Iterable[Draft]) -> Wording:
    """The wording of one person."""
    question, pack = asked.question, filed.pack
    if (closed := refusal(question, filed)) is not None:
        return Wording(person=question.person, facts={}, exposure=closed)
    drafts = tuple(drafts)
    return generalise(
        question,
        _block(filed, question.person),
        show=_axes(question.person, filed, drafts),
        phrases=pack.desk_phrases,
        whatif=_whatif(question.person, drafts),
        mode="fit" if any(question.person in draft.fit for draft in drafts) else "partition",
    )


def _block(filed: Filed, person: Slug) -> Facts | None:
    """The block of somebody whose forbidden spellings are known; of anybody else nothing can be promised."""
    return next((each.block for each in filed.case.persons if each.id == person and person in filed.listed), None)


def _said(filed: Filed, drafts: Collection[Draft], printed: Mapping[Slug, Facts]) -> tuple[Disclosure, ...]:
    """All that is said of anybody: by claims, pictures and descriptions, and by the prose."""
    prose = facts.disclosures(read_prose(filed, drafts))
    return tuple(dict.fromkeys((*_declared(filed, drafts, printed), *prose)))


def _declared(filed: Filed, drafts: Iterable[Draft], printed: Mapping[Slug, Facts]) -> tuple[Disclosure, ...]:
    return tuple(
        dict.fromkeys(
            each
            for draft in drafts
            for each in disclosed(draft, filed.case, filed.pack.gazetteer, descriptions=printed)
        )
    )


def _axes(person: Slug, filed: Filed, drafts: Iterable[Draft]) -> tuple[str, ...]:
    """The axes somebody's description may use; none where two code words may be one, for two descriptions add up."""
    others = {each.id for each in filed.case.persons} - {person}
    if any(_may_be_one(filed, other, person) for other in others):
        return ()
    return tuple(dict.fromkeys(axis for draft in drafts for axis in draft.show.get(person, ())))


def _whatif(person: Slug, drafts: Iterable[Draft]) -> Sequence[Facts]:
    asked = [facts for draft in drafts for facts in draft.whatif.get(person, ())]
    return tuple(facts for position, facts in enumerate(asked) if facts not in asked[:position])


def described(filed: Filed, person: Slug, facts: Facts) -> Text:
    """What facts about somebody read like, per language; facts no pack has words for read like nothing."""
    partner = any(each.handle == person for each in filed.case.partners)
    phrases = filed.pack.phrases
    try:
        return {tag: phrases[tag].describe(facts, filed.pack, partner=partner) for tag in filed.pack.languages}
    except (MissingPhrase, UnknownPlace):
        return {}


def _named(wording: Wording, filed: Filed) -> Wording:
    """The wording put into words, and the what-ifs with it."""
    person = wording.person
    finer = tuple(msgspec.structs.replace(e, named=described(filed, person, e.facts)) for e in wording.finer)
    return msgspec.structs.replace(wording, named=described(filed, person, wording.facts), finer=finer)
