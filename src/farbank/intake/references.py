"""Whether everything a case cites is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from itertools import chain as joined

from farbank.intake.layout import CASE, CLAIMS, CORRECTIONS, DOCUMENTS, JUDGEMENTS, PERSONS
from farbank.model.case import Case
from farbank.model.chains import NODE, of_kind
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.judgements import Closing, Pairing, Resolution
from farbank.model.people import EVERYBODY, Facts
from farbank.model.story import UNKNOWN, Picture
from farbank.model.text import Language, Text

MOST_HOPS = 100
"""More mouths than any word was ever followed through."""


def check(case: Case) -> None:
    """Raise MissingReference naming file, what and where for the first thing cited that is not in the case.

    Raises DecodeError where two things bear one id, or a claim, its parts or a place lead round in a circle.
    """
    _check_ids(case)
    _check_contacts(case)
    _check_chains(case)
    _check_claims(case)
    _check_state_media(case)
    _check_judgements(case)
    _check_corrections(case)
    _check_pictures(case)
    _check_documents(case)
    _check_people(case)
    _check_places(case)
    _check_languages(case)


def _need(file: str, where: str, what: str, wanted: Iterable[str | None], held: Container[str]) -> None:
    for one in wanted:
        if one is not None and one not in held:
            raise MissingReference(f"{file}: {where}: there is no {what} {one!r}; check the spelling or add it")


def _people(case: Case) -> set[str]:
    return {partner.handle for partner in case.partners} | {person.id for person in case.persons}


def _check_ids(case: Case) -> None:
    lists: dict[str, tuple[str, list[str]]] = {
        "partners": (CASE, [partner.handle for partner in case.partners]),
        "persons": (CASE, [person.id for person in case.persons]),
        "audiences": (CASE, [audience.id for audience in case.audiences]),
        "disclosures": (CASE, [disclosure.id for disclosure in case.disclosures]),
        "record": (CASE, [event.id for event in case.record]),
        "suspicions": (CASE, [each.id for each in case.suspicions]),
        "bystanders": (CASE, [each.id for each in case.bystanders]),
        "decisions": (CASE, [each.id for each in case.decisions]),
        "languages": (CASE, list(case.languages)),
        "claims": (CLAIMS, [claim.id for claim in case.claims]),
        "chains": (CLAIMS, [chain.id for chain in case.chains]),
        "documents": (DOCUMENTS, [document.id for document in case.documents]),
        "identities": (PERSONS, [identity.id for identity in case.identities]),
    }
    for what, (file, ids) in lists.items():
        for one, times in Counter(ids).items():
            if times > 1:
                raise DecodeError(file, what, f"{one!r} is there twice; expected each id once")


def _check_contacts(case: Case) -> None:
    contacts, reports = {contact.id for contact in case.contacts}, {report.id for report in case.reports}
    handles = {partner.handle for partner in case.partners}
    for contact in case.contacts:
        _need(f"contacts/{contact.id}.md", "partner", "partner", [contact.partner], handles)
    for report in case.reports:
        _need(f"reports/{report.id}.md", "contact", "contact", [report.contact], contacts)
        _need(f"reports/{report.id}.md", "corrects", "report", [report.corrects], reports)


def _check_judgements(case: Case) -> None:
    claims = {claim.id for claim in case.claims}
    promising = {one.id for one in case.statements if one.due is not None}
    for both in sorted(claims & promising):
        raise DecodeError(f"statements/{both}.toml", "due", "a claim has the same id; give one of them another name")
    for number, one in enumerate(case.judgements, 1):
        known = {*claims, *promising} if isinstance(one, Closing) else claims
        _need(JUDGEMENTS, f"judgement {number}", "claim", [one.claim], known)
        if isinstance(one, Pairing):
            reports = {report.id for report in case.reports}
            _need(JUDGEMENTS, f"judgement {number}", "report", (one.a, one.b), reports)
        if isinstance(one, Closing | Resolution):
            _need(JUDGEMENTS, f"judgement {number}", "report, statement, search or picture", one.evidence, case.evident)


def _check_corrections(case: Case) -> None:
    claims = {claim.id for claim in case.claims}
    for each in case.corrections:
        _need(CORRECTIONS, f"correction in {each.edition}", "claim", each.claims, claims)


def _check_chains(case: Case) -> None:
    reports, people = {report.id for report in case.reports}, _people(case)
    partners, audiences = {each.handle for each in case.partners}, {each.id for each in case.audiences}
    for chain in case.chains:
        if len(chain.hops) > MOST_HOPS:
            raise DecodeError(CLAIMS, f"chain {chain.id}", f"expected at most {MOST_HOPS} hops, got {len(chain.hops)}")
        for hop in chain.hops:
            if hop.who == hop.source != "unknown":
                raise DecodeError(CLAIMS, f"chain {chain.id}", f"{hop.who} cannot have learned it from {hop.who}")
        _need(CLAIMS, f"chain {chain.id}", "report", chain.reports, reports)
        _need(CLAIMS, f"chain {chain.id}", "partner or person", chain.people, people)
        last = [of_kind("person", chain.hops[-1].who)]
        _need(CLAIMS, f"chain {chain.id}, who told the desk", "partner", last, partners)
        met = [of_kind("meeting", hop.source) for hop in chain.hops]
        _need(CLAIMS, f"chain {chain.id}, who was at the meeting", "audience", met, audiences)
    for seed in case.seeds:
        where = f"seed of {seed.claim} to {seed.who}"
        _need(CLAIMS, where, "claim", [seed.claim], {claim.id for claim in case.claims})
        _need(CLAIMS, where, "partner or person", [of_kind("person", node) for node in (seed.who, seed.source)], people)
        _need(CLAIMS, where, "audience", [of_kind("meeting", node) for node in (seed.who, seed.source)], audiences)
    for asked in case.inquiries:
        where = f"inquiry about {asked.claim} in {asked.place}"
        _need(CLAIMS, where, "claim", [asked.claim], {claim.id for claim in case.claims})
        _need(CLAIMS, where, "partner", [asked.partner], partners)
    for pair in case.coincidences:
        where = f"coincidence of {pair.a} and {pair.b}"
        if re.match(NODE, pair.a) is None or re.match(NODE, pair.b) is None or not 0 <= pair.probability <= 1:
            raise DecodeError(CLAIMS, where, "expected two chain nodes and a probability from 0 to 1")
        named = [of_kind("person", node) for node in (pair.a, pair.b)]
        _need(CLAIMS, where, "partner or person", named, people)


def _check_claims(case: Case) -> None:
    claims, chains = {claim.id for claim in case.claims}, {chain.id for chain in case.chains}
    audiences = {audience.id for audience in case.audiences}
    for claim in case.claims:
        where = f"claim {claim.id}"
        if not claim.chains:
            raise MissingReference(
                f"{CLAIMS}: {where}: it has no chain; say how it reached the desk, unknown links included"
            )
        _need(CLAIMS, where, "chain", claim.chains, chains)
        _need(CLAIMS, f"{where}, amounts", "chain of the claim", [one.chain for one in claim.amounts], claim.chains)
        _need(CLAIMS, where, "audience", [claim.audience], audiences | {EVERYBODY})
        _need(CLAIMS, where, "claim", [claim.part_of], claims)
    _no_circle(CLAIMS, "part_of", {claim.id: claim.part_of for claim in case.claims})
    _check_audiences(case, audiences)
    held = {
        "report": {report.id for report in case.reports},
        "picture": {picture.id for picture in case.pictures},
        "statement": {statement.id for statement in case.statements},
        "document": {document.id for document in case.documents},
    }
    for item in case.evidence:
        _need(CLAIMS, "evidence", "claim", [item.claim], claims)
        _need(CLAIMS, f"evidence on {item.claim}", item.kind, [item.ref], held[item.kind])


def _check_audiences(case: Case, audiences: set[str]) -> None:
    """Who could have known it is said of every claim that leads to a person: left out, it would mean everybody."""
    people = {chain.id: chain.people for chain in case.chains}
    for claim in case.claims:
        if claim.audience is None and any(people[chain] for chain in claim.chains):
            raise MissingReference(
                f"{CLAIMS}: claim {claim.id}: it does not say who could have known it; name an audience, or "
                f"{EVERYBODY!r} if anybody in the country could"
            )
    for audience in case.audiences:
        _need(CASE, f"audience {audience.id}, within", "audience", [audience.within], audiences | {EVERYBODY})
    _no_circle(CASE, "audiences", {audience.id: audience.within for audience in case.audiences})


def _check_state_media(case: Case) -> None:
    statements, claims = {statement.id for statement in case.statements}, {claim.id for claim in case.claims}
    for search in case.searches:
        file = f"searches/{search.id}.toml"
        _need(file, "claims", "claim", search.claims, claims)
        _need(file, "statements", "statement", search.statements, statements)


def _check_pictures(case: Case) -> None:
    for picture in case.pictures:
        file = f"media/{picture.id}.toml"
        _need(file, "file", "picture file", [picture.file], case.media)
        _need(file, "photographer", "partner or person", [picture.photographer], {UNKNOWN} | _people(case))
        _need(file, "facsimile", "document", [picture.facsimile], {document.id for document in case.documents})
        _need(file, "audience", "audience", [picture.audience], {EVERYBODY} | {each.id for each in case.audiences})
        _check_posts(case, picture)
        if picture.photographer not in (None, UNKNOWN) and picture.audience is None:
            raise MissingReference(
                f"{file}: it does not say who could have stood where it was taken; name an audience, or {EVERYBODY!r}"
            )


def _check_posts(case: Case, picture: Picture) -> None:
    """Whoever looked is of the desk: a code word there would tie somebody of the case to the picture."""
    looked = [("looked_over.by", picture.looked_over.by)] if picture.looked_over else []
    looked += [(f"checks[{number}].by", check.by) for number, check in enumerate(picture.checks)]
    looked += [(f"told_apart[{number}].by", apart.by) for number, apart in enumerate(picture.told_apart)]
    for where, by in looked:
        if by in _people(case):
            problem = "expected the post of somebody of the desk, got the code word of somebody of the case"
            raise DecodeError(f"media/{picture.id}.toml", where, problem)


def _check_documents(case: Case) -> None:
    audiences, reports = {EVERYBODY} | {each.id for each in case.audiences}, {report.id for report in case.reports}
    for document in case.documents:
        _need(DOCUMENTS, f"document {document.id}, holders", "audience", [document.holders], audiences)
        _need(DOCUMENTS, f"document {document.id}, report", "report", [document.report], reports)


def _check_people(case: Case) -> None:
    _need(PERSONS, "identities", "partner or person", [identity.id for identity in case.identities], _people(case))
    for decision in case.decisions:
        _need(CASE, f"decision {decision.id}", "partner or person", decision.signs, _people(case))


def _check_places(case: Case) -> None:
    """Invented places are declared and lead up into the country; whether the others exist, the pack knows."""
    declared = {place.id for place in case.places}
    _no_circle(CASE, "places", {place.id: place.parent for place in case.places})
    for file, where, place in joined(_places_cited(case), _places_of_people(case)):
        if place.startswith("case:") and place not in declared and file == "persons.toml":
            raise DecodeError(file, where, "expected a place that case.toml declares under [places]")
        if place.startswith("case:"):
            _need(file, where, "place", [place], declared)
        elif place.partition(":")[0] != case.country:
            problem = f"expected a place of the country, {case.country}:…, or of the case, case:…"
            got = "" if file == "persons.toml" else f", got {place!r}"  # where somebody lives is no text for a terminal
            raise DecodeError(file, where, problem + got)
    for language, story in case.stories.items():
        cited = re.findall(r"\bcase:[A-Za-z0-9/-]+", story)
        _need(f"story.{language}.md", "front matter", "place", cited, declared)


def _places_cited(case: Case) -> Iterable[tuple[str, str, str]]:
    yield from ((CLAIMS, f"claim {claim.id}", claim.place) for claim in case.claims)
    yield from ((CLAIMS, f"inquiry about {asked.claim}", asked.place) for asked in case.inquiries)
    yield from ((CLAIMS, f"chain {chain.id}", chain.place) for chain in case.chains if chain.place)
    yield from ((f"media/{picture.id}.toml", "place", picture.place) for picture in case.pictures)
    for picture in case.pictures:
        yield from ((f"media/{picture.id}.toml", "checks", check.place) for check in picture.checks)
    yield from ((CASE, f"place {place.id}, parent", place.parent or "nothing") for place in case.places)


def _places_of_people(case: Case) -> Iterable[tuple[str, str, str]]:
    said: list[tuple[str, str, Facts | None]] = [
        *((CASE, f"audience {audience.id}", audience.group) for audience in case.audiences),
        *((CASE, f"audience {audience.id}", audience.sure) for audience in case.audiences),
        *((CASE, f"disclosure {disclosure.id}", disclosure.facts) for disclosure in case.disclosures),
        *((CASE, f"suspicion {each.id}", each.group) for each in case.suspicions),
        *((CASE, f"bystanders {each.id}", each.group) for each in case.bystanders),
        *((CASE, f"person {person.id}", person.block) for person in case.persons),
        *((PERSONS, f"identity {identity.id}", identity.profile) for identity in case.identities),
    ]
    yield from ((file, where, facts["place"]) for file, where, facts in said if facts and "place" in facts)


def _check_languages(case: Case) -> None:
    for language in case.stories:
        _need(f"story.{language}.md", "its name", "language", [language], case.languages)
    if case.stories:
        _need(CASE, "languages", "story in", case.languages, case.stories)
    for file, where, text in _printed(case):
        _worded(file, where, text, case.languages)


def _printed(case: Case) -> Iterable[tuple[str, str, Text]]:
    yield from ((CASE, "desk", text) for text in (case.desk.name, case.desk.byline))
    yield from ((CASE, f"disclosure {disclosure.id}", disclosure.text) for disclosure in case.disclosures)
    yield from ((CASE, f"record {event.id}", event.name) for event in case.record)
    yield from ((CLAIMS, f"claim {claim.id}", claim.text) for claim in case.claims)
    yield from ((CORRECTIONS, f"correction in {each.edition}", each.what) for each in case.corrections)
    for picture in case.pictures:
        for field, text in (("what", picture.what), ("vantage", picture.vantage), ("credit", picture.credit)):
            yield f"media/{picture.id}.toml", f"[{field}]", text


def _worded(file: str, where: str, text: Text, languages: tuple[Language, ...]) -> None:
    for language in languages:
        if not text.get(language, "").strip():
            raise MissingReference(f"{file}: {where}: it is not worded in {language!r}, which the case is published in")


def _no_circle(file: str, where: str, above: Mapping[str, str | None]) -> None:
    settled: set[str] = set()
    for start in above:
        walked: set[str] = set()
        step: str | None = start
        while step is not None and step in above and step not in settled:
            if step in walked:
                raise DecodeError(file, where, f"{step!r} leads back to itself")
            walked.add(step)
            step = above[step]
        settled |= walked
