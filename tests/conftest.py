"""Fixtures shared by every room: the data beside the checkout, the shipped pack and the invented one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from farbank import country
from farbank.country.pack import Pack

HERE = Path(__file__).parent

settings.register_profile("farbank", deadline=None)  # a busy machine is not a failing test
settings.load_profile("farbank")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The data folder beside the checkout (`../shared/data`, or FARBANK_SHARED_DATA)."""
    folder = Path(os.environ.get("FARBANK_SHARED_DATA", HERE.parent.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the source data at {folder} (set FARBANK_SHARED_DATA to point elsewhere)")
    return folder


@pytest.fixture(scope="session")
def kp() -> Pack:
    """The pack that ships."""
    return country.load("kp")


@pytest.fixture(scope="session")
def tiny() -> Pack:
    """An invented country with other levels and another language, so that nothing is written for one country only."""
    return country.load(HERE / "packs" / "tiny")
