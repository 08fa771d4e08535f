"""What is decided of reports and outcomes changes findings and records, and withdrawn leaves no trace in either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farbank import country, vault
from farbank.desk.establish import establish
from farbank.desk.export_case import export_case
from farbank.desk.file_case import file_case
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.desk.resolve import counting, resolution
from farbank.desk.review import pairing, pairs, withdrawal
from farbank.desk.show_claim import show_claim
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.codec import to_json
from farbank.model.errors import UnknownPlace
from farbank.model.judgements import Judged, Pairing, Resolution
from farbank.model.people import Record
from farbank.vault import case_store
from farbank.verify.credence.learned import Outcome

CASES = Path(__file__).parents[1] / "cases"
KP = country.load("kp")
BRIDGE = case_folder.read(CASES / "closed-bridge")
NOON = datetime(2031, 8, 1, 12, tzinfo=UTC)
PAIRS = [("depot", "lorries"), ("depot", "quay"), ("lorries", "quay")]
WORDS = "a long passphrase of hers"

pairings = st.builds(
    lambda claim, pair, question, verdict, by: Pairing(
        claim=claim, a=pair[0], b=pair[1], question=question, by=by, at=NOON, verdict=verdict
    ),
    st.sampled_from(["closed", "open"]),
    st.sampled_from(PAIRS),
    st.sampled_from(["event", "origin"]),
    st.sampled_from(["same", "different", "cannot-tell", None]),
    st.sampled_from(["Vern", "Ada"]),
)
outcomes = st.builds(
    Resolution,
    claim=st.sampled_from(["closed", "open"]),
    by=st.sampled_from(["Vern", "Ada"]),
    at=st.just(NOON),
    holds=st.sampled_from(["true", "false", "never-known", None]),
    credence=st.sampled_from([None, 0.3, 0.9]),
)
said = st.lists(pairings | outcomes, max_size=8)


def decided(*judged: Judged) -> Case:
    return msgspec.structs.replace(BRIDGE, judgements=judged)


def taken_back(judged: Sequence[Pairing | Resolution]) -> list[Judged]:
    return [
        msgspec.structs.replace(one, verdict=None)
        if isinstance(one, Pairing)
        else msgspec.structs.replace(one, holds=None)
        for one in judged
    ]


def findings(case: Case) -> bytes:
    return to_json(establish(file_case(case)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[vault.Vault]:
    members = (vault.Member("officer", WORDS, ("safety-officer",)), vault.Member("editor", WORDS, ("editor",)))
    init_desk(tmp_path / "desk", members, cost=vault.Cost(passes=1, memory=8 * 1024 * 1024))
    with vault.open(tmp_path / "desk", "officer", WORDS) as opened:
        import_case(opened, CASES / "closed-bridge")
        yield opened


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@given(said)
@settings(max_examples=60)
def test_all_withdrawn_the_findings_are_the_same_to_the_byte(judged: list[Pairing | Resolution]) -> None:
    assert findings(decided(*judged, *taken_back(judged))) == findings(BRIDGE)


@given(said)
@settings(max_examples=60)
def test_whose_entry_came_first_changes_no_finding(judged: list[Pairing | Resolution]) -> None:
    by_person = sorted(judged, key=lambda one: one.by)
    assert findings(decided(*by_person)) == findings(decided(*judged))


@given(judged=said)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_withdrawn_an_export_differs_in_its_log_alone(
    desk: vault.Vault, tmp_path_factory: pytest.TempPathFactory, judged: list[Pairing | Resolution]
) -> None:
    folder = tmp_path_factory.mktemp("export")
    export_case(desk, "closed-bridge", folder / "before", identities=False)
    for one in (*judged, *taken_back(judged)):
        case_store.judge(desk, "closed-bridge", one)
    export_case(desk, "closed-bridge", folder / "after", identities=False)
    before, after = tree(folder / "before"), tree(folder / "after")
    earlier, log = before.pop("judgements.toml", b""), after.pop("judgements.toml", b"")
    assert after == before  # the vault keeps every entry, so only the log is longer, and begins as it began
    assert log.startswith(earlier)
    assert findings(case_folder.read(folder / "after")) == findings(BRIDGE)


def test_what_is_decided_reaches_the_finding() -> None:
    def origins(*judged: Judged) -> tuple[int, str]:
        found = show_claim(file_case(decided(*judged)), "closed").finding
        return found.origins, found.standing

    def one(a: str, b: str, question: str, verdict: str) -> Pairing:
        return Pairing(claim="closed", a=a, b=b, question=question, by="Vern", at=NOON, verdict=verdict)  # type: ignore[arg-type]

    assert origins() == (2, "corroborated")
    assert origins(one("depot", "lorries", "origin", "different")) == (3, "corroborated")
    assert origins(one("depot", "quay", "origin", "same")) == (1, "single-origin")
    differ = [one(a, b, "event", "different") for a, b in PAIRS]
    assert origins(*differ) == (1, "single-origin")


def test_the_most_decisive_pair_comes_first_and_what_is_answered_is_asked_no_more() -> None:
    case = msgspec.structs.replace(BRIDGE, coincidences=())
    shared = msgspec.structs.replace(case.chains[1], hops=(case.chains[0].hops[-1],))  # now both had it from sedge
    case = msgspec.structs.replace(case, chains=(case.chains[0], shared, *case.chains[2:]))
    first, second, third = pairs(case, KP, "closed", "Vern")
    assert (first.a.report, first.b.report, first.fewest, first.origins) == ("depot", "quay", 1, 2)
    assert (third.a.report, third.b.report) == ("depot", "lorries")
    assert third.swing == 0 < second.swing
    assert first.left == ("event", "origin")
    case = msgspec.structs.replace(case, judgements=(pairing(first, "same", "Vern"),))
    (again, *_) = pairs(case, KP, "closed", "Vern")
    assert (again.left, again.event) == (("origin",), "same")
    assert pairs(case, KP, "closed", "Ada")[0].left == ("event", "origin")
    case = msgspec.structs.replace(case, judgements=(*case.judgements, pairing(again, "different", "Vern")))
    assert len(pairs(case, KP, "closed", "Vern")) == 2 and len(pairs(case, KP, "closed")) == 3


def test_of_different_events_nothing_more_is_asked() -> None:
    (first, *_) = pairs(BRIDGE, KP, "closed", "Vern")
    case = decided(pairing(first, "different", "Vern"))
    assert len(pairs(case, KP, "closed", "Vern")) == 2


def test_the_last_that_stands_is_taken_back_and_then_the_one_before() -> None:
    (first, second, *_) = pairs(BRIDGE, KP, "closed", "Vern")
    judged: list[Judged] = [pairing(first, "same", "Vern"), pairing(second, "different", "Vern")]
    judged.append(pairing(first, "same", "Ada"))
    for a in (second.a.report, first.a.report):
        back = withdrawal(decided(*judged), "closed", "Vern")
        assert back is not None and (back.a, back.verdict, back.by) == (a, None, "Vern")
        judged.append(back)
    assert withdrawal(decided(*judged), "closed", "Vern") is None


def test_the_two_sides_hold_what_is_needed_to_judge() -> None:
    depot = pairs(BRIDGE, KP, "closed")[0].a
    assert (depot.report, depot.partner, depot.language, str(depot.when)) == ("depot", "grebe", "ko", "2031-05-08")
    assert depot.text == "화물차는 다리를 못 건넌다고 들었습니다."
    assert depot.chains == ("person:rush —was-told, 2031-05→ person:grebe → desk",)
    quay = pairs(BRIDGE, KP, "open")[0].b
    assert quay.chains == ("person:plover (saw, 2031-05-14) → desk (contradicts)",)


def test_an_outcome_counts_for_its_tellers_in_every_case_of_the_desk(desk: vault.Vault, tmp_path: Path) -> None:
    case_folder.write(msgspec.structs.replace(BRIDGE, name="second-bridge"), tmp_path / "second", identities=True)
    import_case(desk, tmp_path / "second")
    case = filed(desk, "closed-bridge")
    assert case.known.outcomes == 0
    case_store.judge(desk, "closed-bridge", resolution(case, "closed", "true", "Vern", "Seen.", ["quay"]))
    first, second = filed(desk, "closed-bridge"), filed(desk, "second-bridge")
    assert (first.known.outcomes, second.known.outcomes) == (0, 1)
    assert second.known.records["plover"] == Record(right=1)
    own = show_claim(case, "closed").finding.credence
    assert own is not None and second.known.given == ((own.mid, True),)
    found = counting(second, resolution(second, "closed", "false", "Vern", "Not seen.", []))
    assert (found.stands, found.outcomes) == ("false", 2)
    assert found.records["plover"] == Record(right=1, wrong=1)
    assert found.records["dipper"] == Record(right=4 + 1, wrong=1 + 1)


def test_an_inquiry_in_a_place_the_pack_has_not_is_refused() -> None:
    nowhere = msgspec.structs.replace(BRIDGE.inquiries[0], place="kp:KP99")
    with pytest.raises(UnknownPlace, match="inquiry about closed"):
        file_case(msgspec.structs.replace(BRIDGE, inquiries=(nowhere,)))


def test_what_a_desk_learned_reaches_a_finding_and_is_not_kept_as_what_the_model_gave() -> None:
    case = file_case(BRIDGE)
    own = show_claim(case, "closed").finding.credence
    assert own is not None
    said = resolution(case, "closed", "false", "Vern", "", ())
    assert said.credence == own.mid
    wrong = tuple(Outcome(own.mid, held=number % 4 == 0) for number in range(100))
    learned = replace(case, known=replace(case.known, given=wrong))
    after = show_claim(learned, "closed").finding.credence
    assert after is not None and after.mid < own.mid
    assert "outcomes" in {one.ground for one in after.influences}
    assert resolution(learned, "closed", "false", "Vern", "", ()).credence == own.mid
    assert resolution(learned, "closed", None, "Vern", "", ()).credence is None
