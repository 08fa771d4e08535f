"""What the lint writes for other tools is SARIF: every property the standard requires, and no others than it knows."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.story import Lint
from farbank.publish.lint import RULES
from farbank.publish.lint.sarif import sarif

TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "pattern": "^[^/\\\\:]+(/[^/\\\\:]+)*$"}},
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        }
    },
}
RESULT = {
    "type": "object",
    "required": ["message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "locations": {"type": "array", "items": PLACE, "maxItems": 1},
    },
}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {"id": {"type": "string"}, "shortDescription": TEXT},
}
DRIVER = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
}
RUN = {
    "type": "object",
    "required": ["tool"],
    "additionalProperties": False,
    "properties": {
        "tool": {
            "type": "object",
            "required": ["driver"],
            "additionalProperties": False,
            "properties": {"driver": DRIVER},
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
}
"""The required properties of SARIF 2.1.0 (sections 3.13 to 3.52) as far as the lint uses them, and no others."""

SLIP = Lint(file="story.en.md", line=8, rule="too-certain", message="“confirmed” is stronger than the finding")
items = st.builds(
    Lint,
    file=st.sampled_from(["story.en.md", "media/levee.toml"]),
    line=st.integers(0, 9999),
    rule=st.sampled_from(["too-certain", "some-rule-of-a-pack"]),
    message=st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    blocking=st.booleans(),
)


@given(st.lists(items, max_size=6))
def test_any_lint_is_valid_and_every_index_points_at_its_rule(found: list[Lint]) -> None:
    log = json.loads(sarif(found, "0"))
    jsonschema.validate(log, LOG)
    (run,) = log["runs"]
    assert len(run["results"]) == len(found)
    for item, result in zip(found, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == item.rule
        assert result["level"] == ("error" if item.blocking else "warning")
        assert result["message"]["text"] == item.message


def test_every_rule_says_what_it_stops() -> None:
    (run,) = json.loads(sarif((), "0"))["runs"]
    rules = {rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert rules.keys() == {rule.RULE for rule in RULES}
    assert all(len(text) > 20 for text in rules.values())


def test_the_schema_can_refuse() -> None:
    log = json.loads(sarif([SLIP], "0"))
    del log["runs"][0]["results"][0]["message"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, LOG)
    absolute = json.loads(sarif([Lint(file="/home/desk/story.md", line=1, rule="r", message="m")], "0"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(absolute, LOG)
