"""The public log of corrections: made from editions, read back, and replayed to the text readers have now (F29).

A text that changed without an event is a slip (`slips`), so that no edit is silent. The log repeats no words that the
latest edition does not print: what was taken out may be why there is a correction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

import msgspec

from farbank.model import codec
from farbank.model.corrections import Change, Correction, Entry, Issued, Log, Pieces, Reason, Rewriting
from farbank.model.errors import DecodeError
from farbank.model.text import Language, Slug
from farbank.publish.errors import CircularCorrection, LogBroken
from farbank.publish.pieces import digest
from farbank.publish.states import ask

FILE, TEXT = "corrections.json", "text.json"
Texts = Mapping[Language, Pieces]


def entry(
    story: Slug, edition: Slug, day: date, before: Sequence[Issued], texts: Texts, why: Sequence[Reason]
) -> Entry:
    """What the log says of an edition with these `texts`; `before` are the editions that are out, the first first."""
    rewritten = _rewritten(before[-1].texts if before else {}, texts)
    nth = len(before) + 1
    marks = {language: each.after for language, each in rewritten.items()}
    corrections = tuple(_correction(story, edition, nth, day, reason, marks) for reason in why if before)
    return Entry(edition=edition, nth=nth, corrections=corrections, texts=rewritten)


def slips(edition: Slug, before: Sequence[Issued], texts: Texts, why: Sequence[Reason]) -> Iterator[tuple[str, str]]:
    """Rule and message of everything that keeps an edition from following the one before it."""
    if not before:
        if why:
            yield (
                "nothing-to-correct",
                f"no edition of this story is out, so that the reason for {edition} is not printed",
            )
        return
    done = [each for one in before for each in one.entry.corrections]
    if any(each.kind == "retraction" for each in done):
        yield "after-retraction", ask("retracted", "correct").refusal
    changed = [language for language, each in _rewritten(before[-1].texts, texts).items() if each.before != each.after]
    latest = before[-1].entry.edition
    if changed and not why:
        yield (
            "silent-edit",
            f"the text differs from that of {latest} in {', '.join(changed)}, and nothing tells readers why; write "
            f"what changed into corrections.toml, with edition = {edition!r}",
        )
    if why and not changed:
        yield "nothing-changed", f"corrections.toml says why {edition} differs from {latest}, and no word of it does"
    for reason in why:
        if reason.corrects is not None and reason.corrects not in {each.id for each in done}:
            yield "unknown-correction", f"{reason.corrects} is no correction of this story; look with story corrections"


def log(story: Slug, entries: Sequence[Entry], latest: Texts) -> Log:
    """The log as readers get it: without claims, and with every piece that `latest` does not print left empty."""
    return Log(format=1, story=story, entries=tuple(_public(each, latest) for each in entries))


def read(data: bytes) -> Log:
    """A log that holds together. Raises LogBroken, CircularCorrection."""
    try:
        found = codec.from_json(data, Log, FILE)
    except DecodeError as error:
        raise LogBroken(f"{error}; fetch {FILE} again from the desk") from None
    if [each.nth for each in found.entries] != list(range(1, len(found.entries) + 1)):
        raise LogBroken(f"the editions of {found.story} are not numbered from 1 without a gap; fetch {FILE} again")
    for earlier, later in pairwise(found.entries):
        for language, rewriting in later.texts.items():
            known = earlier.texts.get(language)
            if rewriting.before != (known.after if known else digest(())):
                raise LogBroken(f"edition {later.edition} does not follow {earlier.edition} in {language}")
    _check_corrections(found)
    return found


def replay(found: Log, texts: Texts) -> dict[Language, Pieces]:
    """The texts of the latest edition, made from those of an earlier one by every change since. Raises LogBroken."""
    now = {language: pieces for language, pieces in texts.items() if pieces}
    for each in found.entries[_start(found, now) :]:
        for language, rewriting in each.texts.items():
            now[language] = _applied(now.get(language, ()), rewriting.changes, each.edition)
    for language, rewriting in found.entries[-1].texts.items():
        if digest(now.get(language, ())) != rewriting.after:
            raise LogBroken(f"replaying the log does not give the latest text in {language}; fetch {FILE} again")
    return {language: pieces for language, pieces in now.items() if pieces}


def _start(found: Log, texts: Texts) -> int:
    """How many entries lie behind the edition that has these texts, itself included."""
    marks: dict[Language, str] = {}
    behind = 0
    for number, each in enumerate(found.entries, 1):
        marks |= {language: rewriting.after for language, rewriting in each.texts.items()}
        if all(digest(texts.get(language, ())) == marks.get(language, digest(())) for language in {*texts, *marks}):
            behind = number
    if not behind:
        raise LogBroken(f"the text is of no edition of {found.story}; start from one that is in the log")
    return behind


def text_file(story: Slug, edition: Slug, texts: Texts) -> bytes:
    """The text of one edition, from which the log of a later one is replayed."""
    return codec.to_json({"format": 1, "story": story, "edition": edition, "texts": dict(texts)})


def _rewritten(before: Texts, after: Texts) -> dict[Language, Rewriting]:
    """How every language's text changed; one that came or went changed from or to nothing."""
    return {
        language: Rewriting(
            before=digest(before.get(language, ())),
            after=digest(after.get(language, ())),
            changes=tuple(_changes(before.get(language, ()), after.get(language, ()))) if before else (),
        )
        for language in sorted({*before, *after})
    }


