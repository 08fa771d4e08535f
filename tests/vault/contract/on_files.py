"""For what reads or writes a file of the vault past the store, which on a server is another attack (test_attacks)."""

from __future__ import annotations

import pytest

only = pytest.mark.parametrize("desk", ["files"], indirect=True)
