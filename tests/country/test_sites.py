from __future__ import annotations

import pytest

from farbank.country.pack import Sites
from farbank.model import codec
from farbank.model.errors import DecodeError

SITE = """
[[sites]]
id = "gazette"
outlet = "ollen-gazette"
item = ".*"
languages = { en = "en" }
"""


@pytest.mark.parametrize("rule", ["every = 0", "every = -6", "every = 1.5", "gap = -1.0", "gap = nan"])
def test_a_site_without_a_schedule_or_a_gap_is_refused(rule: str) -> None:
    assert codec.from_toml(SITE.encode(), Sites, "sites.toml").sites[0].every == 6
    with pytest.raises(DecodeError, match=r"sites.toml"):
        codec.from_toml((SITE + rule).encode(), Sites, "sites.toml")
