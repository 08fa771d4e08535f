"""How many there were of whatever a claim counts: every figure told, by how many origins, and what they allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.people import Record
from farbank.model.sizes import Size
from farbank.model.text import Slug
from farbank.verify.amounts import Figure, figures
from farbank.verify.credence.estimate import estimate
from farbank.verify.units import normal


class HowMany(msgspec.Struct, frozen=True, kw_only=True):
    """The `figures` told of `what` in one `unit`, side by side, and the interval that holds what there was at 90 %.

    `size` is None where nobody tells a total.
    """

    what: Slug
    unit: str
    figures: tuple[Figure, ...]
    size: Size | None


def how_many(
    amounts: Iterable[Amount],
    chains: Mapping[str, Chain],
    coincidences: Sequence[Coincidence] = (),
    *,
    seeds: Sequence[Seed] = (),
    records: Mapping[str, Record] | None = None,
) -> tuple[HowMany, ...]:
    """Everything that is counted in `amounts`, each thing and unit by itself; `records` are by person id.

    Raises KeyError for an unknown chain.
    """
    told: dict[tuple[Slug, str], list[Figure]] = {}
    for figure in figures(amounts, chains, coincidences):
        told.setdefault((figure.what, figure.unit), []).append(figure)
    return tuple(
        HowMany(
            what=what,
            unit=_spelled(same, unit),
            figures=tuple(same),
            size=estimate(
                [amount for figure in same for amount in _in_one_unit(figure)],
                chains,
                seeds=seeds,
                records=records,
                coincidences=coincidences,
            ),
        )
        for (what, unit), same in sorted(told.items())
    )


def _spelled(told: Sequence[Figure], unit: str) -> str:
    """The unit as somebody wrote it, where that needs no conversion."""
    written = (amount.unit for figure in told for amount in figure.amounts)
    return next((each for each in written if normal(each)[1] == 1), unit)


def _in_one_unit(figure: Figure) -> list[Amount]:
    return [
        Amount(chain=name, what=figure.what, low=figure.low, high=figure.high, unit=figure.unit, extent=figure.extent)
        for name in figure.chains
    ]
