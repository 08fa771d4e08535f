"""What one edition gave away of one person, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from farbank.model.exposure import Disclosure, Wording
from farbank.model.people import Audience
from farbank.model.releases import Released
from farbank.model.text import Slug
from farbank.protect.knowing import on_day
from farbank.protect.population import Population


def released(
    token: Slug,
    label: str,
    wording: Wording,
    disclosures: Iterable[Disclosure],
    audiences: Sequence[Audience],
    population: Population,
    on: date,
) -> Released:
    """Everything `disclosures` say of one person, audiences in figures as they were on the day; no name, no code word.

    Other people's disclosures are passed over. An audience goes in by number, for its id and name are the desk's words.
    """
    said: dict[str, list[str]] = {}
    for each in (each for each in disclosures if each.person == wording.person):
        said.setdefault(each.axis, []).append(each.node)
    told = set(said.pop("hearsay", []))
    heard = told | set(said.pop("audience", []))
    satellites = tuple(dict.fromkeys(said.pop("satellite", [])))
    known = [audience for audience in audiences if audience.id in heard]
    return Released(
        token=token,
        label=label,
        facts=tuple({axis: node} for axis, nodes in said.items() for node in dict.fromkeys(nodes)),
        described=wording.facts,
        alike=wording.alike,
        satellites=satellites,
        audiences=tuple(_bare(on_day(population, audience, on), number) for number, audience in enumerate(known)),
        told=tuple(f"a{number}" for number, audience in enumerate(known) if audience.id in told),
    )


def _bare(audience: Audience, number: int) -> Audience:
    return Audience(
        id=f"a{number}",
        name={},
        group=audience.group,
        size=audience.size,
        sure=audience.sure,
        listed=audience.listed,
    )