def _changes(before: Pieces, after: Pieces) -> Iterator[Change]:
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(at=start, gone=end - start, put=after[first:last])


def _applied(text: Pieces, changes: Sequence[Change], edition: Slug) -> Pieces:
    made: list[str] = []
    done = 0
    for change in changes:
        if not done <= change.at <= change.at + change.gone <= len(text):
            raise LogBroken(f"a change of edition {edition} does not fit the text before it; fetch {FILE} again")
        made += [*text[done : change.at], *change.put]
        done = change.at + change.gone
    return (*made, *text[done:])


def _public(one: Entry, latest: Texts) -> Entry:
    return Entry(
        edition=one.edition,
        nth=one.nth,
        corrections=tuple(msgspec.structs.replace(each, claims=()) for each in one.corrections),
        texts={language: _shown(each, {*latest.get(language, ())}) for language, each in one.texts.items()},
    )


def _shown(rewriting: Rewriting, printed: set[str]) -> Rewriting:
    changes = (
        Change(at=each.at, gone=each.gone, put=tuple(piece if piece in printed else "" for piece in each.put))
        for each in rewriting.changes
    )
    return Rewriting(before=rewriting.before, after=rewriting.after, changes=tuple(changes))


def _correction(
    story: Slug, edition: Slug, nth: int, day: date, reason: Reason, marks: Mapping[Language, str]
) -> Correction:
    made = Correction(
        id="c-" + "0" * 16,
        story=story,
        edition=edition,
        nth=nth,
        day=day,
        kind=reason.kind,
        what=reason.what,
        claims=reason.claims,
        corrects=reason.corrects,
    )
    return msgspec.structs.replace(made, id=_id(made, marks))


def _id(one: Correction, marks: Mapping[Language, str]) -> str:
    said = [one.story, one.edition, one.nth, one.day, one.kind, one.what, one.corrects, dict(marks)]
    return f"c-{hashlib.sha256(codec.to_json(said)).hexdigest()[:16]}"


def _check_corrections(found: Log) -> None:
    seen: set[str] = set()
    every = {each.id for one in found.entries for each in one.corrections}
    for one in found.entries:
        marks = {language: each.after for language, each in one.texts.items()}
        for each in one.corrections:
            if each.corrects in every and each.corrects not in seen:
                raise CircularCorrection(
                    f"{each.id} corrects {each.corrects}, which comes no earlier; trust none of it"
                )
            if each.corrects is not None and each.corrects not in seen:
                raise LogBroken(f"{each.id} corrects {each.corrects}, which is not in the log; fetch {FILE} again")
            if each.id != _id(each, marks) or (each.edition, each.nth) != (one.edition, one.nth):
                raise LogBroken(f"{each.id} is not the correction its name was made for; fetch {FILE} again")
        seen |= {each.id for each in one.corrections}
