from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from printed import edition

from farbank.publish.errors import EmbargoWithoutZone
from farbank.publish.render import claim_review, facts_csv, geojson, news_article, ninjs

SCHEMAS = Path(__file__).parent / "schemas"


def validate(value: object, schema: str) -> None:
    Draft202012Validator(json.loads((SCHEMAS / schema).read_text("utf-8"))).validate(value)


def read(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def test_ninjs_holds_by_its_schema_in_every_language() -> None:
    files = ninjs.files(edition())
    assert sorted(files) == ["en.ninjs.json", "qtz.ninjs.json"]
    items = [read(files, path) for path in files]
    for item in items:
        validate(item, "ninjs.json")
        assert item["pubstatus"] == "usable" and "ednote" not in item
        assert item["associations"][0]["renditions"][1]["width"] == 960
    assert items[0]["uri"] != items[1]["uri"], "a translation is a news object of its own"


def test_a_story_keeps_its_name_through_corrections() -> None:
    first, later = edition(), edition(text="Harbour dues doubled.", close=date(2032, 1, 1))
    assert ninjs.item(first, "en")["uri"] == ninjs.item(later, "en")["uri"]


def test_a_demonstration_is_never_usable_by_itself() -> None:
    assert ninjs.item(edition(status="unreleased-demo"), "en")["pubstatus"] == "withheld"


def test_an_embargo_says_which_midnight_is_meant() -> None:
    item = ninjs.item(edition(), "en", embargoed=datetime(2031, 6, 1, tzinfo=UTC))
    validate(item, "ninjs.json")
    assert item["embargoed"] == "2031-06-01T00:00:00+00:00"
    with pytest.raises(EmbargoWithoutZone):
        ninjs.item(edition(), "en", embargoed=datetime(2031, 6, 1))


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_a_kill_names_the_story_and_repeats_no_word_of_it(status: Any) -> None:
    sent = ninjs.message(edition("Dues doubled at the mole."), "en", status, date(2031, 6, 2))
    validate(sent, "ninjs.json")
    assert sent["uri"] == ninjs.item(edition("Dues doubled at the mole."), "en")["uri"] and sent["pubstatus"] == status
    assert "mole" not in json.dumps(sent)


def test_areas_are_wound_as_rfc_7946_asks_and_are_never_points() -> None:
    found = read(geojson.files(edition()), "areas.geojson")
    validate(found, "geojson.json")
    drawn = [feature["geometry"] for feature in found["features"]]
    assert [each and each["type"] for each in drawn] == ["MultiPolygon", "Polygon", None]
    (outline, hole), (other,) = drawn[0]["coordinates"]
    assert _area(outline) > 0 > _area(hole) and _area(other) > 0
    assert outline[0] == outline[-1]
    assert [fact["fact"] for fact in found["features"][0]["properties"]["facts"]] == [1]
    assert found["features"][1]["properties"]["facts"] == []


def _area(ring: list[list[float]]) -> float:
    return sum(x * down - across * y for (x, y), (across, down) in pairwise(ring)) / 2


def test_facts_are_a_row_each_and_language() -> None:
    text = facts_csv.files(edition())["facts.csv"].decode("utf-8")
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert tuple(rows[0]) == facts_csv.HEAD and {len(row) for row in rows} == {len(facts_csv.HEAD)}
    assert [row[:2] for row in rows[1:]] == [["1", "en"], ["1", "qtz"], ["2", "en"], ["2", "qtz"]]
    assert text.endswith("\r\n") and rows[3][3] == "", "a fact that names a place too finely is not worded"


def test_the_table_runs_nothing() -> None:
    rows = list(csv.reader(StringIO(facts_csv.files(edition("=1+1"))["facts.csv"].decode("utf-8"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert "'=1+1" in cells and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12))
def test_no_cell_is_a_formula_and_none_loses_its_words(text: str) -> None:
    cell = facts_csv.defused(text)
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@")) and not cell.startswith(("\t", "\r"))


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1"])
def test_a_formula_is_shown_as_words(text: str) -> None:
    assert facts_csv.defused(text) == f"'{text}"


def test_only_what_media_said_is_reviewed() -> None:
    found = read(claim_review.files(edition("Dues are just.")), "en.claim-review.json")
    (review,) = found["@graph"]
    assert review["claimReviewed"] == "Dues are just." and review["itemReviewed"]["inLanguage"] == "qtz"
    assert "ratingValue" not in review["reviewRating"], "standing has no stars"
    assert claim_review.files(replace(edition(), reviewed=())) == {}


TYPES: dict[str, tuple[str, ...]] = {
    "Thing": ("description", "identifier", "name", "url"),
    "CreativeWork": (
        "about", "author", "contentLocation", "creativeWorkStatus", "dateModified", "datePublished", "encodingFormat",
        "hasPart", "headline", "inLanguage", "isAccessibleForFree", "publisher", "text", "version", "workTranslation",
    ),
    "Article": ("articleBody", "backstory"),
    "NewsArticle": (),
    "ClaimReview": ("claimReviewed",),
    "Review": ("itemReviewed", "reviewAspect", "reviewBody", "reviewRating"),
    "Claim": ("appearance", "claimInterpreter", "firstAppearance"),
    "MediaObject": ("caption", "contentUrl", "height", "width"),
    "ImageObject": ("caption", "image"),
    "Rating": ("alternateName", "ratingExplanation", "ratingValue"),
    "Place": (),
    "Organization": (
        "correctionsPolicy", "ethicsPolicy", "publishingPrinciples", "unnamedSourcesPolicy",
    ),
    "NewsMediaOrganization": ("verificationFactCheckingPolicy", "masthead"),
}  # fmt: skip
PARENTS = {
    "CreativeWork": "Thing", "Article": "CreativeWork", "NewsArticle": "Article", "Review": "CreativeWork",
    "ClaimReview": "Review", "Claim": "CreativeWork", "MediaObject": "CreativeWork", "ImageObject": "MediaObject",
    "Rating": "Thing", "Place": "Thing", "Organization": "Thing", "NewsMediaOrganization": "Organization",
}  # fmt: skip
RANGES: dict[str, tuple[str, ...]] = {
    "author": ("Organization",), "publisher": ("Organization",), "contentLocation": ("Place",),
    "workTranslation": ("CreativeWork",), "hasPart": ("CreativeWork",), "itemReviewed": ("Thing",),
    "reviewRating": ("Rating",), "image": ("ImageObject",),
}  # fmt: skip
TYPES["Thing"] += ("image",)
"""Domains and ranges as schema.org lists them, of the properties a newsroom uses."""


def _kinds(kind: str) -> list[str]:
    return [kind, *(_kinds(PARENTS[kind]) if kind in PARENTS else ())]


def _conforms(node: dict[str, Any]) -> None:
    own = {name for kind in _kinds(node["@type"]) for name in TYPES[kind]}
    for name, value in node.items():
        assert name.startswith("@") or name in own, f"{node['@type']} has no {name}"
        for below in value if isinstance(value, list) else [value]:
            if isinstance(below, dict):
                assert set(_kinds(below["@type"])) & set(RANGES[name]), (name, below["@type"])
                _conforms(below)


@pytest.mark.parametrize("language", ["en", "qtz"])
def test_an_article_says_only_what_schema_org_has_a_word_for(language: str) -> None:
    article = news_article.of(edition(), language)
    _conforms(article)
    for review in claim_review.reviews(edition(), language):
        _conforms(review)
    policies = {name: link for name, link in article["publisher"].items() if name.endswith(("Policy", "Principles"))}
    assert len(policies) == 4 and all(link.startswith(f"../../about.{language}.html") for link in policies.values())
    assert [other["inLanguage"] for other in article["workTranslation"]] == [{"en": "qtz", "qtz": "en"}[language]]
