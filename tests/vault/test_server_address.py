"""The address of a shared desk's server: what is none is refused, in a sentence that does not repeat it."""

from __future__ import annotations

import pytest

from farbank import vault
from farbank.vault import postgres


@pytest.mark.parametrize("address", ["four pale stones", "sqlite:///stones", "postgresql://u:stones@[::1/desk"])
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(vault.ServerNotTrusted) as refused:
        postgres.connect(address, "somebody")
    assert "stones" not in str(refused.value)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__
