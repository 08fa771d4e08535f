"""Fixtures of the detectors: the shipped pack's parts, and an invented case of two people."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that tests may share paraphrases.py under importlib mode

from farbank.country.pack import Pack
from farbank.protect.detect.prose import Parts


@pytest.fixture(scope="session")
def parts(kp: Pack) -> Parts:
    """What reading needs of the shipped pack, for a story that closes on 19 July 2023."""
    return Parts(kp.tells, kp.gazetteer, kp.phrases, date(2023, 7, 19))
