"""Charts that a library draws from a specification."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import vl_convert


def svg_of(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification drawn as SVG; the same gives the same, and is not drawn again in this process."""
    return _drawn(json.dumps(spec))


@lru_cache(maxsize=32)  # the charts of a story in every language, which it has again when it is compiled again
def _drawn(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))
