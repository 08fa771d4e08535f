"""Look for one claim in what the state says."""

from __future__ import annotations

import msgspec

from farbank.desk.establish import window_of
from farbank.desk.file_case import Filed
from farbank.desk.show_claim import claim_of
from farbank.model.statemedia import Search
from farbank.model.text import Text
from farbank.watch import archives
from farbank.watch.archives import Places
from farbank.watch.check import check
from farbank.watch.sentence import sentence


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The search and, per language, the sentence ready to print."""

    search: Search
    sentences: Text


def check_claim(filed: Filed, claim_id: str, archive: Places) -> Checked:
    """Search from the claim's first day to the story's close. Raises NoSuchClaim, NoArchive."""
    case = filed.case
    pack = filed.pack
    claim = claim_of(case, claim_id)
    with archives.open(archive) as opened:
        search = check(claim, opened, pack, window_of(claim, case), judged=case.judgements)
    return Checked(search=search, sentences={tag: sentence(search, pack, tag) for tag in case.languages})
