"""Whether so many people are enough: the gate, and the sentence that says why."""

from __future__ import annotations

from msgspec.structs import replace

from farbank.country.phrases import Phrases
from farbank.model.exposure import Exposure, Verdict
from farbank.protect.tally import Tally

FLOOR = 100
"""Below so many people nobody may release it, signature or not (product.md)."""

MARGIN = 3
"""The plain count must be so many times the threshold while every table counted is one-way (protect.md, section 3)."""

PLACES = 2.0
"""Where the people left live in effectively fewer places than this, what is said counts as naming the place."""


def judge(found: Tally, threshold: int) -> tuple[Verdict, str]:
    """The verdict and the phrase that gives its reason."""
    low, mid = found.size.low, found.size.mid
    if mid <= 0:
        return "refused", "nobody"
    if low < min(FLOOR, threshold):
        return "refused", "too-few"
    if low < threshold and found.places < PLACES:
        return "refused", "named"  # one signature can carry few people or a place as good as named, not both
    if low < threshold:
        return "needs-signature", "few"
    if mid < MARGIN * threshold:
        return "needs-signature", "margin"
    if found.places < PLACES:
        return "needs-signature", "one-place"
    return "safe", "safe"


def worded(reason: str, found: Tally, threshold: int, phrases: Phrases) -> str:
    """The sentence for one of `judge`'s reasons; numbers are cut to what is known of them."""
    numbers = {"low": found.size.low, "mid": found.size.mid, "high": found.size.high}
    numbers |= {"floor": FLOOR, "threshold": threshold, "least": MARGIN * threshold}
    slots = {name: phrases.number(rounded(number)) for name, number in numbers.items()}
    carried = phrases.say("exposure.modelled") if found.modelled else ""
    return phrases.say(f"exposure.{reason}", carried=carried, **slots)


def rounded(people: float) -> float:
    """Two figures are more than is known, and whole people are what is counted."""
    if people < 100:
        return float(int(people))
    step = 10 ** (len(str(int(people))) - 2)
    return float(int(people) // step * step)


WORSE: dict[Verdict, int] = {"safe": 0, "needs-signature": 1, "refused": 2}
"""How bad a verdict is."""


def worse(one: Verdict, other: Verdict) -> Verdict:
    """The worse of two verdicts."""
    return max(one, other, key=WORSE.__getitem__)


def worsened(exposure: Exposure, left: Tally, reason: str, phrases: Phrases) -> Exposure:
    """The exposure if only so many were left: the verdict only ever gets worse, and then for that `reason`."""
    verdict, _ = judge(left, exposure.threshold)
    if WORSE[verdict] <= WORSE[exposure.verdict]:
        return exposure
    return replace(exposure, verdict=verdict, reason=worded(reason, left, exposure.threshold, phrases))
