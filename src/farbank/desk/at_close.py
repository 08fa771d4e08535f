"""What had reached the desk by the close, and who is one for certain: what every count of origins starts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from farbank.country.pack import Pack
from farbank.model.case import Case
from farbank.model.chains import Chain, Coincidence
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.text import Slug
from farbank.verify.scope import in_hand


class AtClose(NamedTuple):
    """All chains of a case by id, its coincidences and those that are certain, and when each chain reached the desk."""

    close: date
    chains: dict[Slug, Chain]
    coincidences: tuple[Coincidence, ...]
    told: dict[Slug, When]

    def claim(self, claim: Claim) -> Claim:
        """The claim with those of its chains that had come by the close; all, if none had."""
        came = in_hand([self.chains[name] for name in claim.chains], self.close, self.told)
        return msgspec.structs.replace(claim, chains=tuple(chain.id for chain in came)) if came else claim


def at_close(case: Case, pack: Pack) -> AtClose:
    """Lay out a case for counting."""
    return AtClose(
        close=case.close,
        chains={chain.id: chain for chain in case.chains},
        coincidences=(*case.coincidences, *alike(case, pack)),
        told=told_when(case),
    )


def alike(case: Case, pack: Pack) -> Iterator[Coincidence]:
    """Who is one for certain: people of one token, and the state with every outlet of the country pack."""
    tokens: dict[Slug, Slug] = {}
    for person in case.persons:
        if person.token is not None:
            first = tokens.setdefault(person.token, person.id)
            if first != person.id:
                yield Coincidence(a=f"person:{first}", b=f"person:{person.id}", probability=1.0)
    for outlet in pack.outlets:
        yield Coincidence(a="state", b=f"outlet:{outlet.id}", probability=1.0)


def told_when(case: Case) -> dict[Slug, When]:
    """Per chain of which there is a report, when it last reached the desk before the close, else when it first did."""
    days = {contact.id: contact.when for contact in case.contacts}
    heard = {report.id: days[report.contact] for report in case.reports}
    return {
        chain.id: _last([heard[report] for report in chain.reports], case.close)
        for chain in case.chains
        if chain.reports
    }


def _last(told: Sequence[When], close: date) -> When:
    before = [when for when in told if (when.earliest or date.min) <= close]
    return max(before or told[:1], key=lambda when: when.latest or date.max)
