"""farbank claim review: two reports of a claim side by side, one key a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from farbank.cli.deciding import By, key_of, who
from farbank.cli.output import Json, as_json, english, sentence, side_by_side
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, ClaimId, PackFolder, open_case

if TYPE_CHECKING:
    from farbank.desk.review import Pair, Side
    from farbank.model.case import Case
    from farbank.model.claims import Claim
    from farbank.model.judgements import Likeness, Pairing, Question

KEYS: dict[Question, dict[str, Likeness]] = {
    "event": {"s": "same", "d": "different", "c": "cannot-tell"},
    "origin": {"i": "different", "s": "same", "c": "cannot-tell"},
}
ASKED: dict[Question, str] = {
    "event": "One event? [s]ame, [d]ifferent, [c]annot tell; [u]ndo the last, [q]uit",
    "origin": "One origin? [i]ndependent, [s]ame, [c]annot tell; [u]ndo the last, [q]uit",
}


def review(
    case: CaseSource,
    claim_id: ClaimId,
    by: By = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Judge the reports of a claim two by two, one key a verdict: one event or two, one origin or independent.

    Each verdict is kept at once with the name, and can be undone. With --json the pairs left are printed, none judged.
    """
    from farbank.desk import judge
    from farbank.desk.review import pairs
    from farbank.desk.show_claim import claim_of

    with open_case(case, pack, desk, person) as (filed, vault):
        judged, claim = filed.case, claim_of(filed.case, claim_id)
        if json:
            as_json(pairs(judged, filed.pack, claim_id, by if vault is None else vault.person))
            return
        name = who(by, vault)
        lying = shown = None  # the pair last judged, which is gone on with, and the one on the screen
        while True:
            left = pairs(judged, filed.pack, claim_id, name)
            pair = next((each for each in left if _ids(each) == lying), left[0] if left else None)
            if pair is not None and _ids(pair) != shown:
                _show(claim, pair)
                shown = _ids(pair)
            said = _answer(judged, claim, pair, name)
            if said is None:
                return
            judge.keep(case, vault, said)
            if said.verdict is None:
                sentence(f"Withdrawn: whether {said.a} and {said.b} are of one {said.question}.")
            judged = msgspec.structs.replace(judged, judgements=(*judged.judgements, said))
            lying = said.a, said.b


def _answer(case: Case, claim: Claim, pair: Pair | None, name: str) -> Pairing | None:
    """What is said of the pair, or what takes back the last that was said; None to stop."""
    from farbank.desk.review import pairing, withdrawal

    keys = KEYS[pair.left[0]] if pair else {}
    sentence(ASKED[pair.left[0]] if pair else "Nothing is left to judge. [u]ndo the last, [q]uit")
    while True:
        key = key_of((*keys, "u"))
        if key == "q":
            return None
        if pair is not None and key in keys:
            return pairing(pair, keys[key], name)
        undone = withdrawal(case, claim.id, name)
        if undone is not None:
            return undone
        sentence("There is nothing of yours to undo.")


def _show(claim: Claim, pair: Pair) -> None:
    sentence(f"\nClaim: {english(claim.text)}")
    could = f", from {pair.fewest} to {pair.most} after what you say of these two" if pair.swing else ""
    sentence(f"Sure origins: {pair.origins}{could}.\n")
    side_by_side(*((_heading(side), _body(side)) for side in (pair.a, pair.b)))


def _heading(side: Side) -> str:
    return f"{side.report}: {side.partner}, {side.when}, {side.language}"


def _body(side: Side) -> str:
    return "\n".join([side.text.strip(), "", *side.chains])


def _ids(pair: Pair) -> tuple[str, str]:
    return pair.a.report, pair.b.report
