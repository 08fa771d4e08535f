"""Fixtures of the room: the shipped population, fitted once, and English for the reasons."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that tests may share invented.py under importlib mode

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.protect.population import Population, fit


@pytest.fixture(scope="session")
def fitted(kp: Pack) -> Population:
    """The shipped population."""
    return fit(kp.population)


@pytest.fixture(scope="session")
def phrases(kp: Pack) -> Phrases:
    """English, for the reasons."""
    return kp.phrases["en"]
