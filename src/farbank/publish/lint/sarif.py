"""What the lint found in the form other tools read: SARIF 2.1.0 (OASIS, 27 March 2020)."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable

from farbank.model.story import Lint
from farbank.publish.lint import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TEXTS = {rule.RULE: (inspect.getdoc(inspect.getmodule(rule.find)) or "").partition("\n")[0] for rule in RULES}


def sarif(found: Iterable[Lint], version: str) -> bytes:
    """One run of farbank of that version as SARIF: what blocks is an error, what does not a warning.

    Paths are as the case has them, lines count from 1. It holds what the lint prints and nothing else: no path of the
    machine, no time, no name.
    """
    items = tuple(found)
    names = sorted({*_TEXTS, *(item.rule for item in items)})
    driver = {"name": "farbank", "version": version, "rules": [_rule(name) for name in names]}
    results = [_result(item, names.index(item.rule)) for item in items]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()


def _rule(name: str) -> dict[str, object]:
    text = _TEXTS.get(name)
    return {"id": name, **({"shortDescription": {"text": text}} if text else {})}


def _result(item: Lint, index: int) -> dict[str, object]:
    where = {"artifactLocation": {"uri": item.file}, "region": {"startLine": max(item.line, 1)}}
    return {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": "error" if item.blocking else "warning",
        "message": {"text": item.message},
        "locations": [{"physicalLocation": where}],
    }
