"""How likely somebody invents what they tell, by what became known of what they told before (F11)."""

from __future__ import annotations

from functools import cache
from math import exp, lgamma

from farbank.model.people import Record
from farbank.verify.credence.rates import Rate

PLANTED = 0.03
"""The share of tellers who were put there, or who make things up for pay."""
HONEST = (9.0, 2.0)
"""What honest tellers say turns out right and wrong in such shares, their own sources' mistakes among them (Beta)."""
PLANTED_RECORD = (2.0, 2.0)
"""The same of planted ones, who must say true things too (Beta)."""
SLIPS = (1.0, 19.0)
"""Of an honest teller: how often they add what nobody told them, and how often not (Beta, before any record)."""
OWN_SHARE = 0.3
"""Of an honest teller's wrong reports, the share that is their own doing and not that of those before them."""


@cache
def invents(record: Record) -> Rate:
    """How likely a teller invents what they say: planted, or honest and slipping; more right never raises it.

    A mixture of two Beta–binomial models; the spread is that of the honest one's Beta.
    """
    planted = _planted(record)
    wrong = SLIPS[0] + OWN_SHARE * record.wrong
    kept = SLIPS[1] + record.right + (1 - OWN_SHARE) * record.wrong
    middle = planted + (1 - planted) * wrong / (wrong + kept)
    return Rate(middle, (1 / (wrong + 1) + 1 / kept) ** 0.5)


def _planted(record: Record) -> float:
    odds = PLANTED / (1 - PLANTED) * exp(_seen(record, PLANTED_RECORD) - _seen(record, HONEST))
    return odds / (1 + odds)


def _seen(record: Record, shape: tuple[float, float]) -> float:
    """The logarithm of how likely the record is, up to what is the same for every shape."""
    right, wrong = shape
    return _log_beta(right + record.right, wrong + record.wrong) - _log_beta(right, wrong)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
