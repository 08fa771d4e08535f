"""How often each source is right: over everything, and attribute by attribute."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from farbank.verify.discovery.table import Floats, Table

USUAL = 0.7
"""How often a source is right of which nothing is known."""

SOURCE_PRIOR = 4.0
"""So many claims of a source that is right as often as usual are added to those of each source."""

ATTRIBUTE_PRIOR = 8.0
"""So many claims with the source's own share of right ones are added to those for each attribute."""

LEAST, MOST = 0.02, 0.98
"""Nobody is taken to be right, or wrong, more often than this."""


@dataclass(frozen=True, eq=False)
class Reliability:
    """The share that is right: `source` by source, `attribute` by source and attribute."""

    source: Floats
    attribute: Floats


def at_first(table: Table) -> Reliability:
    """Everybody alike, before anything is known."""
    return Reliability(np.full(len(table.sources), USUAL), np.full((len(table.sources), len(table.attributes)), USUAL))


def reliabilities(table: Table, probability: Floats, own: Floats) -> Reliability:
    """Judge the sources by how probable their answers are.

    `own` is the share of each claim that its source did not copy: what is copied says nothing about who copies, and
    does not make the answer of many copiers look like the work of many good sources. Beta priors keep a source of
    few claims near the usual (Li et al. 2014 bound it by an interval to the same end).
    """
    weight = table.claim_weight * own
    right = weight * probability[table.claim_answer]
    shape = (len(table.sources), len(table.attributes))
    cell = table.claim_source * shape[1] + table.claim_attribute
    said = np.bincount(cell, weight, shape[0] * shape[1]).reshape(shape)
    held = np.bincount(cell, right, shape[0] * shape[1]).reshape(shape)
    source = (held.sum(1) + SOURCE_PRIOR * USUAL) / (said.sum(1) + SOURCE_PRIOR)
    attribute = (held + ATTRIBUTE_PRIOR * source[:, None]) / (said + ATTRIBUTE_PRIOR)
    return Reliability(source, np.clip(attribute, LEAST, MOST))
