"""The files of a case folder made into a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from farbank.intake import layout, strict
from farbank.intake.errors import NotACaseFolder, UnsafePath
from farbank.intake.references import check
from farbank.intake.tree import is_plain_name
from farbank.model.case import Case
from farbank.model.corrections import Reason
from farbank.model.documents import Document
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.judgements import Judged
from farbank.model.people import Identity
from farbank.model.reports import Contact, Report
from farbank.model.statemedia import Search, Statement
from farbank.model.story import Picture
from farbank.model.text import is_language

T = TypeVar("T")

FENCE = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL | re.MULTILINE)
"""Front matter between two lines of `+++`, then the body."""


def case(files: Mapping[str, bytes]) -> Case:
    """Make a case of files by relative name. Raises DecodeError, MissingReference, UnsafePath or NotACaseFolder."""
    _expect_only_known(files)
    top = _case_file(files)
    claims = _one(files, layout.CLAIMS, layout.ClaimsFile)
    pictures = _pictures(files)
    made = Case(
        name=top.case.name,
        country=top.case.country,
        desk=top.desk,
        close=top.case.close,
        languages=top.case.languages,
        partners=top.partners,
        persons=top.persons,
        audiences=top.audiences,
        disclosures=top.disclosures,
        places=top.places,
        record=top.record,
        suspicions=top.suspicions,
        bystanders=top.bystanders,
        decisions=top.decisions,
        contacts=_sheets(files, layout.CONTACTS, Contact, None),
        reports=_sheets(files, layout.REPORTS, Report, "text"),
        chains=claims.chains,
        claims=claims.claims,
        evidence=claims.evidence,
        coincidences=claims.coincidences,
        seeds=claims.seeds,
        inquiries=claims.inquiries,
        statements=_tables(files, layout.STATEMENTS, Statement),
        searches=_tables(files, layout.SEARCHES, Search),
        pictures=pictures,
        media=_media(files, pictures),
        stories={match[1]: strict.text(files[name], name) for name in files if (match := layout.STORY.fullmatch(name))},
        identities=_identities(files),
        judgements=_judgements(files),
        documents=_documents(files),
        corrections=_corrections(files),
    )
    check(made)
    return made


def _expect_only_known(files: Mapping[str, bytes]) -> None:
    if layout.CASE not in files:
        raise NotACaseFolder("there is no case.toml; give the folder that holds it, docs/case-format.md shows one")
    for name in files:
        folder, slash, rest = name.partition("/")
        known = {layout.CASE, layout.CLAIMS, layout.PERSONS, layout.EXPECTED}
        known |= {layout.JUDGEMENTS, layout.DOCUMENTS, layout.CORRECTIONS}
        story = layout.STORY.fullmatch(name)
        if slash:
            suffix = {layout.CONTACTS: ".md", layout.REPORTS: ".md", layout.MEDIA: ""}.get(folder, ".toml")
            fits = folder in layout.SUBFOLDERS and rest.endswith(suffix)
        else:
            fits = name in known or (story is not None and is_language(story[1]))
        if not fits:
            raise NotACaseFolder(f"{name} is no part of a case folder; rename it or take it out (docs/case-format.md)")


def _case_file(files: Mapping[str, bytes]) -> layout.CaseFile:
    value = strict.table(files[layout.CASE], layout.CASE)
    places = value.get("places", {})
    if not isinstance(places, dict) or not all(isinstance(place, dict) for place in places.values()):
        raise DecodeError(layout.CASE, "places", 'expected one table per place, such as [places."case:dolmaru"]')
    for name, place in places.items():
        if not name.startswith("case:") or "id" in place:
            raise DecodeError(layout.CASE, f"places.{name}", "an invented place is called case:…, by its table alone")
    rows = [{"id": name, **place} for name, place in places.items()]
    return strict.decode({**value, "places": rows}, layout.CaseFile, layout.CASE)


def _one(files: Mapping[str, bytes], name: str, kind: type[T]) -> T:
    if name not in files:
        raise MissingReference(f"{name}: the file is not there; a case has one, even if it is short")
    return strict.decode(strict.table(files[name], name), kind, name)


def _identities(files: Mapping[str, bytes]) -> tuple[Identity, ...]:
    return _one(files, layout.PERSONS, layout.PersonsFile).identities if layout.PERSONS in files else ()


def _judgements(files: Mapping[str, bytes]) -> tuple[Judged, ...]:
    held = layout.JUDGEMENTS in files
    return _one(files, layout.JUDGEMENTS, layout.JudgementsFile).judgements if held else ()


def _documents(files: Mapping[str, bytes]) -> tuple[Document, ...]:
    return _one(files, layout.DOCUMENTS, layout.DocumentsFile).documents if layout.DOCUMENTS in files else ()


def _corrections(files: Mapping[str, bytes]) -> tuple[Reason, ...]:
    held = layout.CORRECTIONS in files
    return _one(files, layout.CORRECTIONS, layout.CorrectionsFile).corrections if held else ()


def _tables(files: Mapping[str, bytes], folder: str, kind: type[T]) -> tuple[T, ...]:
    """Every TOML file of a folder; a file's name is the id of what it holds."""
    names = [name for name in sorted(files) if name.startswith(f"{folder}/") and name.endswith(".toml")]
    return tuple(_named(strict.table(files[name], name), kind, name) for name in names)


def _sheets(files: Mapping[str, bytes], folder: str, kind: type[T], body: str | None) -> tuple[T, ...]:
    """Every Markdown file of a folder: TOML between `+++` lines, then the text of field `body`, if it has one."""
    made = []
    for name in sorted(name for name in files if name.startswith(f"{folder}/")):
        found = FENCE.match(strict.text(files[name], name))
        if found is None:
            raise DecodeError(name, "line 1", "expected TOML between two lines of +++")
        value = strict.table(found[1].encode(), name)
        if body is not None:
            if body in value:
                raise DecodeError(name, body, "expected it below the second +++, not between them")
            value[body] = found[2].removeprefix("\n").removesuffix("\n")
        elif found[2].strip():
            raise DecodeError(name, "", "expected nothing below the second +++; what was said goes into a report")
        made.append(_named(value, kind, name))
    return tuple(made)


def _named(value: dict[str, Any], kind: type[T], file: str) -> T:
    if "id" in value:
        raise DecodeError(file, "id", "the file's name is its id; take the key out")
    name = file.partition("/")[2].rpartition(".")[0]
    return strict.decode({"id": name, **value}, kind, file)


def _pictures(files: Mapping[str, bytes]) -> tuple[Picture, ...]:
    pictures = _tables(files, layout.MEDIA, Picture)
    for picture in pictures:
        if not is_plain_name(picture.file):
            raise UnsafePath(f"media/{picture.id}.toml: {picture.file!r} is not the plain name of a file inside media/")
    return pictures


def _media(files: Mapping[str, bytes], pictures: tuple[Picture, ...]) -> dict[str, bytes]:
    held = {
        name.removeprefix("media/"): data
        for name, data in files.items()
        if name.startswith("media/") and not name.endswith(".toml")
    }
    for extra in sorted(held.keys() - {picture.file for picture in pictures}):
        raise MissingReference(f"media/{extra}: no record speaks of this picture; write media/<id>.toml or take it out")
    return held
