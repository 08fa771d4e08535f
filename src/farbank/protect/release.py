"""What one edition gave away of one person, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from farbank.model.dates import When
from farbank.model.exposure import Disclosure, Wording
from farbank.model.people import Audience
from farbank.model.releases import Released
from farbank.model.text import Slug
from farbank.protect.disclosed import said_of
from farbank.protect.past import key


def released(
    token: Slug,
    label: str,
    wording: Wording,
    disclosures: Iterable[Disclosure],
    audiences: Sequence[Audience],
    on: date,
    published: date,
) -> Released:
    """Everything `disclosures` say of one person; no name, no code word, and no day but the one of publication.

    An audience goes in by its token, and one that grew until `on` as having grown for as long until `published`. Other
    people's disclosures are passed over.
    """
    said = said_of(wording.person, disclosures)
    known = [audience for audience in audiences if audience.id in said.heard]
    return Released(
        token=token,
        label=label,
        facts=said.facts,
        described=wording.facts,
        alike=wording.alike,
        satellites=said.satellites,
        audiences=tuple(_bare(audience, published - on) for audience in known),
        told=tuple(key(audience) for audience in known if audience.id in said.told),
    )


def _bare(audience: Audience, later: timedelta) -> Audience:
    """By its token only: id and name are the desk's words."""
    spread, since = audience.spread, audience.spread.since.latest if audience.spread else None
    if spread is not None and since is not None:
        spread = msgspec.structs.replace(spread, since=When(str(since + later)))
    return Audience(
        id=key(audience),
        name={},
        group=audience.group,
        size=audience.size,
        sure=audience.sure,
        spread=spread,
        listed=audience.listed,
    )
