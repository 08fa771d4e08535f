"""A claim and everything that bears on it, made into a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from farbank.country.gazetteer import Gazetteer
from farbank.model.chains import Chain, Coincidence, Seed, seen
from farbank.model.claims import Claim, Evidence
from farbank.model.dates import When
from farbank.model.findings import Finding, Standing
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.model.places import PlaceId
from farbank.model.statemedia import Result, Search
from farbank.model.text import Slug
from farbank.verify.amounts import clashes
from farbank.verify.credence.learned import Learned
from farbank.verify.credence.weigh import credence
from farbank.verify.errors import ClaimWithoutChain
from farbank.verify.origins.circles import circles
from farbank.verify.origins.count import mouths, of_state, origin_kind, sure, voices
from farbank.verify.origins.graph import Graph, graph, ties
from farbank.verify.origins.sides import sides
from farbank.verify.origins.spread import spread
from farbank.verify.scope import in_hand, parts, territory


def find(
    claim: Claim,
    chains: Mapping[str, Chain],
    searches: Iterable[Search],
    gazetteer: Gazetteer,
    as_of: date,
    *,
    coincidences: Sequence[Coincidence] = (),
    evidence: Sequence[Evidence] = (),
    seeds: Sequence[Seed] = (),
    inquiries: Sequence[Inquiry] = (),
    records: Mapping[str, Record] | None = None,
    outcomes_known: int = 0,
    learned: Learned | None = None,
    told: Mapping[Slug, When] | None = None,
    aside: Sequence[Slug] = (),
) -> Finding:
    """Work out the standing of `claim` as of `as_of`, the story's close.

    `chains` are all chains of the case by id, `told` when each reached the desk; what came later than `as_of`
    does not count. `seeds` and `inquiries` are all of the case. `records` are those of people by person id,
    `outcomes_known` is how many claims of the desk were resolved, `learned` what these showed of its credence. Chains
    left `aside` do not count; they only say who knows whom. Raises ClaimWithoutChain if the claim cites none.
    """
    if not claim.chains:
        raise ClaimWithoutChain(claim.id)
    cited = in_hand([chains[name] for name in claim.chains], as_of, told)
    fed = [seed for seed in seeds if seed.claim == claim.id]
    left_out = in_hand([chains[name] for name in aside], as_of, told)
    bearing = sides([*cited, *left_out], coincidences, fed, told)
    counted = {chain.id for chain in cited}
    supporting, opposing = (
        [chain for chain in side.chains.values() if chain.id in counted - bearing.own]
        for side in (bearing.said, bearing.denied)
    )
    disputed = any(
        item.claim == claim.id and item.bearing == "contradicts" and item.kind != "statement" for item in evidence
    )
    origins, against = (sure(bearing.whole, counted & side.chains.keys()) for side in (bearing.said, bearing.denied))
    heard, state_nodes = supporting or opposing or cited, of_state(coincidences)
    tied = (*coincidences, *ties([*left_out, *opposing]))
    looked = [search for search in searches if claim.id in search.claims]
    search = _strongest(looked)
    state = search.result if search else "cannot-tell"
    ground = territory(
        parts(claim, cited, inquiries, gazetteer, as_of, whole=bearing.whole, told=told, echoes=bearing.own)
    )
    return Finding(
        claim=claim.id,
        standing=_standing(supporting, opposing, origins, against, disputed=disputed),
        origins=origins,
        origin_kinds=tuple(
            sorted({"desk" if chain.id in bearing.own else origin_kind(chain, state_nodes) for chain in heard})
        ),
        hops=min((mouths(chain) for chain in heard), default=0),
        reported_in=_places(claim, supporting),
        confirmed_in=_confirmed(claim, bearing.whole, supporting, gazetteer),
        contradicted_in=_places(claim, opposing),
        as_of=as_of,
        state_media=state,
        searches=tuple(item.id for item in looked),
        attested=search is not None and search.reader is not None,
        statements=search.statements if search else (),
        seen=seen(cited),
        nothing_in=ground.nothing_in,
        unasked_in=ground.unasked_in,
        unaskable_in=ground.unaskable_in,
        origins_p=spread(graph([one for one in cited if one.bearing == "supports"], tied, fed, told)).likely,
        circles=circles(bearing.whole),
        clashes=clashes(each for each in claim.amounts if each.chain in counted),
        credence=credence(
            claim,
            cited,
            as_of=as_of,
            seeds=bearing.whole.seeds,
            coincidences=(*coincidences, *ties(left_out)),
            origins=origins,
            records=records,
            inquiries=inquiries,
            state=state,
            evidence=evidence,
            outcomes_known=outcomes_known,
            learned=learned,
        ),
    )


def _standing(
    supporting: Sequence[Chain], opposing: Sequence[Chain], origins: int, against: int, *, disputed: bool
) -> Standing:
    if not supporting and not opposing:
        return "unsupported"
    if opposing or disputed:
        return "refuted" if not supporting and voices(against) == "several" else "contested"
    if all(origin_kind(chain) == "unknown" for chain in supporting):
        return "cannot-judge"
    return "corroborated" if voices(origins) == "several" else "single-origin"


def _places(claim: Claim, chains: Sequence[Chain]) -> tuple[PlaceId, ...]:
    return tuple(sorted({chain.place or claim.place for chain in chains}))


def _confirmed(claim: Claim, whole: Graph, supporting: Sequence[Chain], gazetteer: Gazetteer) -> tuple[PlaceId, ...]:
    """Places within which two origins speak: where a chain stands, or the claim's own place."""
    return tuple(
        place
        for place in sorted({claim.place, *_places(claim, supporting)})
        if sure(whole, {one.id for one in supporting if gazetteer.is_within(one.place or claim.place, place)}) >= 2
    )


# A denial or a mention outranks a silence: the desk must not print “never mentioned” when one search found it.
_WEIGHT: Mapping[Result, int] = {
    "contradicted": 6, "said": 5, "half-said": 4, "said-elsewhere": 3, "cannot-tell": 2, "silent": 1,
}  # fmt: skip


def _strongest(searches: Sequence[Search]) -> Search | None:
    return max(searches, key=lambda search: _WEIGHT[search.result], default=None)
