"""What an editor sees while typing is what a whole check would say, and no older."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from farbank.desk.check_case import file_folder
from farbank.desk.check_prose import Prose, check_prose
from farbank.desk.establish import Established, establish
from farbank.desk.examples import example
from farbank.desk.file_case import Filed
from farbank.desk.lint_story import context_of
from farbank.desk.told_besides import told_by
from farbank.desk.write_sarif import write_sarif
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Table
from farbank.model.story import ToldBefore


@pytest.fixture(scope="module")
def filed() -> Filed:
    return file_folder(example("june-order"))


@pytest.fixture(scope="module")
def established(filed: Filed) -> Established:
    return establish(filed)


@pytest.fixture(scope="module")
def first(filed: Filed, established: Established) -> Prose:
    return check_prose(filed, established)


def typed(filed: Filed, more: str) -> Filed:
    stories = {**filed.case.stories, "en": filed.case.stories["en"] + more}
    return dataclasses.replace(filed, case=msgspec.structs.replace(filed.case, stories=stories))


def test_the_june_order_is_clean_but_for_the_record(first: Prose) -> None:
    assert [(item.file, item.rule) for item in first.lint] == [
        (f"story.{language}.md", "state-record") for language in ("en", "ko", "ja", "zh")
    ]


def test_exposure_is_counted_anew_only_where_more_is_said(filed: Filed, established: Established, first: Prose) -> None:
    same = typed(filed, "\nThe order is confirmed. [@order]\n")
    second = check_prose(same, established, first)
    assert second.shielded.counted is first.shielded.counted
    assert "too-certain" in {item.rule for item in second.lint}
    more = typed(filed, "\n@heron is 43 years old and told the desk so. [@order]\n")
    third = check_prose(more, established, second)
    assert third.shielded.counted is not first.shielded.counted
    assert third == check_prose(more, established)


def test_the_rules_are_told_of_consent_approval_and_reports(filed: Filed, established: Established) -> None:
    table = Table(caption="c", heads=("h",), rows=())
    svg = b'<svg><text x="1">N. Hamgyung &amp; sea</text></svg>'
    drawn = Drawing(shows="map", language="en", svg=svg, table=table)
    context = context_of(filed, established, {}, {"en": (drawn,)})
    assert (context.explained, context.approved, context.unconsented) == (True, True, frozenset())
    assert context.labels == {"en": ("N. Hamgyung & sea",)}
    assert context.reports.keys() == {report.id for report in filed.case.reports}
    silent = tuple(msgspec.structs.replace(each, consent=("voice",)) for each in filed.case.partners)
    unasked = msgspec.structs.replace(filed.case, partners=silent, decisions=(), disclosures=())
    context = context_of(dataclasses.replace(filed, case=unasked), established, {}, {})
    assert (context.explained, context.approved) == (False, False)
    assert context.unconsented == {report.id for report in filed.case.reports}


def test_another_storys_claim_is_the_same_only_if_kind_and_place_are(filed: Filed) -> None:
    case = filed.case
    other = msgspec.structs.replace(
        case,
        name="july-order",
        claims=tuple(
            msgspec.structs.replace(each, when=When("2023-05"), place="kp:KP01" if each.id == "top" else each.place)
            for each in case.claims
            if each.id in ("order", "top")
        ),
        record=(msgspec.structs.replace(case.record[0], when=When("2023-06-16")),),
    )
    assert [*told_by(other, case)] == [
        ToldBefore(story="july-order", of="order", when=When("2023-05")),
        ToldBefore(story="july-order", of=case.record[0].id, when=When("2023-06-16")),
    ]


def test_sarif_is_for_its_owner_only(first: Prose, tmp_path: Path) -> None:
    write_sarif(first.lint, tmp_path / "lint.sarif")
    assert (tmp_path / "lint.sarif").stat().st_mode & 0o777 == 0o600
    assert b'"state-record"' in (tmp_path / "lint.sarif").read_bytes()
