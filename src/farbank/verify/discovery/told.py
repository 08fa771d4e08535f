"""What sources say about items, and what is settled from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Item(NamedTuple):
    """What is asked: one `attribute` of one `thing`; copying is looked for attribute by attribute."""

    thing: str
    attribute: str = ""


class Told(NamedTuple):
    """One source's word on one item; of two words on it the one with the later `at` holds."""

    source: str
    item: Item
    value: str
    at: float = 0.0


@dataclass(frozen=True)
class Rival:
    """A value that was told and not chosen, with its probability."""

    value: str
    probability: float


@dataclass(frozen=True)
class Settled:
    """The value that holds, as it was told, its probability, and its rivals, the likeliest first.

    What the probabilities lack to one is the chance that nobody told the truth.
    """

    value: str
    probability: float
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True)
class Copied:
    """Two sources of which one copies from the other, or both from a third, that `share` of what they agree on."""

    one: str
    other: str
    attribute: str
    share: float


@dataclass(frozen=True)
class Discovery:
    """What holds of every item, how often each source is right, and who copies from whom."""

    settled: dict[Item, Settled]
    reliability: dict[str, float]
    copied: tuple[Copied, ...]
