"""Hold an edition against the one before it: what changed, what readers are told of it, and the log they get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from farbank import vault
from farbank.desk.file_case import Filed
from farbank.model import codec
from farbank.model.corrections import Correction, Entry, Issued
from farbank.model.story import Draft, Lint
from farbank.model.text import Language, Slug
from farbank.publish import corrections
from farbank.publish.page import Amended, Page
from farbank.publish.pieces import pieces

_KEPT = vault.case_store.ISSUED


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """The pages with their corrections at the top, the files of the log, and what stands in the way.

    `issued` is what is kept of the edition once it is out; `days` are those on which the story was corrected.
    """

    pages: dict[str, Page]
    files: dict[str, bytes]
    lint: tuple[Lint, ...]
    issued: Issued
    days: frozenset[date]


def correct(
    filed: Filed, drafts: Mapping[Language, Draft], pages: Mapping[str, Page], name: Slug, on: date
) -> Corrected:
    """Compare with the latest edition that is out; of a case folder, and of a first edition, there is none."""
    case, before = filed.case, filed.issued
    texts = {page.language: pieces(page) for page in pages.values()}
    why = [reason for reason in case.corrections if reason.edition == name]
    new = corrections.entry(case.name, name, on, before, texts, why)
    entries = [*(each.entry for each in before), new]
    told = [each for one in entries for each in one.corrections]
    log = corrections.log(case.name, entries, texts)
    return Corrected(
        pages={path: _amended(page, told, filed) for path, page in pages.items()},
        files={
            corrections.FILE: codec.to_json(log) + b"\n",
            corrections.TEXT: corrections.text_file(case.name, name, texts) + b"\n",
        },
        lint=tuple(_lint(each) for each in corrections.slips(name, before, texts, why)),
        issued=_issued(new, texts, drafts),
        days=frozenset(each.day for each in told),
    )


def issued(opened: vault.Vault, case: Slug) -> tuple[Issued, ...]:
    """The editions of a case that are out or were begun, the first first. Raises CompartmentClosed."""
    held = enumerate(opened.log("content", f"{_KEPT}:{case}"), 1)
    return tuple(codec.from_json(body, Issued, f"{_KEPT}/{case}/{number}") for number, body in held)


def keep_issued(opened: vault.Vault, case: Slug, edition: Issued) -> None:
    """Keep what readers get of an edition, in the transaction of its intent.

    Content is committed last: where a kill leaves the intent without this, the edition was never written either.
    """
    opened.append("content", f"{_KEPT}:{case}", edition)


def _issued(entry: Entry, texts: corrections.Texts, drafts: Mapping[Language, Draft]) -> Issued:
    cited = dict.fromkeys(claim for draft in drafts.values() for claim in draft.cited)
    return Issued(entry=entry, texts=dict(texts), claims=tuple(cited))


def _amended(page: Page, told: Sequence[Correction], filed: Filed) -> Page:
    phrases = filed.pack.phrases[page.language]
    notices = tuple(
        Amended(
            id=each.id,
            day=each.day,
            when=phrases.date(each.day),
            kind=phrases.say(f"corrections.{each.kind}"),
            text=each.what.get(page.language, ""),
        )
        for each in reversed(told)
    )
    return msgspec.structs.replace(page, corrections=notices)


def _lint(slip: tuple[str, str]) -> Lint:
    rule, message = slip
    return Lint(file="corrections.toml", line=1, rule=rule, message=message, blocking=rule != "nothing-to-correct")
